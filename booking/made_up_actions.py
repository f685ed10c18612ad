"""Writes made-up requests by the thousand, in the way that each database takes them fastest. For the demo alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from io import StringIO
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from booking.made_up import MADE_UP, MadeUp, birth_dates, people
from booking.models import ConsultationRequest, SearchWord, StatusChange, birth_hash
from booking.search_text import words_of_name, words_of_phone
from booking.statuses import Status
from clinic.encryption import encrypt
from clinic.practice import Location

BATCH = 10_000
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Row = Sequence[Any]


@transaction.atomic
def make_up(*, up_to: int, owners: list[int], tell: Callable[[int, int], None]) -> int:
    """Adds requests until there are `up_to`; returns how many were added. `tell` hears how far it is."""
    missing = up_to - ConsultationRequest.objects.count()
    if missing <= 0:
        return 0
    first = ConsultationRequest.objects.filter(send_token__startswith=MADE_UP).count()
    locations = list(Location.objects.order_by("order", "pk").values_list("pk", flat=True))
    start_id = (ConsultationRequest.objects.aggregate(Max("pk"))["pk__max"] or 0) + 1
    taken = set(
        ConsultationRequest.objects.exclude(send_token__startswith=MADE_UP).values_list(
            "reference", flat=True
        )
    )
    now, sealed = timezone.now(), _Sealed()
    for done in range(0, missing, BATCH):
        count = min(BATCH, missing - done)
        made = people(first=first + done, count=count, now=now, owners=owners, locations=locations)
        _write(list(enumerate(made, start=start_id + done)), sealed, taken)
        tell(done + count, missing)
    _set_sequence()
    return missing


class _Sealed:
    """Birth dates and needs, encrypted once each: a million times would take long."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {"": ""}
        self.hashes = {day: birth_hash(day) for day in birth_dates(timezone.now().date())}

    def text(self, plain: str) -> str:
        if plain not in self.kept:
            self.kept[plain] = encrypt(plain)
        return self.kept[plain]


def _write(numbered: list[tuple[int, MadeUp]], sealed: _Sealed, taken: set[str]) -> None:
    fields = [field for field in ConsultationRequest._meta.concrete_fields if not field.generated]
    empty = {str(field.column): _default(field) for field in fields}
    _insert(
        ConsultationRequest, [*empty], (_columns(empty, pk, each, sealed, taken) for pk, each in numbered)
    )
    columns = ["request_id", "version", "kind", "detail", "from_status", "to_status", "by_id", "at", "note"]
    _insert(StatusChange, columns, (row for pk, each in numbered for row in _history(pk, each)))
    _insert(
        SearchWord, ["request_id", "word"], ((pk, word) for pk, each in numbered for word in _words(each))
    )


# The same few names come again and again.
_words_of_name = lru_cache(maxsize=200_000)(words_of_name)


def _words(made: MadeUp) -> set[str]:
    return words_of_phone(made.phone).union(*map(_words_of_name, " ".join(made.names).split()))


def _default(field: models.Field[Any, Any]) -> Any:
    return "[]" if isinstance(field, models.JSONField) else field.get_default()


def _columns(empty: dict[str, Any], pk: int, made: MadeUp, sealed: _Sealed, taken: set[str]) -> Row:
    own = dict(made.columns)
    born: date = own.pop("birth_date")
    own["birth_date_text"], own["birth_hash"] = sealed.text(born.isoformat()), sealed.hashes[born]
    own["needs_text"] = sealed.text(own.pop("needs"))
    if own["reference"] in taken:
        # One that was really drawn; this one can never be drawn, and is as good for a made-up person.
        own["reference"] = f"0{pk % 1_000_000:06d}"
    return [*(empty | own | {"id": pk}).values()]


def _history(pk: int, made: MadeUp) -> Iterator[Row]:
    own = made.columns
    if own["status"] != Status.NEW:
        yield (pk, 2, "moved", "", Status.NEW.value, own["status"], made.owner_of_change, own["changed"], "")


def _insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    table, names = (
        connection.ops.quote_name(model._meta.db_table),
        ", ".join(map(connection.ops.quote_name, columns)),
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = StringIO("".join("\t".join(map(_for_copy, row)) + "\n" for row in rows))
            cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", text)
        else:
            marks = ", ".join(["%s"] * len(columns))
            adapted = [[_for_sqlite(value) for value in row] for row in rows]
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", adapted)  # noqa: S608 - our names


def _for_copy(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.isoformat(" ") if isinstance(value, datetime) else str(value).translate(COPY_ESCAPES)


def _for_sqlite(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _set_sequence() -> None:
    """The numbers were given by us; the database goes on behind them."""
    if connection.vendor == "postgresql":
        table = ConsultationRequest._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )


def tidy() -> None:
    """After many new rows PostgreSQL should know about them at once, not when its own turn comes."""
    if connection.vendor == "postgresql":
        # Inside a transaction it can only count.
        order = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
        with connection.cursor() as cursor:
            for model in (ConsultationRequest, StatusChange, SearchWord):
                cursor.execute(f"{order} {connection.ops.quote_name(model._meta.db_table)}")

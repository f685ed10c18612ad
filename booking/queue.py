"""The queue: its tabs, who stands in each, in which order, and how many; pages that begin behind a request."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import TextChoices, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from booking.models import ConsultationRequest, RequestQuerySet
from booking.statuses import Status
from clinic.practice import Location
from clinic.staff import StaffMember

PAGE = 20
MOST_COUNTED = 1000
CHUNK = 500
NOBODY = "nobody"


class Tab(TextChoices):
    """Every open request stands in the first, whatever else it is."""

    ALL = "all", _("All open")
    NEW = "new", _("New")
    MINE = "mine", _("Mine")
    OVERDUE = "overdue", _("Overdue")
    WAITING = "waiting", _("Waiting")
    TIME_SET = "time_set", _("Time set")
    CLOSED = "closed", _("Closed")


@dataclass(frozen=True)
class Look:
    """One way to look at the queue: whose eyes, when, which tab, which filters."""

    me: StaffMember
    now: datetime
    tab: Tab = Tab.ALL
    location: Location | None = None
    # None means everybody's; the text NOBODY means those that nobody has claimed.
    owner: StaffMember | str | None = None

    def at(self, tab: Tab) -> "Look":
        return Look(me=self.me, now=self.now, tab=tab, location=self.location, owner=self.owner)

    @property
    def requests(self) -> RequestQuerySet:
        """In no order yet."""
        found = ConsultationRequest.objects.all()
        if self.tab == Tab.OVERDUE:
            found = found.overdue(self.now)
        else:
            found = found.closed() if self.tab == Tab.CLOSED else found.open()
        for column, value in self._shared.items():
            if value is not None and column in self._leading:
                # A range of one value, which PostgreSQL does not take for a constant: an order that begins with this
                # column is then in its own index alone. By itself it thinks the index of the whole queue as orderly
                # as the table, and reads through it past everybody else.
                found = found.filter(**{f"{column}__gte": value, f"{column}__lte": value})
            else:
                found = found.filter(**{column: value})
        return found

    def behind(self, last: ConsultationRequest | None) -> RequestQuerySet:
        """In the order of the tab, after one request or from the start."""
        if self.tab == Tab.CLOSED:
            return self.requests.changed_before(last) if last else self.requests.latest_first()
        leading = self._leading
        return (
            self.requests.in_queue_after(last, **leading) if last else self.requests.in_queue_order(*leading)
        )

    @property
    def counted(self) -> RequestQuerySet:
        """What the tab counts, in an order that an index has, so that no more is read than counted."""
        requests = self.requests.order_by("due", "pk") if self.tab == Tab.OVERDUE else self.behind(None)
        return requests[: MOST_COUNTED + 1]

    @property
    def _shared(self) -> Mapping[str, object]:
        """The columns that have one value in the whole list."""
        owner = self.me if self.tab == Tab.MINE else self.owner
        return (
            ({"status": STATUS_OF[self.tab].value} if self.tab in STATUS_OF else {})
            | ({"owner_id": owner.pk} if isinstance(owner, StaffMember) else {})
            | ({"owner_id": None} if owner == NOBODY else {})
            | ({"location_id": self.location.pk} if self.location else {})
        )

    @property
    def _leading(self) -> Mapping[str, object]:
        """The first of them, where an index begins with it and goes on in the order of the queue."""
        if self.tab in (Tab.OVERDUE, Tab.CLOSED):
            return {}
        return dict(islice(self._shared.items(), 1))


STATUS_OF = {Tab.NEW: Status.NEW, Tab.WAITING: Status.WAITING, Tab.TIME_SET: Status.TIME_SET}


@dataclass(frozen=True)
class Page:
    """At most PAGE requests, and behind which one the next page starts (None on the last one)."""

    requests: Sequence[ConsultationRequest]
    next_after: int | None

    @property
    def ids(self) -> list[int]:
        return [each.pk for each in self.requests]


def page(look: Look, *, after: ConsultationRequest | None) -> Page:
    found = listed(look.behind(after)[: PAGE + 1])
    return Page(requests=found[:PAGE], next_after=found[PAGE - 1].pk if len(found) > PAGE else None)


def listed(requests: RequestQuerySet) -> list[ConsultationRequest]:
    """With all that a list says of them; the few that have a visit, or were merged, bring that along."""
    found = list(requests.for_list())
    visits = ("booked_time__clinician", "booked_time__location")
    prefetch_related_objects([each for each in found if each.status == Status.TIME_SET], *visits)
    prefetch_related_objects([each for each in found if each.merged_into_id], "merged_into")
    return found


@dataclass(frozen=True)
class Standing:
    """How many each tab holds, counted no further than just above MOST_COUNTED.

    `newest` grows with every request that comes in, and tells nothing about any of them.
    """

    counts: Mapping[Tab, int]
    newest: int


def standing(look: Look, tabs: Sequence[Tab] = tuple(Tab)) -> Standing:
    """All in one question."""
    kind = look.owner if isinstance(look.owner, str | None) else ANYBODY
    sql, values = _counting(tuple(tabs), has_location=look.location is not None, owner=kind)
    given = {
        ME: look.me.pk,
        OFFICE: look.location.pk if look.location else None,
        OWNER: look.owner.pk if isinstance(look.owner, StaffMember) else None,
        _for_database(NOW): _for_database(look.now),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(value, value) for value in values])
        row = cursor.fetchone()
    return Standing(counts=dict(zip(tabs, row[:-1], strict=True)), newest=row[-1] or 0)


# Stand for the values of one look, so that the question is put into words once and not for every page.
ME, OFFICE, OWNER, ANYBODY = -1, -2, -3, "somebody"
NOW = datetime(1, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def _counting(tabs: tuple[Tab, ...], *, has_location: bool, owner: str | None) -> tuple[str, tuple[Any, ...]]:
    some = Look(
        me=StaffMember(pk=ME),
        now=NOW,
        location=Location(pk=OFFICE) if has_location else None,
        owner=StaffMember(pk=OWNER) if owner == ANYBODY else owner,
    )
    parts: list[str] = []
    values: list[Any] = []
    for tab in tabs:
        sql, given = some.at(tab).counted.values("pk").query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own, values apart
        values += given
    parts.append(f"(SELECT MAX(id) FROM {ConsultationRequest._meta.db_table})")  # noqa: S608 - our own name
    return "SELECT " + ", ".join(parts), tuple(values)


def _for_database(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def count_in_words(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else str(count)


def all_ids(look: Look) -> Iterator[int]:
    """Every request of a tab in its order, read as the caller goes on."""
    return look.behind(None).values_list("pk", flat=True).iterator(chunk_size=10 * CHUNK)


def in_order(ids: Sequence[int]) -> Iterator[ConsultationRequest]:
    """These requests, some at a time; whoever was erased meanwhile is left out."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = ConsultationRequest.objects.for_list().in_bulk(chunk)
        yield from (found[pk] for pk in chunk if pk in found)

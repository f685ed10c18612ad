"""Made-up people by the thousand: names nobody has, 555-01xx numbers, example.com; the same ones on every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from booking.agreements import NEWEST
from booking.references import ALPHABET
from booking.statuses import Status

_FIRST = (
    "Rosa Frank Ellen Walter Carmen George Hoa Ida Luis Ruth Omar Betty Sven Anna Maria Mary Margaret Martha Manuel "
    "Marcus Mabel James John Robert Patricia Linda Barbara Susan Dorothy Helen Sandra Donna Carol Sharon Laura Juan "
    "José Lucía Sofía Elena Pilar Jorge Rafael Ramón Andrés Núria Inés Björn Zoë René Thị Minh Linh Wei Mei Kenji Aiko "
    "Priya Arjun Fatima Yusuf Olga Ivan Pavel Greta Klaus Ingrid Lars Paul Kevin Brian Edward Ronald Timothy Jason "
    "Gary Eric Stephen Larry Justin Scott Brandon Gloria Teresa Sara Janice Julia Grace Judy Theresa Beverly Denise"
)
_STEMS = (
    "Sample Example Specimen Mockup Pretend Fiction Template Placeholder Dummy Invent Fable Phantom Fancy Model Draft "
    "Muestra Ejemplo Ficción Prueba Modelo Novela Cuento Sketch Figment Notional"
)
_ENDINGS = (
    "ton wood field ford ley ham by worth land stein berg man son sen ez ski dale well brook shaw more gate hill ridge "
    "thorpe wick burn cliffe stead mouth combe hurst leigh holm beck garth rick mond sey cott"
)
FIRST_NAMES, STEMS, ENDINGS = _FIRST.split(), _STEMS.split(), _ENDINGS.split()
# status, how many of a hundred, asked at most so many days ago. More are open than at any clinic: that is the hard case.
SPREAD = (
    (Status.CLOSED, 60, 1100), (Status.NEW, 9, 4), (Status.TRIED, 7, 9), (Status.WAITING, 9, 30),
    (Status.TIME_SET, 9, 30), (Status.ATTENDED, 3, 20), (Status.MISSED, 3, 20),
)  # fmt: skip
REASONS = ("charted", "charted", "charted", "declined", "cancelled", "not_reached", "duplicate")
NEEDS = ("", "", "", "", "hearing", "mobility", "large_print", "interpreter", "mobility,large_print")
DAYS = ("[]", "[]", '["mon", "wed"]', '["tue", "thu"]', '["fri"]')
PARTS = ("[]", '["morning"]', '["afternoon"]')
AREA_CODES = [
    code for code in range(201, 990) if code % 100 // 10 != 9 and code % 100 != 11 and code // 100 != 9
]
MADE_UP = "made-up-"
REFERENCES = len(ALPHABET) ** 6
# A step that shares no factor with that number leads through all references before one comes twice.
STEP = 179_424_673


@dataclass(frozen=True)
class MadeUp:
    """One request as its columns, without what the database itself makes; and when it was last moved."""

    columns: dict[str, Any]
    owner_of_change: int | None

    @property
    def names(self) -> tuple[str, str]:
        return self.columns["name"], self.columns["helper_name"]

    @property
    def phone(self) -> str:
        return str(self.columns["phone"])


def reference(number: int) -> str:
    rest, drawn = (number + 1) * STEP % REFERENCES, ""
    for _place in range(6):
        rest, index = divmod(rest, len(ALPHABET))
        drawn += ALPHABET[index]
    return f"{drawn[:3]}-{drawn[3:]}"


def birth_dates(today: date) -> list[date]:
    """Some thousand birthdays of people between fifty and ninety-five."""
    first = date(today.year - 95, 1, 1)
    return [first + timedelta(days=number * 5) for number in range(45 * 73)]


def people(
    *, first: int, count: int, now: datetime, owners: list[int], locations: list[int]
) -> Iterator[MadeUp]:
    """`first` is the number of the first one; owners and locations are primary keys, the first ones of the busiest."""
    born = birth_dates(now.date())
    statuses = [status for status, share, _days in SPREAD for _each in range(share)]
    days = {status: most for status, _share, most in SPREAD}
    for number in range(first, first + count):
        draw = Random(number)  # noqa: S311 - nothing secret: the same people every time
        status = statuses[draw.randrange(100)]
        yield _person(number, status, draw, now, days[status], owners, locations, born)


def _person(
    number: int,
    status: Status,
    draw: Random,
    now: datetime,
    days: int,
    owners: list[int],
    locations: list[int],
    born: list[date],
) -> MadeUp:
    first, last = draw.choice(FIRST_NAMES), draw.choice(STEMS) + draw.choice(ENDINGS)
    created = now - timedelta(minutes=draw.randrange(5, days * 1440))
    moved = created if status == Status.NEW else created + (now - created) * draw.random()
    owner = draw.choice(owners) if owners and (status != Status.NEW or draw.random() < 0.2) else None
    helped, language = draw.random() < 0.2, draw.choices(("en", "es", "other", ""), (70, 22, 5, 3))[0]
    by_mail = draw.random() < 0.06
    columns = {
        "reference": reference(number),
        "send_token": f"{MADE_UP}{number}",
        "status": status.value,
        "mark": draw.choices(("", "soon", "call_today"), (93, 6, 1))[0],
        "created": created,
        "changed": moved,
        "clock_from": moved,
        "version": 1 if status == Status.NEW else 2,
        "owner_id": owner,
        "promised_by": created + timedelta(days=1),
        "due": _due(status, draw, now),
        "waits_for": draw.choice(("patient", "records", "referral", "insurance"))
        if status == Status.WAITING
        else "",
        "first_contact": None if status == Status.NEW else created + (moved - created) / 2,
        "attempts": 0 if status == Status.NEW else draw.randrange(1, 4),
        "came_by": draw.choices(("website", "phone", "fax"), (85, 12, 3))[0],
        "closing_reason": draw.choice(REASONS) if status == Status.CLOSED else "",
        "patient_kind": "new",
        "for_whom": "other" if helped else "self",
        "name": f"{first} {last}",
        "helper_name": f"{draw.choice(FIRST_NAMES)} {last}" if helped else "",
        "relationship": draw.choice(("daughter", "son", "wife", "husband")) if helped else "",
        "may_talk_with": "yes" if helped else "",
        "birth_date": draw.choice(born),
        "phone": "" if by_mail else f"+1{draw.choice(AREA_CODES)}55501{draw.randrange(100):02d}",
        "email": f"person{number}@example.com" if by_mail or draw.random() < 0.5 else "",
        "contact_by": "email" if by_mail else draw.choices(("call", "text", ""), (80, 12, 8))[0],
        "best_time": draw.choice(("morning", "midday", "afternoon", "any", "")),
        "voicemail_ok": draw.choice(("yes", "no", "")),
        "location_id": draw.choice([*locations, None]),
        "days": draw.choice(DAYS),
        "day_parts": draw.choice(PARTS),
        "insurance": draw.choice(("medicare", "advantage", "other", "self_pay", "not_sure", "")),
        "language": language,
        "asked_in": "es" if language == "es" else "en",
        "needs": draw.choice(NEEDS),
        "agreement": NEWEST,
    }
    return MadeUp(columns=columns, owner_of_change=owner)


def _due(status: Status, draw: Random, now: datetime) -> datetime | None:
    """One in six of the open ones is overdue."""
    if status == Status.CLOSED:
        return None
    if draw.random() < 0.17:
        return now - timedelta(minutes=draw.randrange(5, 2000))
    days = 1 if status in (Status.NEW, Status.TRIED) else 10
    return now + timedelta(minutes=draw.randrange(5, days * 1440))

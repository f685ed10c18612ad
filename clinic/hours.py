"""Opening hours, pure: whether an office is open at a moment, and its hours in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class OpenHours:
    """One stretch of one weekday: 0 is Monday; local times of the office."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class ClosedDays:
    """Days, both ends included, on which an office stays closed."""

    first: date
    last: date
    name: str

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def is_open(*, at: datetime, zone: str, hours: Iterable[OpenHours], closures: Iterable[ClosedDays]) -> bool:
    """Whether the office is open at the aware moment `at`. The minute of closing counts as closed."""
    local = at.astimezone(ZoneInfo(zone))
    if any(closure.covers(local.date()) for closure in closures):
        return False
    return any(
        stretch.weekday == local.weekday() and stretch.opens <= local.time() < stretch.closes
        for stretch in hours
    )


def grouped_days(hours: Iterable[OpenHours]) -> list[tuple[int, int, tuple[tuple[time, time], ...]]]:
    """Runs of days with the same hours, as (first weekday, last weekday, stretches); closed days left out."""
    days: dict[int, tuple[tuple[time, time], ...]] = {}
    for stretch in sorted(hours, key=lambda each: (each.weekday, each.opens)):
        days[stretch.weekday] = (*days.get(stretch.weekday, ()), (stretch.opens, stretch.closes))
    runs: list[tuple[int, int, tuple[tuple[time, time], ...]]] = []
    for weekday, stretches in days.items():
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == stretches:
            runs[-1] = (runs[-1][0], weekday, stretches)
        else:
            runs.append((weekday, weekday, stretches))
    return runs


# Further ahead than this no office plans its closures; it keeps an office without hours from being searched for ever.
FURTHEST_DAYS = 120


def closing_time(
    *,
    after: datetime,
    working_days: int,
    zone: str,
    hours: Iterable[OpenHours],
    closures: Iterable[ClosedDays],
) -> datetime | None:
    """When the office closes on the n-th working day after the aware moment `after`; None if it never opens again.

    The day of `after` itself does not count, however early it is: a promise must be kept, not be tight.
    """
    week, closed = tuple(hours), tuple(closures)
    day, left = after.astimezone(ZoneInfo(zone)).date(), working_days
    for _ahead in range(FURTHEST_DAYS):
        if left <= 0:
            break
        day += timedelta(days=1)
        left -= _works(day, week, closed)
    else:
        return None
    closes = max((stretch.closes for stretch in week if stretch.weekday == day.weekday()), default=None)
    return datetime.combine(day, closes, ZoneInfo(zone)) if closes else None


def add_open_time(
    *, start: datetime, minutes: int, zone: str, hours: Iterable[OpenHours], closures: Iterable[ClosedDays]
) -> datetime | None:
    """The moment when the office has been open for `minutes` since the aware moment `start`; None if never.

    Counts real minutes, also across a change of the clocks.
    """
    left = timedelta(minutes=minutes)
    for opens, closes in _stretches(start, zone, tuple(hours), tuple(closures)):
        begin = max(opens, start)
        if begin >= closes:
            continue
        if closes - begin >= left:
            return (begin.astimezone(UTC) + left).astimezone(ZoneInfo(zone))
        left -= closes - begin
    return None


def opening_time(day: date, hours: Iterable[OpenHours], closures: Iterable[ClosedDays]) -> time | None:
    """When an office opens on a day, in its own time; None on a day on which it stays closed."""
    week = tuple(hours)
    if not _works(day, week, tuple(closures)):
        return None
    return min(stretch.opens for stretch in week if stretch.weekday == day.weekday())


def next_opening(
    *, after: datetime, zone: str, hours: Iterable[OpenHours], closures: Iterable[ClosedDays]
) -> datetime | None:
    """The first moment behind the aware moment `after` at which the office opens; None if it never does."""
    moments = _stretches(after, zone, tuple(hours), tuple(closures))
    return next((opens.astimezone(ZoneInfo(zone)) for opens, _closes in moments if opens > after), None)


def open_time_between(
    *,
    start: datetime,
    end: datetime,
    zone: str,
    hours: Iterable[OpenHours],
    closures: Iterable[ClosedDays],
) -> timedelta:
    """How long the office was open between two aware moments; zero where they stand the other way round.

    Real time, also across a change of the clocks. Longer gaps than FURTHEST_DAYS are cut there.
    """
    total = timedelta()
    for opens, closes in _stretches(start, zone, tuple(hours), tuple(closures)):
        if opens >= end:
            break
        total += max(timedelta(), min(closes, end) - max(opens, start))
    return total


def _works(day: date, week: tuple[OpenHours, ...], closed: tuple[ClosedDays, ...]) -> bool:
    return any(stretch.weekday == day.weekday() for stretch in week) and not any(
        closure.covers(day) for closure in closed
    )


def _stretches(
    start: datetime, zone: str, week: tuple[OpenHours, ...], closed: tuple[ClosedDays, ...]
) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing moments from the day of `start` on, in UTC so that their difference is real time."""
    first = start.astimezone(ZoneInfo(zone)).date()
    for ahead in range(FURTHEST_DAYS):
        day = first + timedelta(days=ahead)
        if not _works(day, week, closed):
            continue
        for stretch in sorted(
            (each for each in week if each.weekday == day.weekday()), key=lambda each: each.opens
        ):
            opens = datetime.combine(day, stretch.opens, ZoneInfo(zone)).astimezone(UTC)
            closes = datetime.combine(day, stretch.closes, ZoneInfo(zone)).astimezone(UTC)
            yield opens, closes

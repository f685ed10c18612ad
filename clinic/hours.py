"""Opening hours, pure: whether an office is open at a moment, and its hours in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
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

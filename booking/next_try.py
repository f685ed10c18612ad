"""PURE: when to try somebody again: at another part of the day than last time, at their best time, in open hours."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.clock import Office
from clinic.hours import is_open, opening_time

# When a try falls into each part of the day, as the office's clock shows it.
PARTS: Mapping[str, tuple[time, ...]] = {
    "morning": (time(9, 30), time(8, 30), time(10, 30)),
    "midday": (time(12), time(11, 30), time(13)),
    "afternoon": (time(14, 30), time(15, 30), time(13, 30)),
}
OTHER_PART: Mapping[str, str] = {"morning": "afternoon", "midday": "afternoon", "afternoon": "morning"}
# So long, we leave them in peace; whoever has a message from us gets the time to call back.
PEACE = timedelta(hours=2)
DAYS_AHEAD = 21
# From this try on, the pause grows by a working day, and staff may give up.
MANY_TRIES = 3


def part_of_day(at: datetime, zone: str) -> str:
    hour = at.astimezone(ZoneInfo(zone)).hour
    if hour < 11:
        return "morning"
    return "midday" if hour < 13 else "afternoon"


def suggest(
    *, tried: datetime, result: str, attempts: int, best_time: str, office: Office | None
) -> datetime:
    """The next try after one at `tried` that ended with `result`; `attempts` counts it too. Aware, in open hours.

    `best_time` is morning, midday, afternoon, any or "". An office that never opens tries again a day later.
    """
    if office is None:
        return tried + timedelta(days=1)
    last = part_of_day(tried, office.zone)
    wished = best_time if best_time in PARTS and best_time != last else OTHER_PART[last]
    free_days = _free_days(result, attempts)
    for moment in _moments(tried, wished, office):
        worked = _working_days_between(tried, moment, office)
        if moment >= tried + PEACE and worked >= free_days:
            return moment
    return office.after_minutes(tried + timedelta(days=1), 0) or tried + timedelta(days=1)


def _free_days(result: str, attempts: int) -> int:
    """Working days to let pass: none after a call that nobody answered."""
    pause = 0 if result == "no_answer" else 1
    return pause + (attempts >= MANY_TRIES)


def _moments(tried: datetime, part: str, office: Office) -> Iterator[datetime]:
    zone = ZoneInfo(office.zone)
    first = tried.astimezone(zone).date()
    for ahead in range(DAYS_AHEAD):
        for at in PARTS[part]:
            moment = datetime.combine(first + timedelta(days=ahead), at, zone)
            if is_open(at=moment, zone=office.zone, hours=office.hours, closures=office.closures):
                yield moment
                break


def _working_days_between(tried: datetime, moment: datetime, office: Office) -> int:
    """How many working days later; 0 on the same day."""
    zone = ZoneInfo(office.zone)
    day, last, count = tried.astimezone(zone).date(), moment.astimezone(zone).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += opening_time(day, office.hours, office.closures) is not None
    return count

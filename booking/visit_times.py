"""PURE: a date and a time as the office's own clock shows them, read as one moment, or refused with a reason."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from booking.clock import Office
from clinic.hours import is_open, opening_time

Reason = Literal["past", "far", "closed", "outside", "gap", "twice"]
# Further ahead than this is a slip of the keyboard; the holidays of those years are not known either.
FURTHEST = timedelta(days=365)


class WrongTime(Exception):
    """`why` names the holiday or closure, where one is the reason."""

    def __init__(self, reason: Reason, why: str = "") -> None:
        super().__init__(reason, why)
        self.reason = reason
        self.why = why


def read(
    day: date, at: time, *, office: Office, now: datetime, which: Literal["", "first", "second"] = ""
) -> datetime:
    """The aware moment, in the zone of the office. Raises WrongTime.

    In the night when clocks go back, an hour comes twice: `which` then says which one is meant.
    """
    zone = ZoneInfo(office.zone)
    moment = datetime.combine(day, at, zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise WrongTime("gap")
    if comes_twice(moment):
        if not which:
            raise WrongTime("twice")
        moment = moment.replace(fold=which == "second")
    if moment <= now:
        raise WrongTime("past")
    if moment > now + FURTHEST:
        raise WrongTime("far")
    if opening_time(day, office.hours, office.closures) is None:
        raise WrongTime("closed", next((each.name for each in office.closures if each.covers(day)), ""))
    if not is_open(at=moment, zone=office.zone, hours=office.hours, closures=office.closures):
        raise WrongTime("outside")
    return moment


def comes_twice(moment: datetime) -> bool:
    """Whether the clock of its zone shows this time twice in that night."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()

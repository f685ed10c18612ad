"""The clock of a request in words: what is due, by when, and how loudly to say so."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from booking import clock
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic.facts import clock as time_of_day

LEVELS = {"on time": "", "due soon": "amber", "overdue": "red"}
# So many days ahead, the name of the day alone is clear.
DAYS_BY_NAME = 6
# What somebody has to do by then.
WHAT = {
    Status.NEW: gettext_lazy("First contact"),
    Status.TRIED: gettext_lazy("Next try"),
    Status.WAITING: gettext_lazy("Look again"),
    Status.TIME_SET: gettext_lazy("Note the visit"),
    Status.ATTENDED: gettext_lazy("Write it into the chart"),
    Status.MISSED: gettext_lazy("Call about the missed visit"),
}


@dataclass(frozen=True)
class DueWords:
    """`text` is "due today 3 pm" or "overdue for 2 hours"; `level` is "", amber or red; both "" without a clock."""

    what: str
    text: str
    level: str


def due_in_words(about: ConsultationRequest, *, zone: str, now: datetime) -> DueWords:
    """In the time of the request's own office."""
    if about.due is None or not about.is_open:
        return DueWords("", "", "")
    level = LEVELS[clock.state(about.due, now)]
    what = str(WHAT[Status(about.status)])
    if level == "red":
        ago = how_long(about.due, now)
        return DueWords(what, _("overdue for %(time)s") % {"time": ago}, level)
    return DueWords(what, _("due %(when)s") % {"when": near_moment(about.due, zone=zone, now=now)}, level)


def near_moment(moment: datetime, *, zone: str, now: datetime) -> str:
    """today 3 pm; yesterday 4:10 pm; Mon 9 am in this week; Tue, Dec 1, 9 am later."""
    # What belongs together stays on one line.
    time = time_of_day(moment.astimezone(ZoneInfo(zone)).time()).replace(" ", "\u00a0")
    day = near_day(moment, zone=zone, now=now)
    return _("%(day)s %(time)s") % {"day": day, "time": time}


def near_day(moment: datetime, *, zone: str, now: datetime) -> str:
    """today, tomorrow, yesterday; Mon for the next days; Dec 1; with the year where it is another one."""
    there = ZoneInfo(zone)
    return _day_in_words(moment.astimezone(there).date(), now.astimezone(there).date(), get_language())


@lru_cache(maxsize=4000)
def _day_in_words(day: date, today: date, language: str | None) -> str:
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    ahead = (day - today).days
    if ahead in near:
        return near[ahead]
    weekday = str(WEEKDAYS_ABBR[day.weekday()])
    if 0 < ahead < DAYS_BY_NAME:
        return weekday
    words = {"weekday": weekday, "month": str(MONTHS_3[day.month]).title(), "day": day.day, "year": day.year}
    if day.year != today.year:
        far = _("%(month)s %(day)s, %(year)s") % words
    else:
        far = _("%(weekday)s, %(month)s %(day)s") % words if ahead > 0 else _("%(month)s %(day)s") % words
    return far.replace(" ", "\u00a0")


def how_long(start: datetime, end: datetime) -> str:
    """38 minutes; 5 hours; 3 days: what counts at a desk, and no finer."""
    minutes = max(0, int((end - start).total_seconds()) // 60)
    if minutes < 60:
        return _count_in_words(minutes, "minutes", get_language())
    if minutes < 24 * 60:
        return _count_in_words(minutes // 60, "hours", get_language())
    return _count_in_words(minutes // (24 * 60), "days", get_language())


@lru_cache(maxsize=4000)
def _count_in_words(count: int, unit: str, language: str | None) -> str:
    """Kept, since a page says dozens of them."""
    if unit == "minutes":
        words = ngettext("%(count)d minute", "%(count)d minutes", count)
    elif unit == "hours":
        words = ngettext("%(count)d hour", "%(count)d hours", count)
    else:
        words = ngettext("%(count)d day", "%(count)d days", count)
    return (words % {"count": count}).replace(" ", "\u00a0")

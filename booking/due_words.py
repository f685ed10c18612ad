"""The clock of a request in words: what is due, by when, and how loudly to say so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import clock
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic.facts import clock as time_of_day

LEVELS = {"on time": "", "due soon": "amber", "overdue": "red"}
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
        ago = timesince(about.due, now, depth=1)
        return DueWords(what, _("overdue for %(time)s") % {"time": ago}, level)
    return DueWords(what, _("due %(when)s") % {"when": near_moment(about.due, zone=zone, now=now)}, level)


def near_moment(moment: datetime, *, zone: str, now: datetime) -> str:
    """today 3 pm; yesterday 4:10 pm; Tue, Nov 24, 9 am; with the year where it is another one."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    words = {"time": time_of_day(local.time())}
    if local.date() == today:
        return _("today %(time)s") % words
    if local.date() == today + timedelta(days=1):
        return _("tomorrow %(time)s") % words
    if local.date() == today - timedelta(days=1):
        return _("yesterday %(time)s") % words
    style = "D, M j" if local.year == today.year else "M j, Y"
    return _("%(day)s, %(time)s") % (words | {"day": date_format(local, style)})

"""By when we get in touch, counted in the working days of the request's office and said in its own time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking.choices import ContactBy
from clinic import snapshot
from clinic.facts import LocationFacts, clock
from clinic.hours import closing_time, next_opening
from clinic.zone import zone_in_words as zone_in_words


def due(*, office: str, after: datetime) -> datetime | None:
    """The moment by which a request of `after` is answered; None where no office ever opens.

    `office` is a slug; without one, the first office counts.
    """
    here = place(office)
    if here is None:
        return None
    return closing_time(
        after=after,
        working_days=max(1, snapshot.current().practice.reply_working_days),
        zone=here.timezone,
        hours=here.hours,
        closures=here.closures,
    )


def in_words(by: datetime | None, *, office: str, contact_by: str) -> str:
    """We will call you by Tuesday, November 24, 5 pm (Central Time)."""
    here = place(office)
    if by is None or here is None:
        return _("We will get in touch as soon as we can.")
    when = moment_in_words(by, here.timezone)
    if contact_by == ContactBy.EMAIL:
        return _("We will write to you by %(when)s.") % {"when": when}
    if contact_by == ContactBy.TEXT:
        return _("We will send you a text message by %(when)s.") % {"when": when}
    return _("We will call you by %(when)s.") % {"when": when}


def moment_in_words(moment: datetime, zone: str) -> str:
    """Tuesday, November 24, 5 pm (Central Time)."""
    local = moment.astimezone(ZoneInfo(zone))
    return _("%(weekday)s, %(month)s %(day)s, %(time)s (%(zone)s)") % {
        "weekday": date_format(local, "l"),
        "month": date_format(local, "F"),
        "day": local.day,
        "time": clock(local.time()),
        "zone": zone_in_words(local),
    }


def opens_again(at: datetime) -> str:
    """Monday, November 23, 8 am (Central Time): when somebody answers the phone again; "" while somebody does."""
    here = place("")
    if here is None or here.is_open_at(at):
        return ""
    opens = next_opening(after=at, zone=here.timezone, hours=here.hours, closures=here.closures)
    return moment_in_words(opens, here.timezone) if opens else ""


def place(office: str) -> LocationFacts | None:
    """The office of this slug; the first office where there is none such."""
    now = snapshot.current()
    return next((each for each in now.locations if each.slug == office), now.practice.main_location)

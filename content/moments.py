"""Times as the clinic's clock shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic import snapshot
from clinic.facts import clock
from clinic.zone import zone_in_words
from content.refusals import BadTime

# A later one is a typing error, and the last that can be written cannot be reckoned with.
LAST_YEAR = 2199


def clinic_zone() -> ZoneInfo:
    office = snapshot.current().practice.main_location
    return ZoneInfo(office.timezone if office else "UTC")


def in_words(moment: datetime) -> str:
    """Tuesday, November 24, 2026, 5 pm (Central Time): by the clinic's clock."""
    local = moment.astimezone(clinic_zone())
    day = date_format(local, "l, F j, Y")
    said = {"day": day, "time": clock(local.time()), "zone": zone_in_words(local)}
    return _("%(day)s, %(time)s (%(zone)s)") % said


def zone_words() -> str:
    """Central Time: what a time typed here is by."""
    return zone_in_words(timezone.now().astimezone(clinic_zone()))


def in_the_future(at: datetime) -> datetime:
    """The moment that is meant; a time without a zone is the clinic's. Raises BadTime."""
    zone = clinic_zone()
    meant = at if timezone.is_aware(at) else at.replace(tzinfo=zone)
    if at.year > LAST_YEAR:
        raise BadTime(_("Check the year."))
    there_and_back = meant.astimezone(ZoneInfo("UTC")).astimezone(meant.tzinfo)
    if there_and_back.replace(tzinfo=None) != meant.replace(tzinfo=None):
        words = _("%(time)s does not exist: the clocks go forward then. Choose another time.")
        raise BadTime(words % {"time": f"{date_format(at, 'M j, Y')}, {clock(at.time())}"})
    if meant <= timezone.now():
        raise BadTime(_("That time has passed. Choose a later one, or publish now."))
    return meant

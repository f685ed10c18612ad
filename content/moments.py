"""Times as the clinic's clock shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.facts import clock
from clinic.zone import clinic_zone
from content.refusals import BadTime

# A later one is a typing error, and the last that can be written cannot be reckoned with.
LAST_YEAR = 2199


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

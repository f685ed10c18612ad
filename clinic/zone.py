"""Times are typed and shown in the zone of the clinic's first office, whatever the server's clock says."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic import snapshot
from clinic.facts import clock


class ClinicTime:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(clinic_zone()):
            return self.get_response(request)


def clinic_zone() -> ZoneInfo:
    office = snapshot.current().practice.main_location
    return ZoneInfo(office.timezone if office else "UTC")


def in_words(moment: datetime) -> str:
    """Tuesday, November 24, 2026, 5 pm (Central Time): by the clinic's clock."""
    local = moment.astimezone(clinic_zone())
    said = {"day": date_format(local, "l, F j, Y"), "time": clock(local.time()), "zone": zone_in_words(local)}
    return _("%(day)s, %(time)s (%(zone)s)") % said


def zone_words() -> str:
    """Central Time: what a time typed by staff is by."""
    return zone_in_words(timezone.now().astimezone(clinic_zone()))


def zone_in_words(local: datetime) -> str:
    """As people in the United States name their zones; summer and winter alike."""
    short = local.tzname() or ""
    names = {
        "ES": _("Eastern Time"),
        "ED": _("Eastern Time"),
        "CS": _("Central Time"),
        "CD": _("Central Time"),
        "MS": _("Mountain Time"),
        "MD": _("Mountain Time"),
        "PS": _("Pacific Time"),
        "PD": _("Pacific Time"),
        "AK": _("Alaska Time"),
        "HS": _("Hawaii Time"),
        "AS": _("Atlantic Time"),
    }
    return names.get(short[:2], short) if short.endswith("T") else str(local.tzinfo)

"""Times are typed and shown in the zone of the clinic's first office, whatever the server's clock says."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import snapshot


class ClinicTime:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        office = snapshot.current().practice.main_location
        with timezone.override(office.timezone if office else "UTC"):
            return self.get_response(request)


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

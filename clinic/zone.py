"""Times are typed and shown in the zone of the clinic's first office, whatever the server's clock says."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clinic import snapshot


class ClinicTime:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        office = snapshot.current().practice.main_location
        with timezone.override(office.timezone if office else "UTC"):
            return self.get_response(request)

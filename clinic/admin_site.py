"""Django's admin under the clinic's name, entered through the one staff sign-in page."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

# What the rooms have to tell the staff; each yields sentences for the front page of the admin.
notices: list[Callable[[], Iterable[str]]] = []
# What waits in the rooms for the person who looks: each adds names to the context of that page.
waiting: list[Callable[[HttpRequest], dict[str, Any]]] = []


class ClinicAdmin(AdminSite):
    site_header = _("Clinic admin")
    site_title = _("Clinic admin")
    index_title = _("What would you like to change?")
    enable_nav_sidebar = False

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        # Each page names who is signed in, also the one for a new password, which Django lets browsers keep.
        inner = super().admin_view(view, cacheable=False)

        @wraps(inner)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # Django would hand the filter to PostgreSQL, which knows no NUL.
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest
            # Nor would it look whether chosen rows have numbers before it asks the database for them.
            if request.method == "POST" and not all(
                map(_is_number, request.POST.getlist(ACTION_CHECKBOX_NAME))
            ):
                raise BadRequest
            try:
                response: HttpResponse = inner(request, *args, **kwargs)
            except OverflowError as far_away:
                # The year 99999 of a date, in an address typed by hand.
                raise BadRequest from far_away
            return response

        return checked

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        for notice in notices:
            for sentence in notice():
                messages.warning(request, sentence)
        context = dict(extra_context or {})
        for room in waiting:
            context |= room(request)
        return super().index(request, context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.path))


def _is_number(text: str) -> bool:
    """Whether it can be the key of a row."""
    return text.isdecimal() and len(text) < 19

"""Who may pass: nobody while the check is off or unsigned, and no form that another site sends."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clinic import errors, snapshot
from screener import signing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this form. Browsers that say nothing are believed."""
    origin = request.headers.get("Origin")
    return origin is not None and origin not in (
        f"{request.scheme}://{request.get_host()}",
        settings.SITE_URL,
        *settings.CSRF_TRUSTED_ORIGINS,
    )


def refuses_other_sites(view: View[P]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and comes_from_elsewhere(request):
            return errors.show(
                request,
                403,
                heading=_("This form came from another site"),
                explain=_("We only take answers that are sent from our own pages."),
                what_to_do=_("Open the check on our site and try again. Or call us."),
            )
        return view(request, *args, **kwargs)

    return guarded


def is_open() -> bool:
    """Switched on and, outside the demo, its running rules signed by a clinician."""
    is_allowed = settings.MODE == "demo" or signing.rules_are_signed()
    return snapshot.current().practice.screener_switch and is_allowed


def open_while_switched_on(view: View[P]) -> View[P]:
    """Closed, every address of the check shows the phone number and the pages."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_open():
            return render(request, "screener/off.html")
        return view(request, *args, **kwargs)

    return guarded

"""What somebody at the desk typed is shown to them again, also where it can no longer be kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def kept_when_signed_out(field: str) -> Callable[[View], View]:
    """Whoever was signed out meanwhile gets their own words back, and nothing else; then they sign in."""

    def decorated(view: View) -> View:
        @wraps(view)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            typed = request.POST.get(field, "") if request.method == "POST" else ""
            if not typed or request.user.is_authenticated:
                return view(request, *args, **kwargs)
            heading = _("You were signed out")
            explain = _("Copy your words, sign in again, and paste them.")
            return _page(request, typed, heading=heading, explain=explain, status=403)

        return keeping

    return decorated


def kept_when_gone(request: HttpRequest, typed: str) -> HttpResponse:
    """The request was erased while somebody wrote about it."""
    heading = _("This request is no longer here")
    explain = _("It was erased or purged while you had it open. Nothing was sent.")
    return _page(request, typed, heading=heading, explain=explain, status=404)


def _page(request: HttpRequest, typed: str, *, heading: str, explain: str, status: int) -> HttpResponse:
    context = {"typed": typed, "heading": heading, "explain": explain}
    return render(request, "desk/typed_kept.html", context, status=status)

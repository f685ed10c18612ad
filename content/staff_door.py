"""Who enters the editors' rooms of the admin, and what happens to what was typed by somebody who is not let in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clinic import lost_logins
from clinic.privacy import no_store

View = Callable[..., HttpResponse]
LOOK = "content.view_page"
EDIT = "content.change_page"
ADD = "content.add_page"


def room(right: str, *, comes_back_to: Callable[..., str] | None = None) -> Callable[[View], View]:
    """A stranger is asked to sign in and finds again what they typed; staff without the right are refused.

    Where an address only takes what a button sends, they come back to the page with the button.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # PostgreSQL knows no NUL.
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest
            if not request.user.is_authenticated:
                page = comes_back_to(request, **kwargs) if comes_back_to else request.path
                if request.method == "POST":
                    lost_logins.keep(request, page=page)
                return redirect_to_login(page)
            if not admin.site.has_permission(request) or not request.user.has_perm(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return no_store(guarded)

    return guard


def come_back(kept: Mapping[str, Any]) -> str:
    """What stands above a form that holds again what was typed before a sign-in; "" where there is nothing."""
    words = _("You were signed out before this was sent. Here is what you typed. Please send it again.")
    return words if kept else ""


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of ours in the frame of Django's admin."""
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)

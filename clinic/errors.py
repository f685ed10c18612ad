"""Every error is a plain page with the phone number, 911 and what to do next."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from clinic.language import language_of

View = Callable[..., HttpResponse]
log = logging.getLogger("clinic.errors")
# What staff write at length: notes, mails, canned replies, the site notice.
LONG_TEXTS = (
    "note", "subject", "text", "subject_en", "text_en", "subject_es", "text_es", "notice_en", "notice_es"
)  # fmt: skip


def show(
    request: HttpRequest, status: int, *, heading: str, explain: str, what_to_do: str, signed_in: bool = False
) -> HttpResponse:
    """One error page in the language of the address."""
    context = {
        "status": status,
        "heading": heading,
        "explain": explain,
        "what_to_do": what_to_do,
        "signed_in": signed_in,
        "typed": _typed(request) if status >= 500 or status == 413 else "",
    }
    response = HttpResponse(render_to_string("errors/error.html", context, request), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def given_back_as(text: Callable[[HttpRequest], str]) -> Callable[[View], View]:
    """What an error page gives back of a long text, to be copied, when it could not be kept."""

    def marked(view: View) -> View:
        vars(view)["given_back_as"] = text
        return view

    return marked


def _typed(request: HttpRequest) -> str:
    """A note of the staff or a whole text, given back to be copied when it could not be kept."""
    if request.method != "POST":
        return ""
    try:
        text = getattr(resolve(request.path_info).func, "given_back_as", None)
        if text is not None:
            given: str = text(request)
            return given
        return "\n\n".join(filter(None, (request.POST.get(name, "").strip() for name in LONG_TEXTS)))
    except (BadRequest, SuspiciousOperation, Http404):
        return ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    with translation.override(language_of(request.path_info)):
        if isinstance(exception, RequestDataTooBig):
            return show(
                request,
                413,
                heading=_("That was too long to read"),
                explain=_("What was sent is larger than this page can take."),
                what_to_do=_("Go back, shorten it, and send it again. Or call us."),
            )
        return show(
            request,
            400,
            heading=_("We could not read that"),
            explain=_("Something in what was sent did not arrive as it should."),
            what_to_do=_("Go back and try again. Or call us."),
        )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    with translation.override(language_of(request.path_info)):
        return show(
            request,
            403,
            heading=_("This page is not for your account"),
            explain=_("You are signed in, but this room is not open to your role."),
            what_to_do=_("Ask the person who looks after accounts."),
            signed_in=True,
        )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    with translation.override(language_of(request.path_info)):
        return show(
            request,
            404,
            heading=_("We cannot find that page"),
            explain=_("The address may be mistyped, or the page may have moved."),
            what_to_do=_("Start from the home page. Or call us and we will help."),
        )


def gone(request: HttpRequest) -> HttpResponse:
    """A page that the clinic has taken down on purpose."""
    return show(
        request,
        410,
        heading=_("We have taken this page down"),
        explain=_("What it said may no longer be right."),
        what_to_do=_("Start from the home page. Or call us and we will help."),
    )


class PagesForWrongMethods:
    """Django's own 405 is empty: whoever opens or reloads the address of a button still finds the phone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = show(
            request,
            405,
            heading=_("This page cannot be opened this way"),
            explain=_("It belongs to a button on another page."),
            what_to_do=_("Start from the home page. Or call us and we will help."),
        )
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database is away, 500 for a fault of ours; the log names the kind and the place, no values."""
    kind = sys.exc_info()[0]
    with translation.override(language_of(request.path_info)):
        if kind is not None and issubclass(kind, DatabaseError):
            return out_of_order(request)
        return show(
            request,
            500,
            heading=_("Something went wrong on our side"),
            explain=_("This is our fault, not yours."),
            what_to_do=_("Try again in a few minutes. Or call us."),
        )


def out_of_order(request: HttpRequest) -> HttpResponse:
    response = show(
        request,
        503,
        heading=_("This part of the site is out of order"),
        explain=_("We are working on it. The other pages still work."),
        what_to_do=_("Try again in a few minutes. Or call us."),
    )
    response.headers["Retry-After"] = "120"
    return response


def rescued_by(rescue: View) -> Callable[[View], View]:
    """What is shown instead of a bare error page when a form comes back without its token."""

    def marked(view: View) -> View:
        vars(view)["when_csrf_fails"] = rescue
        return view

    return marked


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A view that is `rescued_by` another lets it show the form again, with all that was typed."""
    found = resolve(request.path_info)
    rescue = getattr(found.func, "when_csrf_fails", None)
    with translation.override(language_of(request.path_info)):
        if rescue is not None:
            rescued: HttpResponse = rescue(request, **found.kwargs)
            return rescued
        return show(
            request,
            403,
            heading=_("This form waited too long"),
            explain=_("For your safety, a form can only be sent from the page it was opened on."),
            what_to_do=_("Go back, load the page again, and send it once more. Or call us."),
        )

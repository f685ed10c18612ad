"""What a patient meets: the form, the review, and what happens next."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking import actions, sharing
from booking.forms import BookingForm
from booking.given_back import given_back
from booking.messages import promise_to
from booking.models import ConsultationRequest
from booking.promise import opens_again
from booking.review import (
    Begun,
    Expired,
    Fields,
    Review,
    as_initial,
    as_post,
    begin,
    read_begun,
    read_review,
    typed,
)
from booking.summary import sections
from clinic.encryption import Unreadable
from clinic.errors import given_back_as, rescued_by
from clinic.limits import client_address, take
from clinic.privacy import no_store
from clinic.redirects import SeeOther

SENT_COOKIE = settings.COOKIE_PREFIX + "sent"
SENT_SECONDS = 24 * 60 * 60


# The form


@no_store
def form_after_csrf(request: HttpRequest) -> HttpResponse:
    fields, begun = _typed_or_reviewed(request)
    return _filled(request, fields, begun, status=403, message=_not_from_here(request))


@given_back_as(given_back)
@rescued_by(form_after_csrf)
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    offer = sharing.offer(request)
    if request.method != "POST":
        started = {"for_whom": offer.for_whom, "language": get_language()}
        return _form_page(request, BookingForm(offer=offer, initial=started), begin())
    if "change" in request.POST:
        fields, begun = _typed_or_reviewed(request)
        return _filled(request, fields, begun, status=200)
    return _judge(request, offer, read_begun(request.POST.get("begun", "")))


def _judge(request: HttpRequest, offer: sharing.Offer, begun: Begun | None) -> HttpResponse:
    fields = typed(request.POST)
    filled = BookingForm(as_post(fields), offer=offer)
    problem = _robot_problem(request, begun)
    begun = begun or begin()
    if problem:
        filled.add_error(None, problem)
    elif filled.wants_current_patients_page:
        context = {"fields": fields, "begun": begun.sealed(), "opens_again": opens_again(timezone.now())}
        return render(request, "booking/current_patient.html", context)
    if not filled.is_valid():
        return _form_page(request, filled, begun, status=422)
    wish = filled.wish()
    review = Review(nonce=begun.nonce, fields=fields, mark=wish.mark, shared=wish.shared)
    return _review_page(request, review, filled)


def _robot_problem(request: HttpRequest, begun: Begun | None) -> str:
    """Robots fill in every box, and fast. People whom this hits lose nothing and just send again."""
    if request.POST.get("website"):
        return _("A box that must stay empty was filled in. We emptied it. Please send again, or call us.")
    if settings.BOOKING_MINIMUM_SECONDS and (begun is None or begun.too_fast):
        return _("That was very quick. Please look through your request, and send it again.")
    return ""


def _typed_or_reviewed(request: HttpRequest) -> tuple[Fields, Begun]:
    """What stands in the boxes of a form, or in the sealed request of a review."""
    begun = read_begun(request.POST.get("begun", "")) or begin()
    try:
        review = read_review(request.POST.get("request", ""), max_age=None)
    except Unreadable:
        return typed(request.POST), begun
    return review.fields, Begun(nonce=review.nonce, at=0)


def _filled(
    request: HttpRequest, fields: Fields, begun: Begun, *, status: int, message: str = ""
) -> HttpResponse:
    """The form as it was typed, not judged again."""
    shown = BookingForm(offer=sharing.offer(request), initial=as_initial(fields))
    return _form_page(request, shown, begun, status=status, message=message)


def _form_page(
    request: HttpRequest, form: BookingForm, begun: Begun, *, status: int = 200, message: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "offer": form.offer,
        "exact_lines": sharing.exact_lines(form.offer.shared),
        "begun": begun.sealed(),
        "message": message,
        # Who comes back after sending finds the confirmation, and asks no second time by mistake.
        "sent_before": SENT_COOKIE in request.COOKIES,
    }
    return render(request, "booking/form.html", context, status=status)


def _not_from_here(request: HttpRequest) -> str:
    if settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return _("Your browser sent no cookie back. Nothing you wrote is lost. Allow cookies, or call us.")
    return _waited()


def _waited() -> str:
    return _("This page waited too long. Nothing you wrote is lost. Please check it, and send it again.")


# The review


@no_store
def review_after_csrf(request: HttpRequest) -> HttpResponse:
    message = _not_from_here(request)
    return _with_review(
        request, lambda review, form: _review_page(request, review, form, status=403, message=message)
    )


@rescued_by(review_after_csrf)
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("booking:form")
    return _with_review(request, lambda review, form: _send(request, review, form))


def _with_review(request: HttpRequest, then: Callable[[Review, BookingForm], HttpResponse]) -> HttpResponse:
    """Opens the sealed request; an old one goes back to the form, filled in."""
    try:
        review = read_review(request.POST.get("request", ""))
    except Expired as old:
        begun = Begun(nonce=old.review.nonce, at=0)
        return _filled(request, old.review.fields, begun, status=422, message=_waited())
    except Unreadable:
        return render(request, "booking/unreadable.html", status=422)
    form = review.form()
    if not form.is_valid():
        # Between review and sending the clinic changed, an office closed perhaps.
        return _form_page(request, form, Begun(nonce=review.nonce, at=0), status=422)
    return then(review, form)


def _review_page(
    request: HttpRequest,
    review: Review,
    form: BookingForm,
    *,
    status: int = 200,
    message: str = "",
    template: str = "booking/review.html",
) -> HttpResponse:
    wish = form.wish()
    context: dict[str, Any] = {
        "sections": sections(wish),
        "shared": wish.shared,
        "exact_lines": sharing.exact_lines(wish.shared),
        "sealed": review.sealed(),
        "is_sent": request.COOKIES.get(SENT_COOKIE) == review.send_token,
        "sent_before": SENT_COOKIE in request.COOKIES,
        "message": message,
    }
    return render(request, template, context, status=status)


# Sending


def _send(request: HttpRequest, review: Review, form: BookingForm) -> HttpResponse:
    try:
        if not _is_sent(review) and not _may_send(request) and not _is_sent(review):
            response = _review_page(request, review, form, status=429, template="booking/too_many.html")
            response.headers["Retry-After"] = "600"
            return response
        actions.send_request(send_token=review.send_token, wish=form.wish())
    except DatabaseError:
        response = _review_page(request, review, form, status=503, template="booking/out_of_order.html")
        response.headers["Retry-After"] = "120"
        return response
    return _sent_to_confirmation(review)


def _is_sent(review: Review) -> bool:
    """Asked once more behind the limit: a second click never waits for what its twin has just sent."""
    return ConsultationRequest.objects.sent_with(review.send_token) is not None


def _may_send(request: HttpRequest) -> bool:
    """Counts what is sent, not what is looked at; one address first, then everybody."""
    address = f"booking address {client_address(request)}"
    return take(bucket=address, capacity=settings.BOOKING_LIMIT_PER_ADDRESS, per_seconds=3600) and take(
        bucket="booking everybody", capacity=settings.BOOKING_LIMIT_GLOBAL, per_seconds=3600
    )


def _sent_to_confirmation(review: Review) -> HttpResponse:
    response = SeeOther(reverse("booking:sent"))
    response.set_cookie(
        SENT_COOKIE,
        review.send_token,
        max_age=SENT_SECONDS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@no_store
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    token = request.COOKIES.get(SENT_COOKIE, "")
    found = ConsultationRequest.objects.sent_with(token if token.isalnum() else "")
    if found is None:
        return render(request, "booking/nothing_sent.html", status=404)
    link = reverse("booking:status", args=[found.link_token]) if found.link_token else ""
    context = {"asked": found, "promise": promise_to(found), "link": link and settings.SITE_URL + link}
    return render(request, "booking/sent.html", context)

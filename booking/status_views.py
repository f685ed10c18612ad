"""A patient's own page, opened by the secret link: where the request stands, how to reach them, and cancelling.

The key in the address is what allows to act; no cookie does. So these forms need no CSRF token, which a browser that
may not say where it comes from (`Origin: null`) could not prove anyway.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from booking import actions, messages
from booking.contact_wishes import ContactForm
from booking.models import ConsultationRequest
from booking.patient_words import WITHOUT_A_TIME, standing
from clinic.limits import take
from clinic.privacy import no_store
from clinic.redirects import SeeOther

# In an hour, by one link.
CONTACT_CHANGES = 10

View = Callable[[HttpRequest, ConsultationRequest], HttpResponse]


def by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Opens the request of the link. A link that is old, stopped or mistyped gets a kind page with the phone."""

    @csrf_exempt
    @no_store
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            about = ConsultationRequest.objects.select_related("location").with_link(token)
            response = view(request, about) if about else _gone(request)
        except ConsultationRequest.DoesNotExist:
            # Erased since it was read, a moment ago.
            response = _gone(request)
        # The address is a key: it is told to nobody, not even to our own next page.
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return opened


@by_link
@require_safe
def status(request: HttpRequest, about: ConsultationRequest) -> HttpResponse:
    context = {
        "about": about,
        "standing": standing(about),
        "is_mere_request": about.status in WITHOUT_A_TIME,
        "promise": messages.promise_to(about),
        "late": about.promised_by is not None and about.promised_by < timezone.now(),
        "may_cancel": actions.may_cancel(about),
        "done": request.GET.get("done", ""),
    }
    return render(request, "booking/status.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, about: ConsultationRequest) -> HttpResponse:
    if not about.is_open:
        return _back(about)
    if request.method != "POST":
        return render(request, "booking/contact.html", {"about": about, "form": ContactForm(about=about)})
    form = ContactForm(request.POST, about=about)
    if not form.is_valid():
        return render(request, "booking/contact.html", {"about": about, "form": form}, status=422)
    if not take(bucket=f"contact {about.pk}", capacity=CONTACT_CHANGES, per_seconds=3600):
        context = {"about": about, "form": form, "too_many": True}
        response = render(request, "booking/contact.html", context, status=429)
        response.headers["Retry-After"] = "600"
        return response
    actions.change_contact(request_id=about.pk, wishes=form.wishes())
    return _back(about, done="contact")


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, about: ConsultationRequest) -> HttpResponse:
    if not actions.may_cancel(about):
        return _back(about)
    if request.method != "POST":
        return render(request, "booking/cancel.html", {"about": about})
    actions.cancel_by_patient(request_id=about.pk)
    return _back(about)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "booking/status_gone.html", status=404)


def _back(about: ConsultationRequest, *, done: str = "") -> HttpResponse:
    address = reverse("booking:status", args=[about.link_token])
    return SeeOther(f"{address}?done={done}" if done else address)

"""Finding somebody at the desk. Names are posted, so that none gets into an address, a log or a history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from booking import search as finding
from booking.changes import SUBJECT
from booking.queue_cards import cards
from clinic import audit
from clinic.errors import rescued_by
from clinic.privacy import no_store
from clinic.staff import front_desk_only, who


@no_store
@front_desk_only
def search_after_csrf(request: HttpRequest) -> HttpResponse:
    """Whoever signed in again in another window has an old token here, and need not type it again."""
    typed = request.POST.get("find", "")[: finding.LONGEST]
    return _page(request, typed, problem=_("This form waited too long. Send it once more."), status=403)


@rescued_by(search_after_csrf)
@no_store
@front_desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "")
    typed = request.POST.get("find", "").strip()
    if not typed:
        problem = _("Write a part of the name, a birth date, a part of the phone number, or the reference.")
        return _page(request, typed, problem=problem, status=422)
    if len(typed) > finding.LONGEST:
        problem = _("That is too long. A part of the name is enough.")
        return _page(request, typed[: finding.LONGEST], problem=problem, status=422)
    found, me = finding.find(typed, today=timezone.localdate()), who(request)
    audit.record(by=me, action="searched", subject=SUBJECT, subject_ids=found.ids)
    shown = cards(found.requests, me=me, now=timezone.now(), find_next=False)
    return _page(request, typed, found=found, shown=shown)


def _page(
    request: HttpRequest, typed: str, *, problem: str = "", status: int = 200, **context: object
) -> HttpResponse:
    return render(request, "desk/search.html", {"typed": typed, "problem": problem, **context}, status=status)

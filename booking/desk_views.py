"""The page of one request at the desk, and its moves."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from booking import actions, desk_steps, mail_words, request_page
from booking.changes import Trace
from booking.choices import HistoryKind
from booking.desk_doors import desk_page
from booking.desk_forms import StatusForm
from booking.desk_steps import Step
from booking.messages import for_move
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic import lost_logins
from clinic.errors import rescued_by
from clinic.staff import StaffMember, who

# A move away from a set time tells that the time is cancelled.
MOVES = frozenset({HistoryKind.MOVED, HistoryKind.TIME_CANCELLED})


@desk_page("POST", on_the_request_page=True)
def request_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever signed in again in another window has an old token here; the note must outlive that."""
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    problem, note = _("This form waited too long"), request.POST.get("note", "")
    return request_page.show(request, about, status=403, problem=problem, note=note)


@rescued_by(request_after_csrf)
@desk_page("GET", "HEAD", "POST")
def request_page_view(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    if request.method != "POST":
        kept = lost_logins.take(request)
        problem = _("You were signed out before this was saved") if kept else ""
        return request_page.show(request, about, problem=problem, note=kept.get("note", ""))
    form = StatusForm(request.POST, about=about)
    if not form.is_valid():
        return request_page.show(request, about, form=form, status=422)
    typed = form.cleaned_data
    words = {"reference": about.reference, "status": Status(typed["to"]).label}
    step = moved(about, who(request), typed, _("%(reference)s is now: %(status)s.") % words)
    return desk_steps.take(request, pk, form, step)


def moved(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any], done: str) -> Step:
    """A move of the table, from where the request stood when it was read."""
    before, to = about.status, typed["to"]
    left = {
        "status": to,
        "closing_reason": typed.get("closing_reason", "") if to == Status.CLOSED else "",
        "waits_for": typed.get("waits_for", "") if to == Status.WAITING else "",
    }
    return Step(
        act=partial(actions.change_status, request_id=about.pk, by=by, **typed),
        done=done,
        trace=Trace(MOVES, left),
        told=lambda now: mail_words.said(now, for_move(before, now.status)),
    )

"""One click each: who has a request, how a call went, what it waits for, closing it. And the page for a note."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from booking import desk_steps, mail_words, request_page, work_actions
from booking.changes import SUBJECT, Trace
from booking.choices import AttemptResult, HistoryKind, WaitsFor
from booking.desk_doors import desk_page
from booking.desk_forms import AttemptForm, CloseForm, ClosingForm, NoteForm, WaitForm, WorkForm
from booking.desk_pages import Card
from booking.desk_steps import Step
from booking.desk_views import MOVES, moved, request_after_csrf
from booking.messages import THEY_CALLED, for_move
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.staff import StaffMember, who

# The step for a request as it was seen, by somebody, with what they typed.
Plan = Callable[[ConsultationRequest, StaffMember, dict[str, Any]], Step]


def _take(request: HttpRequest, pk: int, form_class: type[WorkForm], plan: Plan) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    form = (
        form_class(request.POST, about=about)
        if issubclass(form_class, ClosingForm)
        else form_class(request.POST)
    )
    if not form.is_valid():
        return request_page.show(request, about, form=form, status=422)
    return desk_steps.take(request, pk, form, plan(about, who(request), form.cleaned_data))


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        act = partial(work_actions.claim, request_id=about.pk, by=by, **typed)
        return Step(act, _("You have it now."), Trace({HistoryKind.CLAIMED}, {"owner": by}))

    return _take(request, pk, WorkForm, plan)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        act = partial(work_actions.take_over, request_id=about.pk, by=by, **typed)
        done = _("You have it now.")
        if about.owner and about.owner != by:
            done = _("You have it now. Let %(before)s know.") % {"before": about.owner.short_name}
        return Step(act, done, Trace({HistoryKind.TAKEN_OVER, HistoryKind.CLAIMED}, {"owner": by}))

    return _take(request, pk, WorkForm, plan)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        act = partial(work_actions.release, request_id=about.pk, by=by, **typed)
        return Step(act, _("Anybody may take it now."), Trace({HistoryKind.RELEASED}, {"owner": None}))

    return _take(request, pk, WorkForm, plan)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        result = AttemptResult(typed["result"])
        act = partial(work_actions.attempt, request_id=about.pk, by=by, **typed | {"result": result})
        trace = Trace({HistoryKind.ATTEMPT}, detail=result, counts=True)
        return Step(act, f"{result.label}.", trace, told=lambda tried: mail_words.said(*tried))

    return _take(request, pk, AttemptForm, plan)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def replied(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        act = partial(work_actions.replied, request_id=about.pk, by=by, **typed)
        trace = Trace({HistoryKind.REPLIED}, counts=True)
        done = _("Noted. The clock runs again.")
        return Step(act, done, trace, told=lambda known: mail_words.said(known, THEY_CALLED))

    return _take(request, pk, WorkForm, plan)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        waits_for = WaitsFor(typed["waits_for"])
        act = partial(work_actions.wait, request_id=about.pk, by=by, **typed | {"waits_for": waits_for})
        trace = Trace(MOVES, {"status": Status.WAITING, "waits_for": waits_for})
        done = _("It waits: %(what)s.") % {"what": waits_for.label}
        mail = for_move(Status.NEW, Status.WAITING)
        return Step(act, done, trace, told=lambda known: mail_words.said(known, mail))

    return _take(request, pk, WaitForm, plan)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    def plan(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> Step:
        done = _("%(reference)s is closed.") % {"reference": about.reference}
        return moved(about, by, typed | {"to": Status.CLOSED}, done)

    return _take(request, pk, CloseForm, plan)


# Notes


@desk_page("POST")
def note_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    typed = request.POST.get("note", "")
    return _note_page(request, about, typed, status=403, problem=_("This form waited too long"))


@rescued_by(note_after_csrf)
@desk_page("GET", "HEAD", "POST")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    if request.method != "POST":
        kept = lost_logins.take(request)
        problem = _("You were signed out before this was saved") if kept else ""
        return _note_page(request, about, kept.get("note", ""), problem=problem)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _note_page(request, about, form.typed_note, form=form, status=422)
    act = partial(work_actions.write_note, request_id=pk, by=who(request), **form.cleaned_data)
    step = Step(act, _("Your note is saved. Only staff see it."), Trace({HistoryKind.NOTE}))
    return desk_steps.take(request, pk, form, step)


def _note_page(
    request: HttpRequest,
    about: ConsultationRequest,
    typed: str,
    *,
    form: NoteForm | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[about.pk])
    shown = form or NoteForm(initial={"note": typed, "version": about.version})
    context = {"about": about, "card": Card(about), "form": shown, "problem": problem}
    return render(request, "desk/note.html", context, status=status)

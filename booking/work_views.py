"""One click each: who has a request, how a call went, what it waits for, closing it. And the page for a note."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from booking import actions, mail_words, request_page, work_actions
from booking.actions import IllegalMove
from booking.changes import SUBJECT, StaleVersion, clicked_twice
from booking.choices import AttemptResult, HistoryKind, WaitsFor
from booking.desk_doors import desk_page
from booking.desk_forms import AttemptForm, CloseForm, NoteForm, WaitForm, WorkForm
from booking.desk_pages import Card
from booking.desk_views import request_after_csrf
from booking.messages import THEY_CALLED, for_move
from booking.models import ConsultationRequest
from booking.redirects import SeeOther
from booking.request_page import PROBLEMS
from booking.statuses import Status
from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.staff import StaffMember, who

# Takes the request as it was seen, and what was typed; returns what to say when it is done.
Step = Callable[[ConsultationRequest, StaffMember, dict[str, Any]], str]


def _take(request: HttpRequest, pk: int, form_class: type[WorkForm], step: Step) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    form = form_class(request.POST)
    if not form.is_valid():
        return request_page.show(request, about, form=form, status=422)
    try:
        words = step(about, who(request), form.cleaned_data)
    except PROBLEMS as problem:
        return request_page.conflict(request, pk, form, problem)
    messages.success(request, words)
    return SeeOther(reverse("desk:request", args=[pk]))


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        work_actions.claim(request_id=about.pk, by=by, **typed)
        return _("You have it now.")

    return _take(request, pk, WorkForm, step)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        before = about.owner.short_name if about.owner else ""
        work_actions.take_over(request_id=about.pk, by=by, **typed)
        if not before:
            return _("You have it now.")
        return _("You have it now. Let %(before)s know.") % {"before": before}

    return _take(request, pk, WorkForm, step)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        work_actions.release(request_id=about.pk, by=by, **typed)
        return _("Anybody may take it now.")

    return _take(request, pk, WorkForm, step)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        result = AttemptResult(typed.pop("result"))
        try:
            tried, mail = work_actions.attempt(request_id=about.pk, by=by, result=result, **typed)
        except (StaleVersion, IllegalMove):
            if clicked_twice(about.pk, by=by, kind=HistoryKind.ATTEMPT, detail=result, **typed):
                return _("It was saved once.")
            raise
        return f"{result.label}. {mail_words.said(tried, mail)}"

    return _take(request, pk, AttemptForm, step)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def replied(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        work_actions.replied(request_id=about.pk, by=by, **typed)
        return _("Noted. The clock runs again.") + " " + mail_words.said(about, THEY_CALLED)

    return _take(request, pk, WorkForm, step)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        waits_for = WaitsFor(typed.pop("waits_for"))
        work_actions.wait(request_id=about.pk, by=by, waits_for=waits_for, **typed)
        told = mail_words.said(about, for_move(Status.NEW, Status.WAITING))
        return _("It waits: %(what)s.") % {"what": waits_for.label} + " " + told

    return _take(request, pk, WaitForm, step)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    def step(about: ConsultationRequest, by: StaffMember, typed: dict[str, Any]) -> str:
        closed = actions.change_status(request_id=about.pk, to=Status.CLOSED, by=by, **typed)
        told = mail_words.said(closed, for_move(about.status, Status.CLOSED))
        return _("%(reference)s is closed.") % {"reference": closed.reference} + " " + told

    return _take(request, pk, CloseForm, step)


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
    try:
        work_actions.write_note(request_id=pk, by=who(request), **form.cleaned_data)
    except StaleVersion as problem_met:
        if not clicked_twice(pk, by=who(request), kind=HistoryKind.NOTE, **form.cleaned_data):
            return request_page.conflict(request, pk, form, problem_met)
    messages.success(request, _("Your note is saved. Only staff see it."))
    return SeeOther(reverse("desk:request", args=[pk]))


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

"""The time of a visit as the EHR holds it: recorded, moved or cancelled here; and when to try next."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from booking import desk_steps, mail_words, request_page, time_actions, work_actions
from booking.changes import SUBJECT, Trace
from booking.choices import HistoryKind, WaitsFor
from booking.desk_doors import desk_page
from booking.desk_forms import WorkForm
from booking.desk_pages import Card
from booking.desk_steps import Step
from booking.desk_views import MOVES, request_after_csrf
from booking.due_times import visit_of
from booking.models import BookedTime, ConsultationRequest
from booking.request_page import VisitWords
from booking.statuses import Status
from booking.time_actions import SlotTaken
from booking.time_forms import NextTryForm, TimeForm
from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.staff import who


@desk_page("POST")
def time_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    form = TimeForm(about=about, initial=request.POST.dict() | {"version": about.version})
    return _time_page(request, about, form, status=403, problem=_("This form waited too long"))


@rescued_by(time_after_csrf)
@desk_page("GET", "HEAD", "POST")
def time(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    if request.method != "POST" or "open" in request.POST:
        kept = lost_logins.take(request)
        initial = kept.dict() | {"version": about.version}
        if "open" in request.POST:
            initial["note"] = request.POST.get("note", "")
        problem = _("You were signed out before this was saved") if kept else ""
        return _time_page(request, about, TimeForm(about=about, initial=initial), problem=problem)
    form = TimeForm(request.POST, about=about)
    if not form.is_valid():
        return _time_page(request, about, form, status=422)
    return _record(request, about, form)


def _record(request: HttpRequest, about: ConsultationRequest, form: TimeForm) -> HttpResponse:
    slot, typed = form.slot(), {name: form.cleaned_data[name] for name in ("version", "note")}
    stands = {
        "status": Status.TIME_SET,
        "booked_time__active": True,
        "booked_time__clinician": slot.clinician,
        "booked_time__location": slot.location,
        "booked_time__starts": slot.starts,
        "booked_time__minutes": slot.minutes,
    }
    step = Step(
        act=partial(time_actions.record_time, request_id=about.pk, by=who(request), slot=slot, **typed),
        done=_("The time is recorded."),
        trace=Trace({HistoryKind.TIME_RECORDED, HistoryKind.TIME_MOVED}, stands),
        told=mail_words.said_of_time,
    )
    try:
        return desk_steps.take(request, about.pk, form, step)
    except SlotTaken as taken:
        return _time_page(request, about, form, status=409, others=taken.others)


def _time_page(
    request: HttpRequest,
    about: ConsultationRequest,
    form: TimeForm,
    *,
    status: int = 200,
    problem: str = "",
    others: Sequence[BookedTime] = (),
) -> HttpResponse:
    seen = [about.pk, *(each.request_id for each in others)]
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=seen)
    booked = visit_of(about)
    context = {
        "about": about,
        "card": Card(about),
        "form": form,
        "problem": problem,
        "visit": VisitWords(booked) if booked else None,
        "others": [VisitWords(each) for each in others],
        "asks_meant": bool(others) or bool(form.data.get("meant")),
        "will_say": mail_words.said_of_time(about),
    }
    return render(request, "desk/time.html", context, status=status)


@rescued_by(request_after_csrf)
@desk_page("POST", on_the_request_page=True)
def cancel_time(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    form = WorkForm(request.POST)
    if not form.is_valid():
        return request_page.show(request, about, form=form, status=422)
    step = Step(
        act=partial(time_actions.cancel_time, request_id=pk, by=who(request), **form.cleaned_data),
        done=_("The time is cancelled here. Free it in the EHR too."),
        trace=Trace(MOVES, {"status": Status.WAITING, "waits_for": WaitsFor.PATIENT}),
    )
    return desk_steps.take(request, pk, form, step)


# The next try


@desk_page("POST")
def next_try_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    form = NextTryForm(about=about, initial=request.POST.dict() | {"version": about.version})
    return _next_try_page(request, about, form, status=403, problem=_("This form waited too long"))


@rescued_by(next_try_after_csrf)
@desk_page("GET", "HEAD", "POST")
def next_try(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    if request.method != "POST":
        kept = lost_logins.take(request)
        form = NextTryForm(about=about, initial=kept.dict() | {"version": about.version})
        problem = _("You were signed out before this was saved") if kept else ""
        return _next_try_page(request, about, form, problem=problem)
    form = NextTryForm(request.POST, about=about)
    if not form.is_valid():
        return _next_try_page(request, about, form, status=422)
    moment, version = form.cleaned_data["moment"], form.cleaned_data["version"]
    step = Step(
        act=partial(work_actions.plan_next_try, request_id=pk, by=who(request), version=version, at=moment),
        done=_("The next try is planned."),
        trace=Trace({HistoryKind.NEXT_TRY}, {"clock_from": moment}),
    )
    return desk_steps.take(request, pk, form, step)


def _next_try_page(
    request: HttpRequest,
    about: ConsultationRequest,
    form: NextTryForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[about.pk])
    context = {
        "about": about,
        "form": form,
        "problem": problem,
        "zone_words": request_page.zone_words(about),
    }
    return render(request, "desk/next_try.html", context, status=status)

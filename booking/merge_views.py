"""Two requests side by side, and which of them goes on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import merge_actions, request_page, same_person
from booking.changes import SUBJECT, StaleVersion, Trace, clicked_twice
from booking.choices import HistoryKind
from booking.desk_doors import desk_page
from booking.desk_forms import WorkForm
from booking.desk_pages import Card, zone_of
from booking.due_times import visit_of
from booking.due_words import near_day
from booking.merge_actions import CannotMerge
from booking.models import ConsultationRequest
from booking.request_page import VisitWords
from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.redirects import SeeOther
from clinic.staff import who

WHY_NOT = {
    "same": gettext_lazy("These are one and the same request."),
    "merged": gettext_lazy("One of them was merged already. Merge with the one that goes on."),
    "closed": gettext_lazy("One of them is closed. Only open requests can be merged."),
    "time": gettext_lazy(
        "The one you close has a time. Let that one go on, or cancel its time first, in the EHR too."
    ),
}


class MergeForm(WorkForm):
    goes_on = forms.ChoiceField(
        choices=(),
        widget=forms.RadioSelect,
        label=gettext_lazy("Which one do you keep?"),
        error_messages={"required": gettext_lazy("Choose which one you keep.")},
    )
    other_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    field_order = ("goes_on", "note", "version", "other_version")

    def __init__(
        self, *args: Any, about: ConsultationRequest, other: ConsultationRequest, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        goes_on = self.fields["goes_on"]
        if isinstance(goes_on, forms.ChoiceField):
            goes_on.choices = [(str(each.pk), _named(each)) for each in (about, other)]


def _named(about: ConsultationRequest) -> str:
    named = {
        "name": about.name,
        "reference": about.reference,
        "asked": near_day(about.created, zone=zone_of(about), now=timezone.now()),
    }
    return _("%(name)s, %(reference)s, asked %(asked)s") % named


def _doubts(about: ConsultationRequest, other: ConsultationRequest) -> list[str]:
    """What speaks against one person."""
    found = []
    if same_person.names_differ(about, other):
        found.append(_("The names differ: %(one)s and %(other)s.") % {"one": about.name, "other": other.name})
    if same_person.births_differ(about, other):
        found.append(_("The birth dates differ."))
    return found


@desk_page("POST")
def merge_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    return _merge(request, pk, problem=_("This form waited too long"))


@rescued_by(merge_after_csrf)
@desk_page("GET", "HEAD", "POST")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    return _merge(request, pk)


def _merge(request: HttpRequest, pk: int, *, problem: str = "") -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    kept = lost_logins.take(request)
    typed = kept or request.POST
    wanted = request.POST.get("with") or request.GET.get("with") or kept.get("with", "")
    other = _other(wanted)
    if other is None or other.pk == about.pk:
        return _choose_page(request, about, wanted, typed.get("note", ""))
    initial = _as_seen(about, other) | {"note": typed.get("note", "")}
    if (kept or problem) and typed.get("goes_on") in (str(about.pk), str(other.pk)):
        initial["goes_on"] = typed["goes_on"]
    fresh = MergeForm(about=about, other=other, initial=initial)
    if problem:
        return _pair_page(request, about, other, fresh, status=403, problem=problem)
    if request.method != "POST":
        problem = _("You were signed out before this was saved") if kept else ""
        return _pair_page(request, about, other, fresh, problem=problem)
    form = MergeForm(request.POST, about=about, other=other)
    if not form.is_valid():
        return _pair_page(request, about, other, form, status=422)
    return _merge_pair(request, about, other, form, fresh)


def _merge_pair(
    request: HttpRequest,
    about: ConsultationRequest,
    other: ConsultationRequest,
    form: MergeForm,
    fresh: MergeForm,
) -> HttpResponse:
    cleaned = form.cleaned_data
    versions = {about.pk: cleaned["version"], other.pk: cleaned["other_version"]}
    keep = int(cleaned["goes_on"])
    closes = next(each for each in versions if each != keep)
    try:
        merge_actions.merge(
            keep_id=keep,
            keep_version=versions[keep],
            closes_id=closes,
            closes_version=versions[closes],
            by=who(request),
            note=cleaned["note"],
        )
    except (CannotMerge, StaleVersion) as problem:
        trace = Trace({HistoryKind.MERGED}, {"merged_into": keep})
        if not clicked_twice(closes, trace, by=who(request), version=versions[closes], note=cleaned["note"]):
            return _pair_page(request, about, other, fresh, status=409, problem=_in_words(problem))
    goes_on = about if about.pk == keep else other
    messages.success(request, _("Merged. %(reference)s goes on.") % {"reference": goes_on.reference})
    return SeeOther(reverse("desk:request", args=[keep]))


def _in_words(problem: CannotMerge | StaleVersion) -> str:
    if isinstance(problem, CannotMerge):
        return str(WHY_NOT[problem.reason])
    return _("One of them was changed while you had this open. Look again, then choose.")


def _other(wanted: str) -> ConsultationRequest | None:
    """By its number, as links name it, or by its reference, as people do."""
    requests = ConsultationRequest.objects.select_related("location", "owner")
    if wanted.isdecimal() and len(wanted) < 19:
        return requests.filter(pk=int(wanted)).first()
    bare = "".join(each for each in wanted.upper() if each.isalnum())
    return requests.filter(reference=f"{bare[:3]}-{bare[3:]}").first() if bare else None


def _as_seen(about: ConsultationRequest, other: ConsultationRequest) -> dict[str, Any]:
    """The one who asked first goes on, unless only the other one has a time."""
    first, second = sorted((about, other), key=lambda each: each.created)
    keep = second if visit_of(second) and not visit_of(first) else first
    return {"goes_on": str(keep.pk), "version": about.version, "other_version": other.version}


def _choose_page(request: HttpRequest, about: ConsultationRequest, wanted: str, typed: str) -> HttpResponse:
    alike = same_person.likely(about)
    seen = [about.pk, *(each.other.pk for each in alike)]
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=seen)
    context = {"about": about, "alike": alike, "wanted": wanted, "typed": typed}
    # Whoever only sent nothing meant gets the page with its error.
    return render(request, "desk/merge_choose.html", context, status=422 if request.method == "POST" else 200)


def _pair_page(
    request: HttpRequest,
    about: ConsultationRequest,
    other: ConsultationRequest,
    form: MergeForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[about.pk, other.pk])
    pair = [(each, Card(each), _visit(each)) for each in (about, other)]
    context = {
        "about": about,
        "other": other,
        "pair": pair,
        "form": form,
        "problem": problem,
        "doubts": _doubts(about, other),
    }
    return render(request, "desk/merge.html", context, status=status)


def _visit(about: ConsultationRequest) -> VisitWords | None:
    booked = visit_of(about)
    return VisitWords(booked) if booked else None

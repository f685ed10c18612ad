"""A reviewer reads what changed, approves it or gives it back; notes to each other; who stands in for a reviewer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic import lost_logins
from clinic.errors import rescued_by
from clinic.signatures import SIGN
from clinic.staff import StaffMember, who
from clinic.zone import zone_words
from content import actions, editing, rights
from content.differences import difference
from content.editing_forms import DeputyForm, seen_nul
from content.editing_page import document_form, found_in, title_of, to_excuse
from content.editing_views import load, shown
from content.forms import SignForm, next_review
from content.going_live import confirm, publish_draft, said_of
from content.inspection import inspect
from content.models import Deputy, Page
from content.publishing import why_not_publish, why_not_return
from content.refusals import Refused, StaleVersion
from content.repeats import Press, step_of_before
from content.staff_door import EDIT, LOOK, come_back, room, show


@room(LOOK)
def review_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    problem = _("This page waited too long, so nothing was changed. Please press the button again.")
    return _shown(request, load(pk), 403, problem=problem, typed=request.POST)


@rescued_by(review_after_csrf)
@room(LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    if request.method != "POST":
        kept = lost_logins.take(request)
        return _shown(request, row, typed=kept, problem=come_back(kept))
    if not rights.may_edit(who(request)):
        raise PermissionDenied
    stamp = request.POST.get("stamp", "")
    try:
        if request.POST.get("do") == "return":
            note = request.POST.get("note", "")
            returned = actions.return_to_author(page_id=pk, by=who(request), stamp=stamp, note=note)
            confirm(request, said_of(returned))
        else:
            publish_draft(request, row, stamp, request.POST.dict())
    except Refused as refusal:
        if not isinstance(refusal, StaleVersion) or not _pressed_twice(request, row):
            return _shown(request, load(pk), 422, problem=str(refusal), typed=request.POST)
    return redirect("admin:content_page_review", pk)


def _pressed_twice(request: HttpRequest, row: Page) -> bool:
    typed = request.POST
    press = Press(
        do="return" if typed.get("do") == "return" else "publish",
        by=who(request),
        stamp=typed.get("stamp", ""),
        note=typed.get("note", ""),
    )
    step = step_of_before(row, press)
    if step is not None:
        confirm(request, said_of(step))
    return step is not None


def _shown(
    request: HttpRequest, row: Page, status: int = 200, *, typed: Any = None, problem: str = ""
) -> HttpResponse:
    now = editing.standing(row)
    person = who(request)
    inspection = inspect(row, now.text)
    found = found_in(document_form(row, now), inspection)
    served = editing.made_of(row, now.served_text)
    context = {
        "here": "review",
        "row": row,
        "now": now,
        "title": _("Review: %(title)s") % {"title": title_of(row, now.text)},
        "difference": difference(row, now.served_text, now.text),
        "as_source": request.GET.get("as") == "source",
        "found": found,
        "errors": [each for each in found if each.is_error],
        "to_excuse": to_excuse(found, typed or {}),
        "may_return": not why_not_return(person, now),
        "why_not_publish": why_not_publish(person, now, now.text),
        "notes": list(row.notes.select_related("by").order_by("-pk")[:20]),
        "sign_form": _sign_form(person, served),
        "zone": zone_words(),
        "typed": typed or {},
        "note_typed": seen_nul((typed or {}).get("text", "")),
        "problem": problem,
        "may_edit": rights.may_edit(person),
    }
    return show(request, "content/admin_review.html", context, status=status)


def _sign_form(person: StaffMember, served: Any) -> SignForm | None:
    """For the text that readers get, by whoever may sign."""
    if served is None or not hasattr(served, "review_every") or not person.has_perm(SIGN):
        return None
    return SignForm(initial={"digest": served.document.digest, **next_review(served)})


def page_of_the_note(request: HttpRequest, pk: int) -> str:
    """Notes stand below the editing and the review; one is written from either."""
    name = "review" if request.POST.get("from") == "review" else "change"
    return reverse(f"admin:content_page_{name}", args=[pk])


@room(EDIT, comes_back_to=page_of_the_note)
def note_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    problem = _("This page waited too long, so your note was not added. Please add it again.")
    return _with_the_note(request, pk, 403, problem)


@rescued_by(note_after_csrf)
@room(EDIT, comes_back_to=page_of_the_note)
@require_POST
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.write_note(page_id=load(pk).pk, by=who(request), text=request.POST.get("text", ""))
    except Refused as refusal:
        return _with_the_note(request, pk, 422, str(refusal))
    messages.success(request, _("Your note is there for the others."))
    return redirect(page_of_the_note(request, pk))


def _with_the_note(request: HttpRequest, pk: int, status: int, problem: str) -> HttpResponse:
    """The page that the note was written on, with the note."""
    row = load(pk)
    if request.POST.get("from") == "review":
        return _shown(request, row, status, problem=problem, typed=request.POST)
    form = document_form(row, editing.standing(row))
    note = seen_nul(request.POST.get("text", ""))
    return shown(request, row, form, status, problem=problem, note_typed=note)


@room(LOOK)
def deputies_after_csrf(request: HttpRequest) -> HttpResponse:
    problem = _("This page waited too long, so nothing was changed. Please press the button again.")
    typed = None if "end" in request.POST else request.POST
    return _with_deputies(request, _deputy_form(who(request), typed), 403, problem)


@rescued_by(deputies_after_csrf)
@room(LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    """A reviewer names who may approve in their place for some days. A deputy signs nothing."""
    person, ended = who(request), request.POST.get("end", "")
    if request.method != "POST":
        kept = lost_logins.take(request).dict()
        typed = {name: words for name, words in kept.items() if name != "end"}
        return _with_deputies(request, _deputy_form(person, initial=typed), problem=come_back(typed))
    form = _deputy_form(person, None if ended else request.POST)
    problem = ""
    try:
        if _named(person, form, ended):
            messages.success(request, _("Done."))
            return redirect("admin:content_page_deputies")
    except Refused as refusal:
        problem = str(refusal)
    return _with_deputies(request, form, 422, problem)


def _deputy_form(person: StaffMember, typed: Any = None, **more: Any) -> DeputyForm:
    others = StaffMember.objects.filter(is_active=True, is_staff=True).exclude(pk=person.pk)
    form = DeputyForm(typed, **more)
    form.fields["deputy"].queryset = others.order_by("first_name", "username")  # type: ignore[attr-defined]
    return form


def _with_deputies(
    request: HttpRequest, form: DeputyForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "deputies": Deputy.objects.select_related("reviewer", "deputy")[:50],
        "today": timezone.localdate(),
        "may_name": who(request).has_perm(SIGN),
        "title": _("Deputies of the reviewers"),
    }
    return show(request, "content/admin_deputies.html", context, status=status)


def _named(person: StaffMember, form: DeputyForm, ended: str) -> bool:
    """Names one, or ends one; False when the form is not filled in."""
    if ended:
        found = Deputy.objects.filter(pk=int(ended) if ended.isdecimal() and len(ended) < 19 else 0).first()
        if found is None:
            raise Refused(_("This deputy is not in the list."))
        actions.end_deputy(by=person, deputy_id=found.pk)
        return True
    if not person.has_perm(SIGN):
        raise PermissionDenied
    if not form.is_valid():
        return False
    actions.name_deputy(by=person, **form.cleaned_data)
    return True

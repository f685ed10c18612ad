"""A text of before comes back, after a question that shows what readers would get, and whether they would get it now."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import lost_logins, snapshot
from clinic.errors import rescued_by
from clinic.staff import who
from content import actions, editing
from content.differences import difference
from content.editing_forms import DocumentForm, seen_nul
from content.editing_page import found_in, title_of, to_excuse
from content.editing_views import load
from content.going_live import reasons_in
from content.inspection import inspect
from content.models import Page
from content.publishing import was_answered_for, why_only_a_draft
from content.refusals import Refused
from content.revision_views import WAITED_TOO_LONG, comes_back, listed
from content.staff_door import EDIT, come_back, room, show

NOTHING: Mapping[str, Any] = {}


@room(EDIT)
def restore_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    return _asked(request, load(pk), 403, problem=_(WAITED_TOO_LONG), typed=request.POST)


@rescued_by(restore_after_csrf)
@room(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Any text of before, 0 being the file as deployed."""
    row = load(pk)
    if request.method != "POST":
        kept = lost_logins.take(request).dict()
        if not kept and "number" not in request.GET:
            return redirect("admin:content_page_revisions", pk)
        return _asked(request, row, typed=kept or request.GET.dict(), problem=come_back(kept))
    try:
        outcome = actions.restore(
            page_id=pk,
            by=who(request),
            stamp=request.POST.get("stamp", ""),
            number=number_in(request.POST),
            reasons=reasons_in(request.POST),
            spanish_by=request.POST.get("spanish_by", ""),
            note=request.POST.get("note", ""),
        )
    except Refused as refusal:
        return _asked(request, load(pk), 422, problem=str(refusal), typed=request.POST)
    snapshot.refresh()
    if outcome.is_live:
        messages.success(request, _("Readers get this text again."))
    else:
        messages.success(request, _("This text is your draft now.") + f" {outcome.why_not}")
    return redirect("admin:content_page_change", row.pk)


def number_in(typed: Mapping[str, Any]) -> int:
    number = str(typed.get("number", ""))
    return int(number) if number.isdecimal() and len(number) < 9 else -1


def _asked(
    request: HttpRequest,
    row: Page,
    status: int = 200,
    *,
    typed: Mapping[str, Any] = NOTHING,
    problem: str = "",
) -> HttpResponse:
    number = number_in(typed)
    told = next((each for each in editing.revisions(row) if each.number == number), None)
    if told is None and status == 200:
        raise Http404
    if told is None:
        return listed(request, row, status, problem)
    context = {**_about(request, row, told, typed), "problem": problem}
    return show(request, "content/admin_restore.html", context, status=status)


def _about(request: HttpRequest, row: Page, told: editing.Told, typed: Mapping[str, Any]) -> dict[str, Any]:
    now = editing.standing(row)
    typed = {name: seen_nul(str(words)) for name, words in typed.items()}
    form = DocumentForm(kind=row.kind, text=told.text, stamp=now.stamp)
    found = found_in(form, inspect(row, told.text))
    known = was_answered_for(now, told.text)
    return {
        "here": "revisions",
        "row": row,
        "now": now,
        "told": told,
        "may_restore": comes_back(told, now),
        "why_not": why_only_a_draft(who(request), now, told.text),
        "found": found,
        "errors": [each for each in found if each.is_error],
        "asks_more": not known,
        "to_excuse": [] if known else to_excuse(found, typed),
        "difference": difference(row, now.served_text, told.text) if now.served_text else None,
        "typed": typed,
        "title": _("Restore text %(number)s: %(title)s")
        % {"number": told.number, "title": title_of(row, now.text)},
    }

"""A page that was changed here and in the repository: both texts as they read, and the choice between them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import lost_logins, snapshot
from clinic.errors import given_back_as, rescued_by
from clinic.staff import who
from content import actions, editing
from content.differences import difference
from content.editing_page import title_of
from content.editing_views import load
from content.front_lines import Parts
from content.merging import merged
from content.models import Page
from content.refusals import Refused
from content.staff_door import EDIT, room, show


def given_back(request: HttpRequest) -> str:
    return Parts("", request.POST.get("text", "")).whole


@room(EDIT)
def settle_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    problem = _("This page waited too long, so nothing was changed. Please press the button again.")
    return _shown(request, load(pk), 403, problem=problem, typed=request.POST.get("text"))


@given_back_as(given_back)
@rescued_by(settle_after_csrf)
@room(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    if request.method != "POST":
        return _shown(request, row, typed=lost_logins.take(request).get("text"))
    try:
        if request.POST.get("do") == "file":
            return _take_file(request, row)
        mine = request.POST.get("do") == "mine"
        text = editing.standing(row).text if mine else request.POST.get("text", "")
        actions.settle(page_id=pk, by=who(request), stamp=request.POST.get("stamp", ""), text=text)
    except Refused as refusal:
        return _shown(request, load(pk), 422, problem=str(refusal), typed=request.POST.get("text"))
    messages.success(request, _("This text is the draft now. Publish it, and the conflict is settled."))
    return redirect("admin:content_page_change", pk)


def _take_file(request: HttpRequest, row: Page) -> HttpResponse:
    outcome = actions.adopt_file(page_id=row.pk, by=who(request), stamp=request.POST.get("stamp", ""))
    snapshot.refresh()
    if outcome.is_live:
        messages.success(
            request, _("Readers get the file of the repository. The edit stays among the texts.")
        )
    else:
        messages.success(request, _("The file is the draft now.") + f" {outcome.why_not}")
    return redirect("admin:content_page_change", row.pk)


def _shown(
    request: HttpRequest, row: Page, status: int = 200, *, typed: str | None = None, problem: str = ""
) -> HttpResponse:
    now = editing.standing(row)
    base = now.live.base_text if now.live else ""
    together = merged(base, now.text, now.file_text)
    context: dict[str, Any] = {
        "here": "settle",
        "row": row,
        "now": now,
        "title": _("Settle: %(title)s") % {"title": title_of(row, now.text)},
        "both": difference(row, now.file_text, now.text),
        "together": together,
        "text": typed if typed is not None else together if together is not None else now.text,
        "problem": problem,
    }
    return show(request, "content/admin_settle.html", context, status=status)

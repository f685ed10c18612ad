"""Every text of a document: the list, two of them compared, putting away, and taking a page down."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import lost_logins, snapshot
from clinic.errors import rescued_by
from clinic.staff import who
from content import actions, editing, rights
from content.differences import difference
from content.editing_forms import WithdrawForm
from content.editing_page import pages, title_of
from content.editing_views import load
from content.going_live import confirm
from content.models import Page, Revision
from content.refusals import Refused, StaleVersion
from content.repeats import Press, step_of_before
from content.staff_door import EDIT, LOOK, come_back, room, show

WAITED_TOO_LONG = gettext_noop(
    "This page waited too long, so nothing was changed. Please press the button again."
)


@room(LOOK)
@require_safe
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    return listed(request, load(pk))


def page_of_the_draft(request: HttpRequest, pk: int) -> str:
    return reverse("admin:content_page_change", args=[pk])


def listed(request: HttpRequest, row: Page, status: int = 200, problem: str = "") -> HttpResponse:
    now, may_edit = editing.standing(row), rights.may_edit(who(request))
    context = {
        "here": "revisions",
        "row": row,
        "now": now,
        "told": [(each, may_edit and comes_back(each, now)) for each in editing.revisions(row)],
        "problem": problem,
        "title": _("All texts: %(title)s") % {"title": title_of(row, now.text)},
    }
    return show(request, "content/admin_revisions.html", context, status=status)


def comes_back(told: editing.Told, now: editing.Standing) -> bool:
    """Whether there is anything to restore: neither what readers get anyway nor the draft itself."""
    is_draft = told.revision is not None and told.revision == now.draft
    return told.text != now.served_text and not is_draft


def names(now: editing.Standing) -> list[tuple[str, str]]:
    """What may be compared, besides the numbers: the texts that somebody asks for by what they are."""
    found = [("draft", _("the draft"), now.draft), ("live", _("what readers get"), now.served_text)]
    return [(name, words) for name, words, there in found if there]


@room(LOOK)
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    now = editing.standing(row)
    old, new = request.GET.get("old", "live"), request.GET.get("new", "draft")
    context = {
        "here": "compare",
        "row": row,
        "now": now,
        "told": editing.revisions(row),
        "names": names(now),
        "old": old,
        "new": new,
        "difference": difference(row, _text(row, now, old), _text(row, now, new)),
        "as_source": request.GET.get("as") == "source",
        "title": _("Two texts compared: %(title)s") % {"title": title_of(row, now.text)},
    }
    return show(request, "content/admin_compare.html", context)


def _text(row: Page, now: editing.Standing, name: str) -> str:
    if name in ("draft", "live"):
        return (now.text if now.draft else now.served_text) if name == "draft" else now.served_text
    try:
        return editing.text_of(row, int(name) if name.isdecimal() and len(name) < 9 else -1)
    except Revision.DoesNotExist:
        raise Http404 from None


@room(EDIT, comes_back_to=page_of_the_draft)
def put_away_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    return listed(request, load(pk), 403, _(WAITED_TOO_LONG))


@rescued_by(put_away_after_csrf)
@room(EDIT, comes_back_to=page_of_the_draft)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the draft away, or cancels what is scheduled; either stays among the texts."""
    stops = request.POST.get("do") == "unschedule"
    do = actions.unschedule if stops else actions.discard
    try:
        do(
            page_id=pk,
            by=who(request),
            stamp=request.POST.get("stamp", ""),
            note=request.POST.get("note", ""),
        )
    except Refused as refusal:
        press = _press(request, "unschedule" if stops else "discard")
        if not isinstance(refusal, StaleVersion) or step_of_before(load(pk), press) is None:
            return listed(request, load(pk), 422, str(refusal))
    snapshot.refresh()
    words = _("It will not go live. It is the draft again.") if stops else _("The draft is put away.")
    confirm(request, words)
    return redirect("admin:content_page_change", pk)


def _press(request: HttpRequest, do: str, note: str | None = None, redirect_to: str = "") -> Press:
    typed = request.POST
    note = typed.get("note", "") if note is None else note
    return Press(do=do, by=who(request), stamp=typed.get("stamp", ""), note=note, redirect_to=redirect_to)


@room(EDIT)
def withdraw_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    form = WithdrawForm(request.POST, pages=pages(row.lang))
    return _asked(request, row, form, 403, problem=_(WAITED_TOO_LONG))


@rescued_by(withdraw_after_csrf)
@room(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    now = editing.standing(row)
    choices = pages(row.lang)
    if request.method != "POST":
        kept = lost_logins.take(request).dict()
        form = WithdrawForm(pages=choices, initial={"stamp": now.stamp, **kept})
        return _asked(request, row, form, problem=come_back(kept))
    form = WithdrawForm(request.POST, pages=choices)
    if not form.is_valid():
        return _asked(request, row, form, 422)
    given = form.cleaned_data
    try:
        actions.withdraw(
            page_id=pk,
            by=who(request),
            stamp=given["stamp"],
            note=given["note"],
            redirect_to=given["redirect_to"],
        )
    except Refused as refusal:
        press = _press(request, "withdraw", given["note"], given["redirect_to"])
        if not isinstance(refusal, StaleVersion) or step_of_before(row, press) is None:
            # Whoever withdraws it now has been told of what happened meanwhile.
            fresh = load(pk)
            typed = {**request.POST.dict(), "stamp": editing.standing(fresh).stamp}
            form = WithdrawForm(typed, pages=choices)
            return _asked(request, fresh, form, 422, problem=str(refusal))
    snapshot.refresh()
    confirm(request, _("Withdrawn. You can restore any of its texts."))
    return redirect("admin:content_page_revisions", pk)


def _asked(
    request: HttpRequest, row: Page, form: WithdrawForm, status: int = 200, problem: str = ""
) -> HttpResponse:
    now = editing.standing(row)
    context = {
        "here": "withdraw",
        "row": row,
        "now": now,
        "form": form,
        "problem": problem,
        "title": _("Withdraw: %(title)s") % {"title": title_of(row, now.text)},
    }
    return show(request, "content/admin_withdraw.html", context, status=status)

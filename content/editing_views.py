"""One document in the hands of its editor: open, save, insert, check, send for review, publish. Nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from clinic import lost_logins
from clinic.errors import given_back_as, rescued_by
from clinic.staff import StaffMember, who
from content import actions, editing, insertions, rights
from content.differences import difference
from content.documents import BadDocument
from content.editing_forms import DocumentForm, InsertForm, joined, seen_nul
from content.editing_page import context, document_form, insert_form, is_changed, place_of, typed_text
from content.going_live import confirm, moment, publish_draft, said_of
from content.models import Page, Revision
from content.refusals import BadTime, Overtaken, Refused, StaleVersion
from content.repeats import Press, settled_before, step_of_before
from content.staff_door import EDIT, LOOK, come_back, room, show

Do = Callable[[HttpRequest, Page, DocumentForm], HttpResponse]
MOST_GIVEN_BACK = 8 * 1024 * 1024
SAVED = gettext_lazy("Your draft is saved. Readers do not see it yet.")


def given_back(request: HttpRequest) -> str:
    """The text of a POST, for an error page to show; of one that was too long to be read, as much as we take."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        if not request.user.is_authenticated:
            return ""
        # The stream is still unread. It is read for staff alone, and only so far.
        typed = QueryDict(request.read(MOST_GIVEN_BACK), encoding="utf-8")
    else:
        typed = request.POST
    return joined(typed, "source" if "front_link" in typed else "page")


@room(EDIT)
def change_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signed in again in another window has an old token here; the text must outlive that."""
    row = load(pk)
    problem = _("This page waited too long, so nothing was saved. Your text is here. Please save it again.")
    return shown(request, row, document_form(row, editing.standing(row), request.POST), 403, problem=problem)


@given_back_as(given_back)
@rescued_by(change_after_csrf)
@room(LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    if request.method != "POST":
        return _opened(request, row)
    if not rights.may_edit(who(request)):
        raise PermissionDenied
    form = document_form(row, editing.standing(row), request.POST)
    do = DEEDS.get(request.POST.get("do", ""), _save)
    try:
        if form.had_nul:
            raise Refused(
                _("Your text holds a character that no page can keep. It shows as ␀ here: take it out.")
            )
        return do(request, row, form)
    except BadDocument as fault:
        problem = f"{place_of(form, fault.line).words}: {fault.fault}"
        return shown(request, row, form, 422, problem=problem)
    except StaleVersion as refusal:
        return _pressed_twice(request, row, form) or _stale(request, pk, refusal)
    except Refused as refusal:
        return shown(request, load(pk), form, 422, problem=str(refusal), refused=refusal)


def load(pk: int) -> Page:
    return get_object_or_404(
        Page.objects.select_related("draft__author", "live__author", "scheduled__author"), pk=pk
    )


def _opened(request: HttpRequest, row: Page) -> HttpResponse:
    kept = lost_logins.take(request).dict()
    if not kept:
        return shown(request, row, document_form(row, editing.standing(row)))
    if "text" in kept:
        # Not the document: a note to the others was being written below it.
        form = document_form(row, editing.standing(row))
        return shown(request, row, form, problem=come_back(kept), note_typed=seen_nul(str(kept["text"])))
    problem = _("You were signed out before this was saved. Here is what you typed. Please save it now.")
    return shown(request, row, document_form(row, editing.standing(row), kept), problem=problem)


def shown(
    request: HttpRequest, row: Page, form: DocumentForm, status: int = 200, **more: Any
) -> HttpResponse:
    now = editing.standing(row)
    return show(request, "content/admin_change.html", context(request, row, now, form, **more), status=status)


def _pressed_twice(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse | None:
    """Ends where the first press ended, with its words; None when somebody else was faster."""
    typed, do = form.given, request.POST.get("do", "")
    try:
        at = moment(typed.get("publish_at", "")) if do == "schedule" else None
    except BadTime:
        return None
    asked = next((each.pk for each in rights.reviewers() if str(each.pk) == typed.get("asked")), None)
    press = Press(
        do=do, by=who(request), stamp=typed.get("stamp", ""), text=form.text(), note=typed.get("note", ""),
        asked=asked, at=at,
    )  # fmt: skip
    if typed.get("settling") and DEEDS.get(do, _save) is _save and settled_before(row, press):
        confirm(request, SAVED)
    elif step := step_of_before(row, press):
        confirm(request, said_of(step))
    else:
        return None
    return redirect("admin:content_page_change", row.pk)


def _stale(request: HttpRequest, pk: int, refusal: StaleVersion) -> HttpResponse:
    """Both texts to choose from; the form below holds the typed one under a new stamp, so that saving keeps it."""
    row = load(pk)
    now = editing.standing(row)
    form = document_form(row, now, request.POST.dict() | {"stamp": now.stamp})
    mine, theirs = refusal.mine or typed_text(form, now), refusal.theirs
    more: dict[str, Any] = {"settling": request.POST.get("settling", ""), "stale": refusal}
    if isinstance(refusal, Overtaken):
        # Nobody else wrote at this draft: what readers get went on, or the file under it.
        overtaken = now.draft is None or now.draft.over_digest != now.served_digest
        theirs = now.served_text if overtaken else now.file_text
        more = {"settling": "on"}
    both = difference(row, theirs, mine)
    return shown(request, row, form, 409, problem=str(refusal), both=both, **more)


# What the buttons do


def _keep(request: HttpRequest, row: Page, form: DocumentForm, *, alone: bool = False) -> str:
    """Saves what was typed, if it differs from what stands there, and tells the stamp to go on with.

    Alone: nothing is done with the draft afterwards that would keep the note.
    """
    typed, by = form.given, who(request)
    stamp, note = typed.get("stamp", ""), typed.get("note", "")
    text, now = form.text(), editing.standing(row)
    if typed.get("settling"):
        settled = actions.settle(page_id=row.pk, by=by, stamp=stamp, text=text, note=note)
        return stamp_after(row.pk, settled)
    if now.draft and stamp == now.stamp and not is_changed(form, now, text):
        if not alone or note in ("", now.draft.note):
            return now.stamp
        if now.draft.author_id != by.pk or row.stage != Page.Stage.DRAFT:
            # Somebody's text stays theirs, and in its review.
            _word_to_the_others(row, by, note)
            return now.stamp
    saved = actions.save_draft(
        page_id=row.pk,
        by=by,
        stamp=stamp,
        text=text,
        wording_only=bool(typed.get("wording_only")),
        note=note,
    )
    return stamp_after(row.pk, saved)


def _word_to_the_others(row: Page, by: StaffMember, words: str) -> None:
    if not row.notes.filter(by=by, text=words.strip()).exists():
        actions.write_note(page_id=row.pk, by=by, text=words)


def stamp_after(pk: int, saved: Revision) -> str:
    """The stamp of a page whose draft is this one. Should somebody have been faster, the next action says so."""
    now = editing.standing(load(pk))
    return now.stamp if now.draft == saved else ""


def _save(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse:
    _keep(request, row, form, alone=True)
    confirm(request, SAVED)
    return redirect("admin:content_page_change", row.pk)


def _check(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse:
    form.text()
    return shown(request, row, form, checked=True)


def _send(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse:
    asked = next((each for each in rights.reviewers() if str(each.pk) == form.given.get("asked")), None)
    stamp = _keep(request, row, form)
    try:
        sent = actions.send_for_review(
            page_id=row.pk, by=who(request), stamp=stamp, asked=asked, note=form.given.get("note", "")
        )
    except StaleVersion:
        raise
    except Refused as refusal:
        return _only_kept(request, row, form, refusal, _("Your draft is saved. It is not sent."))
    confirm(request, said_of(sent))
    return redirect("admin:content_page_change", row.pk)


def _publish(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse:
    stamp = _keep(request, row, form)
    try:
        publish_draft(request, row, stamp, form.given)
    except StaleVersion:
        raise
    except Refused as refusal:
        return _only_kept(request, row, form, refusal, _("Your draft is saved. It is not published."))
    return redirect("admin:content_page_change", row.pk)


def _only_kept(
    request: HttpRequest, row: Page, form: DocumentForm, refusal: Refused, words: str
) -> HttpResponse:
    """What was typed stays saved as the draft also when nothing more may be done with it."""
    fresh = load(row.pk)
    now = editing.standing(fresh)
    form = document_form(fresh, now, {**form.data, "stamp": now.stamp})
    return shown(request, fresh, form, 422, problem=f"{words} {refusal}", refused=refusal)


def _insert(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse:
    """Shows the form again with one thing more in the text; nothing is saved."""
    chosen = insert_form(row, request.POST)
    name = request.POST.get("do", "")
    body = form.given.get("body", "").replace("\r\n", "\n")
    try:
        body = _with(body, name, chosen, _place_in(request.POST.get("insert-at", ""), body))
    except ValueError as fault:
        return shown(request, row, form, 422, problem=str(fault), insert=chosen, inserting=True)
    typed = request.POST.dict() | {"body": body}
    return shown(request, row, document_form(row, editing.standing(row), typed), inserting=True)


def _place_in(at: str, body: str) -> int | None:
    """Where the script says that somebody was writing; without it, a text says so with @@."""
    return int(at) if at.isdecimal() and len(at) < 9 and int(at) <= len(body) else None


def _with(body: str, name: str, chosen: InsertForm, at: int | None) -> str:
    """Raises ValueError, in words, when something is missing."""
    given = chosen.cleaned_data if chosen.is_valid() else {}
    if name == "insert_source":
        if not given.get("source"):
            raise ValueError(_("Choose a source first."))
        return insertions.inserted(body, insertions.citation(given["source"]), at=at)
    if name == "insert_link":
        if not given.get("page") or not given.get("link_words"):
            raise ValueError(_("Choose a page, and write the words of the link."))
        return insertions.inserted(body, insertions.link(given["link_words"], given["page"]), at=at)
    if not given.get("picture") or not given.get("alt"):
        raise ValueError(_("Choose a picture, and write what it shows."))
    snippet = insertions.picture(given["picture"], given["alt"], given.get("caption", ""))
    return insertions.inserted(body, snippet, alone=True, at=at)


def _take_theirs(request: HttpRequest, row: Page, form: DocumentForm) -> HttpResponse:
    """The other text stays; what was typed is put among the revisions first, so that it can be found again."""
    actions.put_aside(
        page_id=row.pk,
        by=who(request),
        stamp=form.given.get("stamp", ""),
        text=form.text(),
        note=_("Put aside in favor of the other text"),
        with_draft=bool(form.given.get("settling")),
    )
    messages.success(request, _("The other text stays. Yours is kept among the revisions."))
    return redirect("admin:content_page_change", row.pk)


DEEDS: dict[str, Do] = {
    "save": _save,
    "check": _check,
    "send": _send,
    "publish": _publish,
    "schedule": _publish,
    "insert_source": _insert,
    "insert_link": _insert,
    "insert_picture": _insert,
    "take_theirs": _take_theirs,
}

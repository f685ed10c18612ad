"""Every write of the content room. Each is one transaction, and does all or, with a refusal, nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import audit
from clinic.staff import StaffMember
from clinic.zone import in_words
from content import mails
from content.aside import discard as discard
from content.aside import put_aside as put_aside
from content.deputies import end_deputy as end_deputy
from content.deputies import name_deputy as name_deputy
from content.editing import Standing, standing, text_of
from content.inspection import FIXED
from content.models import Note, Page, Revision, Step
from content.moments import in_the_future
from content.publishing import (
    allowed_to_take_down,
    approve,
    draft_of,
    leads_somewhere,
    not_overtaken,
    not_scheduled,
    nothing_rests_on,
    ready_for_review,
    why_not_return,
)
from content.refusals import BadText, NotAllowed, NothingToDo, Scheduled
from content.rights import ADD, may_edit, may_review, reviewers
from content.writing import (
    SUBJECT,
    add,
    after_reading_the_house,
    done,
    go_live,
    kept,
    kept_already,
    opened,
    set_draft,
    step,
    unscheduled,
)

DOCUMENT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NO_REASONS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Outcome:
    """What came of bringing a text back: it is live, or it became the draft, and why."""

    revision: Revision
    is_live: bool
    why_not: str = ""


@transaction.atomic
def new_document(
    *, by: StaffMember, kind: str, document_id: str, lang: str, text: str, note: str = ""
) -> Revision:
    """The first draft of a page or source that has no file."""
    if not by.has_perm(ADD):
        raise NotAllowed(_("Your account may read pages, and not add any."))
    right_language = lang in ("en", "es") if kind == Page.Kind.PAGE else lang == ""
    if not DOCUMENT_ID.fullmatch(document_id) or len(document_id) > 60 or not right_language:
        raise BadText(_("A name is made of small letters a to z, digits and hyphens."))
    row, is_new = Page.objects.get_or_create(kind=kind, page_id=document_id, lang=lang)
    if not is_new:
        raise BadText(_("There is “%(page)s” already. Open that, or choose another name.") % {"page": row})
    revision = add(standing(row), kind=Revision.Kind.EDIT, text=kept(text), by=by, parent=None, note=note)
    set_draft(row, revision, Page.Stage.DRAFT)
    done(row, by=by, action="added")
    return revision


@transaction.atomic
def save_draft(
    *, page_id: int, by: StaffMember, stamp: str, text: str, wording_only: bool = False, note: str = ""
) -> Revision:
    """Keeps a text, right or wrong. Sending the same form twice keeps it once."""
    mine, kind = kept(text), Revision.Kind.WORDING if wording_only else Revision.Kind.EDIT
    if (twice := kept_already(page_id, by, mine, kind, note)) is not None:
        return twice
    now = opened(page_id, by=by, stamp=stamp, mine=mine)
    if now.draft is None and mine == now.served_text:
        raise NothingToDo(_("You have changed nothing."))
    revision = add(
        now,
        kind=kind,
        text=mine,
        by=by,
        parent=now.draft or now.live,
        note=note,
        goes_on=True,
    )
    set_draft(now.row, revision, Page.Stage.DRAFT)
    done(now.row, by=by, action="saved")
    return revision


@transaction.atomic
def send_for_review(
    *, page_id: int, by: StaffMember, stamp: str, asked: StaffMember | None = None, note: str = ""
) -> Step:
    now = opened(page_id, by=by, stamp=stamp)
    draft = draft_of(now)
    if asked is not None and (asked.pk in now.authors or not may_review(asked)):
        raise NotAllowed(_("Choose a reviewer who has not written this text."))
    ready_for_review(now, draft)
    set_draft(now.row, draft, Page.Stage.IN_REVIEW)
    done(now.row, by=by, action="sent for review")
    others = [person for person in reviewers() if person.pk not in now.authors]
    sent = step(draft, Step.Kind.SENT, by=by, asked=asked, note=note)
    mails.waits_for_review(now.row, to=[asked] if asked else others, by=by, note=note)
    return sent


@transaction.atomic
def return_to_author(*, page_id: int, by: StaffMember, stamp: str, note: str) -> Step:
    now = opened(page_id, by=by, stamp=stamp)
    draft = draft_of(now)
    if why_not := why_not_return(by, now):
        raise NotAllowed(why_not)
    if not note.strip():
        raise NotAllowed(_("Say what the author should change."))
    set_draft(now.row, draft, Page.Stage.RETURNED)
    done(now.row, by=by, action="given back")
    returned = step(draft, Step.Kind.RETURNED, by=by, note=note)
    mails.given_back(now.row, to=_authors(now, but=by), by=by, note=note)
    return returned


@after_reading_the_house
@transaction.atomic
def publish(
    *,
    page_id: int,
    by: StaffMember,
    stamp: str,
    at: datetime | None = None,
    reasons: Mapping[str, str] = NO_REASONS,
    spanish_by: str = "",
    note: str = "",
) -> Step:
    """Lets readers have the draft, now or from a moment on (without a zone, by the clinic's clock)."""
    now = opened(page_id, by=by, stamp=stamp)
    draft = draft_of(now)
    not_scheduled(now)
    moment = in_the_future(at) if at else None
    not_overtaken(now, draft)
    let_stand = approve(now, draft, by=by, reasons=reasons, spanish_by=spanish_by)
    set_draft(now.row, None)
    go_live(now, draft, moment)
    done(now.row, by=by, action="scheduled" if moment else "published")
    when = in_words(moment) if moment else ""
    mails.published(now.row, to=_authors(now, but=by), by=by, when=when)
    return step(
        draft,
        Step.Kind.PUBLISHED,
        by=by,
        note=note,
        live_from=moment or timezone.now(),
        spanish_by=spanish_by.strip(),
        reasons=let_stand,
    )


def _authors(now: Standing, *, but: StaffMember) -> list[StaffMember]:
    return list(StaffMember.objects.filter(pk__in=now.authors - {but.pk}, is_active=True))


@transaction.atomic
def unschedule(*, page_id: int, by: StaffMember, stamp: str, note: str = "") -> Step:
    """What was to go live becomes the draft again, unless there is a newer one."""
    now = opened(page_id, by=by, stamp=stamp)
    cancelled = unscheduled(now, by=by, note=note)
    if cancelled is None:
        raise NothingToDo(_("Nothing is scheduled here."))
    if now.draft is None:
        set_draft(now.row, cancelled.revision, Page.Stage.DRAFT)
    done(now.row, by=by, action="unscheduled")
    return cancelled


@transaction.atomic
def withdraw(*, page_id: int, by: StaffMember, stamp: str, note: str, redirect_to: str = "") -> Step:
    """Takes a document away from readers: 410, or on to another page. A schedule is cancelled, a draft stays."""
    now = opened(page_id, by=by, stamp=stamp)
    if now.row.page_id in FIXED and now.row.kind == Page.Kind.PAGE:
        raise NotAllowed(_("This page can never be withdrawn."))
    if not now.served_text:
        raise NothingToDo(_("Readers do not get this now."))
    if not note.strip():
        raise NotAllowed(_("Say why it is withdrawn."))
    allowed_to_take_down(by, now)
    nothing_rests_on(now)
    leads_somewhere(now, redirect_to)
    unscheduled(now, by=by, note=note)
    revision = add(
        now,
        kind=Revision.Kind.WITHDRAW,
        text=now.served_text,
        by=by,
        parent=now.live,
        note=note,
        redirect_to=redirect_to,
    )
    go_live(now, revision)
    done(now.row, by=by, action="withdrawn")
    return step(revision, Step.Kind.PUBLISHED, by=by, note=note, live_from=timezone.now())


@after_reading_the_house
@transaction.atomic
def restore(
    *,
    page_id: int,
    by: StaffMember,
    stamp: str,
    number: int,
    reasons: Mapping[str, str] = NO_REASONS,
    spanish_by: str = "",
    note: str = "",
) -> Outcome:
    """Brings any text of a document back, 0 being the file. What this person may not publish becomes the draft."""
    now = opened(page_id, by=by, stamp=stamp)
    try:
        text = text_of(now.row, number)
    except Revision.DoesNotExist:
        raise NothingToDo(_("There is no such text.")) from None
    kind = Revision.Kind.RESTORE if number else Revision.Kind.ADOPT_FILE
    parent = now.row.revisions.filter(number=number).first()
    revision = add(now, kind=kind, text=text, by=by, parent=parent, note=note)
    now = replace(now, draft=revision)
    try:
        not_scheduled(now)
        let_stand = approve(now, revision, by=by, reasons=reasons, spanish_by=spanish_by)
    except (NotAllowed, Scheduled) as refusal:
        set_draft(now.row, revision, Page.Stage.DRAFT)
        done(now.row, by=by, action="restored")
        return Outcome(revision, is_live=False, why_not=str(refusal))
    go_live(now, revision)
    done(now.row, by=by, action="restored")
    step(
        revision,
        Step.Kind.PUBLISHED,
        by=by,
        note=note,
        live_from=timezone.now(),
        spanish_by=spanish_by.strip(),
        reasons=let_stand,
    )
    return Outcome(revision, is_live=True)


def adopt_file(*, page_id: int, by: StaffMember, stamp: str, note: str = "") -> Outcome:
    """Settles a conflict for the file: readers get it from now on."""
    return restore(page_id=page_id, by=by, stamp=stamp, number=0, note=note)


@transaction.atomic
def settle(*, page_id: int, by: StaffMember, stamp: str, text: str, note: str = "") -> Revision:
    """A draft by somebody who has seen both texts; it rests on what is served and deployed today."""
    mine = kept(text)
    now = opened(page_id, by=by, stamp=stamp, mine=mine)
    parent = now.draft or now.live
    revision = add(now, kind=Revision.Kind.RESOLVE, text=mine, by=by, parent=parent, note=note)
    set_draft(now.row, revision, Page.Stage.DRAFT)
    done(now.row, by=by, action="settled")
    return revision


@transaction.atomic
def write_note(*, page_id: int, by: StaffMember, text: str) -> Note:
    """A word to the others about a page; it changes no text, so it needs no stamp."""
    if not may_edit(by):
        raise NotAllowed(_("Your account may read pages, and not change them."))
    words = kept(text).strip()
    if not words:
        raise NothingToDo(_("Write something first."))
    note = Note.objects.create(page=Page.objects.get(pk=page_id), by=by, text=words)
    audit.record(by=by, action="noted", subject=SUBJECT, subject_ids=[page_id])
    return note

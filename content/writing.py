"""What every write has in common: lock, look whether the form is still right, add a row, raise the version."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import audit, snapshot
from clinic.staff import StaffMember
from content.documents import HALF_A_CHARACTER, LARGEST, digest_of, normal_form
from content.documents import Page as PageText
from content.editing import Standing, made_of, standing
from content.house import house
from content.models import Page, Revision, Step
from content.refusals import BadText, NotAllowed, StaleVersion
from content.rights import may_edit

SUBJECT = "page"
LONGEST_NAME = 160
Given = ParamSpec("Given")
Result = TypeVar("Result")


def after_reading_the_house(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """The checks read every page, for seconds the first time: before anything is locked, so that nobody waits."""

    @wraps(action)
    def prepared(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        house().anchors()
        return action(*args, **kwargs)

    return prepared


def opened(page_id: int, *, by: StaffMember, stamp: str, mine: str = "") -> Standing:
    """The document, locked, as it was when the form was shown. Raises NotAllowed or StaleVersion."""
    if not may_edit(by):
        raise NotAllowed(_("Your account may read pages, and not change them."))
    row = Page.objects.select_for_update().get(pk=page_id)
    now = standing(row)
    if stamp != now.stamp:
        raise stale(now, mine)
    come_due(row)
    return now


def stale(now: Standing, mine: str, kind: type[StaleVersion] = StaleVersion, words: str = "") -> StaleVersion:
    last = Step.objects.filter(revision__page=now.row).select_related("by").order_by("-pk").first()
    newest = now.row.revisions.select_related("author").order_by("-number").first()
    who, when = (newest.author, newest.created) if newest else (None, None)
    if last is not None and (when is None or last.at > when):
        who, when = last.by, last.at
    return kind(
        words or _("Somebody else has changed this since you opened it. Nothing of yours is lost."),
        mine=mine,
        theirs=now.text,
        by_whom=who.short_name if who else "",
        when=when,
    )


def come_due(row: Page) -> None:
    """Notes down what time has brought about already: a scheduled text is live."""
    if row.scheduled is not None and row.scheduled_for is not None and row.scheduled_for <= timezone.now():
        row.live, row.merged = row.scheduled, False
        row.scheduled, row.scheduled_for = None, None


def kept(text: str) -> str:
    """The normal form of a text that can be stored. Raises BadText."""
    if "\0" in text or HALF_A_CHARACTER.search(text):
        fault = HALF_A_CHARACTER.search(text)
        place = fault.start() if fault else text.index("\0")
        line = normal_form(text[:place]).rstrip("\n").count("\n") + 1
        raise BadText(_("Line %(line)s holds a character that no page can hold. Remove it.") % {"line": line})
    if len(text.encode()) > LARGEST:
        words = _("The text is longer than %(size)s KB. Divide it into two pages.")
        raise BadText(words % {"size": LARGEST // 1024})
    return normal_form(text)


def kept_already(page_id: int, by: StaffMember, mine: str, kind: str, note: str) -> Revision | None:
    """The draft, if it is this very text by this very person, with this note: a second click."""
    drafts = Revision.objects.filter(
        pk__in=Page.objects.filter(pk=page_id, stage=Page.Stage.DRAFT).values("draft"),
        author=by,
        digest=digest_of(mine),
    )
    draft = drafts.first()
    return draft if draft and is_kept(draft, kind == Revision.Kind.WORDING, note) else None


def is_kept(draft: Revision, wording_only: bool, note: str) -> bool:
    """Whether the draft, of the same text, says the same about itself; no note takes nothing back."""
    return (draft.kind == Revision.Kind.WORDING) == wording_only and note in ("", draft.note)


def add(
    now: Standing,
    *,
    kind: str,
    text: str,
    by: StaffMember,
    parent: Revision | None,
    note: str = "",
    redirect_to: str = "",
    goes_on: bool = False,
) -> Revision:
    """One more text of a document. One that `goes_on` from the draft rests on what the draft rests on."""
    kept(note)
    rests_on = now.draft if goes_on else None
    return Revision.objects.create(
        page=now.row,
        number=(now.row.revisions.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        text=text,
        digest=digest_of(text),
        base_text=rests_on.base_text if rests_on else now.file_text,
        base_digest=rests_on.base_digest if rests_on else now.file_digest,
        over_digest=rests_on.over_digest if rests_on else now.served_digest,
        parent=parent,
        author=by,
        note=note,
        redirect_to=redirect_to,
    )


def step(
    revision: Revision,
    kind: str,
    *,
    by: StaffMember | None,
    note: str = "",
    live_from: datetime | None = None,
    asked: StaffMember | None = None,
    spanish_by: str = "",
    reasons: Sequence[dict[str, Any]] = (),
) -> Step:
    for words in (note, spanish_by, *(each["reason"] for each in reasons)):
        kept(words)
    if len(spanish_by) > LONGEST_NAME:
        raise BadText(_("Write only the name of who has read the Spanish."))
    return Step.objects.create(
        revision=revision,
        kind=kind,
        by=by,
        note=note,
        live_from=live_from,
        asked=asked,
        spanish_by=spanish_by,
        reasons=list(reasons),
    )


def go_live(now: Standing, revision: Revision, moment: datetime | None = None) -> None:
    row = now.row
    if moment is None:
        row.live, row.merged = revision, False
    else:
        row.scheduled, row.scheduled_for = revision, moment
    known = [made_of(row, text) for text in (now.served_text, now.file_text)]
    paths = [made.path for made in known if isinstance(made, PageText)]
    row.former_paths = list(dict.fromkeys([*row.former_paths, *paths]))


def unscheduled(now: Standing, *, by: StaffMember, note: str) -> Step | None:
    if now.scheduled is None:
        return None
    now.row.scheduled, now.row.scheduled_for = None, None
    return step(now.scheduled, Step.Kind.UNSCHEDULED, by=by, note=note)


def set_draft(row: Page, draft: Revision | None, stage: str = Page.Stage.NONE) -> None:
    row.draft, row.stage = draft, stage


def done(row: Page, *, by: StaffMember | None, action: str) -> None:
    """Ends every write: the version rises, the audit log says who, and this process shows it at once."""
    row.version += 1
    row.save()
    audit.record(by=by, action=action, subject=SUBJECT, subject_ids=[row.pk])
    transaction.on_commit(snapshot.refresh, robust=True)

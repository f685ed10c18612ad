"""A button pressed twice: the second press finds done what it asks for, by the same person, over the same text.

The first press raised the version, so the second one's stamp is old. It is no conflict when nothing but that press has
happened since: the last thing done is the one asked for, and the version has risen by what one press writes.
"""

from dataclasses import dataclass
from datetime import datetime

from clinic.staff import StaffMember
from content.documents import digest_of
from content.editing import SHORT, Standing, standing
from content.models import Page, Revision, Step
from content.moments import in_the_future
from content.refusals import BadTime

KINDS = {
    "send": Step.Kind.SENT,
    "publish": Step.Kind.PUBLISHED,
    "schedule": Step.Kind.PUBLISHED,
    "withdraw": Step.Kind.PUBLISHED,
    "return": Step.Kind.RETURNED,
    "discard": Step.Kind.DISCARDED,
    "unschedule": Step.Kind.UNSCHEDULED,
}


@dataclass(frozen=True)
class Press:
    """What a button asks for. `text` is None where the form carries none; else it may have been saved on the way."""

    do: str
    by: StaffMember
    stamp: str
    text: str | None = None
    note: str = ""
    asked: int | None = None
    at: datetime | None = None
    redirect_to: str = ""


def step_of_before(row: Page, press: Press) -> Step | None:
    """The step that the same press took already; None when this is no second press."""
    fresh = Page.objects.select_related("draft", "live", "scheduled").get(pk=row.pk)
    steps = Step.objects.filter(revision__page=fresh).select_related("revision", "by", "asked")
    last, now = steps.order_by("-pk").first(), standing(fresh)
    if last is None or not _follows(press, now) or not _is_asked_for(press, last):
        return None
    return last if _still_stands(press, last, now) else None


def settled_before(row: Page, press: Press) -> bool:
    """Whether this person has just settled the conflict with this very text."""
    now = standing(Page.objects.select_related("draft", "live", "scheduled").get(pk=row.pk))
    draft = now.draft
    return (
        draft is not None
        and _follows(press, now)
        and (draft.kind, draft.author_id) == (Revision.Kind.RESOLVE, press.by.pk)
        and draft.digest == digest_of(press.text or "")
    )


def _follows(press: Press, now: Standing) -> bool:
    """Whether exactly one press lies between the form's stamp and now: one write, or two where it saved first."""
    version, _, rest = press.stamp.partition(".")
    if not version.isdecimal() or len(version) > 18 or rest.partition(".")[0] != now.file_digest[:SHORT]:
        return False
    return 1 <= now.row.version - int(version) <= (1 if press.text is None else 2)


def _is_asked_for(press: Press, last: Step) -> bool:
    if last.by_id != press.by.pk or last.kind != KINDS.get(press.do) or last.note != press.note:
        return False
    if press.text is not None and last.revision.digest != digest_of(press.text):
        return False
    is_withdrawal = last.revision.kind == Revision.Kind.WITHDRAW
    if is_withdrawal != (press.do == "withdraw") or last.revision.redirect_to != press.redirect_to:
        return False
    return press.do != "send" or last.asked_id == press.asked


def _still_stands(press: Press, last: Step, now: Standing) -> bool:
    row, text = now.row, last.revision_id
    if press.do in ("publish", "withdraw"):
        return row.live_id == text
    if press.do == "schedule":
        return row.scheduled_id == text and row.scheduled_for == _meant(press.at)
    if press.do in ("send", "return"):
        stage = Page.Stage.IN_REVIEW if press.do == "send" else Page.Stage.RETURNED
        return (row.draft_id, row.stage) == (text, stage)
    return row.draft_id != text if press.do == "discard" else row.scheduled_id != text


def _meant(at: datetime | None) -> datetime | None:
    try:
        return in_the_future(at) if at else None
    except BadTime:
        return None

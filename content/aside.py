"""What nobody goes on with: a draft that is put away, a text that gives way to another one. Both stay among the texts."""

from django.db import transaction

from clinic.staff import StaffMember
from content.models import Revision, Step
from content.publishing import draft_of
from content.writing import add, done, kept, opened, set_draft, step


@transaction.atomic
def discard(*, page_id: int, by: StaffMember, stamp: str, note: str = "") -> Step:
    """Puts the draft away; it stays among the texts of the page."""
    now = opened(page_id, by=by, stamp=stamp)
    draft = draft_of(now)
    set_draft(now.row, None)
    done(now.row, by=by, action="put away")
    return step(draft, Step.Kind.DISCARDED, by=by, note=note)


@transaction.atomic
def put_aside(
    *, page_id: int, by: StaffMember, stamp: str, text: str, note: str, with_draft: bool = False
) -> None:
    """Keeps a text among the others. The draft stays as it is, with its author and its review, or goes too."""
    mine = kept(text)
    now = opened(page_id, by=by, stamp=stamp, mine=mine)
    if mine != now.text:
        goes_on = now.draft or now.live
        aside = add(now, kind=Revision.Kind.EDIT, text=mine, by=by, parent=goes_on, note=note, goes_on=True)
        step(aside, Step.Kind.DISCARDED, by=by, note=note)
    if with_draft and now.draft:
        step(now.draft, Step.Kind.DISCARDED, by=by, note=note)
        set_draft(now.row, None)
    done(now.row, by=by, action="put aside")

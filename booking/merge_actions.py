"""Two requests of one person become one: one goes on, the other is closed and points to it. Nothing is deleted."""

from typing import TYPE_CHECKING

from django.db import transaction

from booking import visits
from booking.actions import IllegalMove, move
from booking.changes import StaleVersion, locked, write_change
from booking.choices import ClosingReason, HistoryKind, Mark
from booking.due_times import visit_of
from booking.models import ConsultationRequest
from booking.statuses import Status

if TYPE_CHECKING:
    from clinic.staff import StaffMember

# What the one that goes on takes over where it knows nothing itself; columns of one line belong together.
FILLED_TOGETHER = (
    ("phone", "phone_extension", "phone_is"),
    ("email",),
    ("birth_date_text", "birth_hash"),
    ("helper_name", "relationship", "may_talk_with", "for_whom"),
    ("contact_by",),
    ("best_time",),
    ("voicemail_ok",),
    ("location",),
    ("days",),
    ("day_parts",),
    ("insurance",),
    ("referrer",),
    ("language",),
    ("needs_text",),
    ("shared_answers",),
)
URGENCY = (Mark.NONE, Mark.SOON, Mark.CALL_TODAY)


class CannotMerge(Exception):
    """`reason` is same, merged, closed or time."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def merge(
    *,
    keep_id: int,
    keep_version: int,
    closes_id: int,
    closes_version: int,
    by: "StaffMember",
    note: str = "",
) -> ConsultationRequest:
    """Closes one request as asked twice and lets the other one go on with what both know.

    Raises CannotMerge, StaleVersion, or ConsultationRequest.DoesNotExist; then nothing has changed.
    """
    if keep_id == closes_id:
        raise CannotMerge("same")
    # Always in the same order, so that two who merge the same pair never wait for each other.
    pair = {each: locked(each) for each in sorted((keep_id, closes_id))}
    keep, other = pair[keep_id], pair[closes_id]
    _refuse_unless_they_fit(keep, other)
    if (keep.version, other.version) != (keep_version, closes_version):
        raise StaleVersion
    taken_over = _take_over(keep, other)
    other.merged_into = keep
    try:
        _close_as_double(other, keep, by=by, note=note)
    except IllegalMove as error:
        raise CannotMerge("closed") from error
    write_change(keep, taken_over, kind=HistoryKind.MERGED, by=by, detail=other.reference, note=note)
    return keep


def _refuse_unless_they_fit(keep: ConsultationRequest, other: ConsultationRequest) -> None:
    if keep.merged_into_id or other.merged_into_id:
        raise CannotMerge("merged")
    if not keep.is_open or not other.is_open:
        raise CannotMerge("closed")
    if visits.is_ahead(other) or (other.status == Status.TIME_SET and visit_of(other) is not None):
        raise CannotMerge("time")


def _close_as_double(
    other: ConsultationRequest, keep: ConsultationRequest, *, by: "StaffMember", note: str
) -> None:
    other.save(update_fields=["merged_into"])
    move(
        other,
        to=Status.CLOSED,
        by=by,
        note=note,
        closing_reason=ClosingReason.DUPLICATE,
        kind=HistoryKind.MERGED,
        detail=keep.reference,
    )


def _take_over(keep: ConsultationRequest, other: ConsultationRequest) -> set[str]:
    """What the other one knows and this one does not; the higher urgency and the earlier promise."""
    columns = set()
    for together in FILLED_TOGETHER:
        if not getattr(keep, together[0]) and getattr(other, together[0]):
            for column in together:
                setattr(keep, column, getattr(other, column))
            columns |= {*together}
    if URGENCY.index(Mark(other.mark)) > URGENCY.index(Mark(keep.mark)):
        keep.mark = other.mark
        columns.add("mark")
    if other.promised_by and (keep.promised_by is None or other.promised_by < keep.promised_by):
        keep.promised_by = other.promised_by
        columns.add("promised_by")
    return columns

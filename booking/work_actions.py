"""The desk's daily work on a request: who has it, tries to reach them, what it waits for, notes."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from booking import messages
from booking.actions import IllegalMove, count_attempt, move, they_answered
from booking.changes import StaleVersion, locked, write_change
from booking.choices import AttemptResult, HistoryKind, WaitsFor
from booking.messages import Mail, NoMail
from booking.models import ConsultationRequest
from booking.statuses import Status

if TYPE_CHECKING:
    from clinic.staff import StaffMember

# Where a try to reach them makes sense; the first two move on to "contact tried".
TRIED_FROM = (Status.NEW, Status.MISSED)
MAY_TRY = (*TRIED_FROM, Status.TRIED, Status.WAITING)
MAY_REPLY = (Status.TRIED, Status.WAITING, Status.MISSED)


class Taken(Exception):
    """Somebody else has it already."""

    def __init__(self, owner: "StaffMember") -> None:
        super().__init__("taken")
        self.owner = owner


@transaction.atomic
def claim(*, request_id: int, by: "StaffMember", version: int, note: str = "") -> ConsultationRequest:
    """Takes a request that nobody has. Of two who claim at once, one wins; the other gets Taken.

    Claiming twice is no fault. Raises Taken, StaleVersion, IllegalMove.
    """
    request = locked(request_id)
    if request.owner is not None and request.owner != by:
        raise Taken(request.owner)
    if request.owner == by and not note:
        return request
    if request.version != version:
        raise StaleVersion
    if request.owner == by:
        return _only_noted(request, by=by, note=note)
    return _give(request, to=by, by=by, kind=HistoryKind.CLAIMED, note=note)


@transaction.atomic
def take_over(*, request_id: int, by: "StaffMember", version: int, note: str = "") -> ConsultationRequest:
    """Takes a request from whoever has it; the history says from whom. Raises StaleVersion, IllegalMove."""
    request = locked(request_id, version=version)
    if request.owner == by:
        return _only_noted(request, by=by, note=note)
    before = request.owner.short_name if request.owner else ""
    kind = HistoryKind.TAKEN_OVER if before else HistoryKind.CLAIMED
    return _give(request, to=by, by=by, kind=kind, detail=before, note=note)


@transaction.atomic
def release(*, request_id: int, by: "StaffMember", version: int, note: str = "") -> ConsultationRequest:
    """Gives a request back to everybody. Raises StaleVersion, IllegalMove."""
    request = locked(request_id, version=version)
    if request.owner is None:
        return _only_noted(request, by=by, note=note)
    detail = "" if request.owner == by else request.owner.short_name
    return _give(request, to=None, by=by, kind=HistoryKind.RELEASED, detail=detail, note=note)


def _only_noted(request: ConsultationRequest, *, by: "StaffMember", note: str) -> ConsultationRequest:
    """It is theirs, or free, already; the note that came along is kept all the same."""
    if note:
        write_change(request, (), kind=HistoryKind.NOTE, by=by, note=note)
    return request


def _give(
    request: ConsultationRequest,
    *,
    to: "StaffMember | None",
    by: "StaffMember",
    kind: HistoryKind,
    note: str,
    detail: str = "",
) -> ConsultationRequest:
    if not request.is_open:
        raise IllegalMove
    request.owner = to
    write_change(request, {"owner"}, kind=kind, by=by, detail=detail[:120], note=note)
    return request


@transaction.atomic
def attempt(
    *, request_id: int, by: "StaffMember", version: int, result: AttemptResult, note: str = ""
) -> tuple[ConsultationRequest, Mail | NoMail]:
    """Counts a try to reach them, and says which mail went out. Raises StaleVersion, IllegalMove."""
    request = locked(request_id, version=version)
    before = request.status
    if before not in MAY_TRY:
        raise IllegalMove
    if before in TRIED_FROM:
        request.status = Status.TRIED
    columns = {"status"} | count_attempt(request, result)
    if before == Status.WAITING:
        # What we wait for has not come; we wait on from here.
        request.clock_from = timezone.now()
    write_change(request, columns, kind=HistoryKind.ATTEMPT, by=by, before=before, detail=result, note=note)
    mail = messages.for_attempt(before, request.status, talked=result == AttemptResult.SPOKE)
    messages.queue_for(request, mail)
    return request, mail


@transaction.atomic
def replied(*, request_id: int, by: "StaffMember", version: int, note: str = "") -> ConsultationRequest:
    """They got in touch, or what we waited for has come: the clock runs again. Raises StaleVersion, IllegalMove."""
    request = locked(request_id, version=version)
    before = request.status
    if before not in MAY_REPLY:
        raise IllegalMove
    columns = they_answered(request)
    write_change(request, columns, kind=HistoryKind.REPLIED, by=by, before=before, note=note)
    return request


@transaction.atomic
def wait(
    *, request_id: int, by: "StaffMember", version: int, waits_for: WaitsFor, note: str = ""
) -> ConsultationRequest:
    """Stops the clock until what we wait for comes, or too long has passed; also for who waits already.

    Raises StaleVersion, IllegalMove.
    """
    request = locked(request_id, version=version)
    if request.status != Status.WAITING:
        before = request.status
        move(request, to=Status.WAITING, by=by, note=note, waits_for=waits_for)
        messages.queue_for(request, messages.for_move(before, Status.WAITING))
        return request
    request.waits_for, request.clock_from = waits_for, timezone.now()
    columns = {"waits_for", "clock_from"}
    write_change(request, columns, kind=HistoryKind.MOVED, by=by, detail=waits_for, note=note)
    return request


@transaction.atomic
def plan_next_try(*, request_id: int, by: "StaffMember", version: int, at: datetime) -> ConsultationRequest:
    """Tries again at another time than the one suggested. Raises StaleVersion, IllegalMove."""
    request = locked(request_id, version=version)
    if request.status != Status.TRIED:
        raise IllegalMove
    request.clock_from = at
    detail = at.isoformat(timespec="minutes")
    write_change(request, {"clock_from"}, kind=HistoryKind.NEXT_TRY, by=by, detail=detail)
    return request


@transaction.atomic
def write_note(*, request_id: int, by: "StaffMember", version: int, note: str) -> ConsultationRequest:
    """Adds a note for the staff, also to a closed request. Raises StaleVersion."""
    request = locked(request_id, version=version)
    write_change(request, (), kind=HistoryKind.NOTE, by=by, note=note)
    return request

"""The time of a visit as it was booked in the EHR: recorded, moved, cancelled. The EHR stays the schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import visit_mails, visits
from booking.actions import IllegalMove, contact_made, move
from booking.changes import locked, write_change
from booking.choices import HistoryKind, WaitsFor
from booking.due_times import visit_of
from booking.models import BookedTime, Clinician, ConsultationRequest
from booking.statuses import NEXT_STATUSES, Status
from clinic.practice import Location

if TYPE_CHECKING:
    from clinic.staff import StaffMember

LONGEST_MINUTES = 480


@dataclass(frozen=True)
class Slot:
    """A time in the EHR. `meant_double` says that another visit at this time is meant, too."""

    clinician: Clinician
    location: Location
    starts: datetime
    minutes: int
    meant_double: bool = False

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


class SlotTaken(Exception):
    """This clinician sees somebody else then."""

    def __init__(self, others: Sequence[BookedTime]) -> None:
        super().__init__("taken")
        self.others = others


@transaction.atomic
def record_time(
    *, request_id: int, by: "StaffMember", version: int, slot: Slot, note: str = ""
) -> ConsultationRequest:
    """Writes down the time, or a new one in place of the old; mails it where Practice says so.

    Raises StaleVersion, IllegalMove, or SlotTaken; then nothing has changed.
    """
    request = locked(request_id, version=version)
    before, moves = request.status, visit_of(request) is not None
    if before != Status.TIME_SET and Status.TIME_SET not in NEXT_STATUSES[Status(before)]:
        raise IllegalMove
    booked = _save_slot(request, slot, by=by)
    request.status, request.waits_for, request.closing_reason = Status.TIME_SET, "", ""
    request.clock_from = timezone.now()
    columns = {"status", "waits_for", "closing_reason", "clock_from"} | contact_made(request)
    kind = HistoryKind.TIME_MOVED if moves and before == Status.TIME_SET else HistoryKind.TIME_RECORDED
    detail = visits.detail_of(booked)
    write_change(request, columns, kind=kind, by=by, before=before, detail=detail, note=note)
    visit_mails.queue_time(request, visits.as_visit(request, booked))
    return request


def _save_slot(request: ConsultationRequest, slot: Slot, *, by: "StaffMember") -> BookedTime:
    # Whoever books for the same clinician waits here, so that also times that overlap are seen.
    Clinician.objects.select_for_update().get(pk=slot.clinician.pk)
    others = at_the_same_time(slot, besides=request)
    if others and not slot.meant_double:
        raise SlotTaken(others)
    last = BookedTime.objects.filter(request=request).first()
    booked = last or BookedTime(request=request)
    booked.clinician, booked.location = slot.clinician, slot.location
    booked.starts, booked.minutes, booked.meant_double = slot.starts, slot.minutes, bool(others)
    booked.active, booked.sequence = True, last.sequence + 1 if last else 0
    booked.by, booked.at = by, timezone.now()
    try:
        with transaction.atomic():
            booked.save()
    except IntegrityError as error:
        raise SlotTaken(at_the_same_time(slot, besides=request)) from error
    request.booked_time = booked
    return booked


def at_the_same_time(slot: Slot, *, besides: ConsultationRequest) -> list[BookedTime]:
    """Other visits of the clinician that begin before this one ends, and end after it begins."""
    near = BookedTime.objects.filter(
        clinician=slot.clinician,
        active=True,
        starts__lt=slot.ends,
        starts__gt=slot.starts - timedelta(minutes=LONGEST_MINUTES),
    ).exclude(request=besides)
    found = near.select_related("request", "location", "clinician").order_by("starts")
    return [each for each in found if each.starts + timedelta(minutes=each.minutes) > slot.starts]


@transaction.atomic
def cancel_time(*, request_id: int, by: "StaffMember", version: int, note: str = "") -> ConsultationRequest:
    """Takes the time away; the request waits for the patient until somebody sees to it. Raises StaleVersion, IllegalMove."""
    request = locked(request_id, version=version)
    if request.status != Status.TIME_SET:
        raise IllegalMove
    move(request, to=Status.WAITING, by=by, note=note, waits_for=WaitsFor.PATIENT)
    return request

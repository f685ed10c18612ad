"""The only two ways out: a request erased by staff for a reason, and old ones purged. Both leave a line in the audit."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from booking.changes import SUBJECT
from booking.choices import ErasureReason
from booking.models import ConsultationRequest, StatusChange
from clinic import audit
from clinic.append_only import ERASE, allowing
from clinic.outbox import Message

if TYPE_CHECKING:
    from clinic.staff import StaffMember


def erase(*, request_id: int, by: "StaffMember", reason: ErasureReason) -> None:
    """Takes one request away with its history and its mail. Raises ConsultationRequest.DoesNotExist."""
    with allowing(ERASE):
        request = ConsultationRequest.objects.select_for_update().get(pk=request_id)
        _take_away([request])
        audit.record(by=by, action=f"erased, {reason.value}", subject=SUBJECT, subject_ids=[request_id])


def purge(*, closed_before: datetime, at_most: int) -> int:
    """Takes away some of the requests that may go, each checked again under lock; returns how many."""
    with allowing(ERASE):
        requests = list(
            ConsultationRequest.objects.select_for_update()
            .to_purge(closed_before=closed_before)
            .order_by("pk")[:at_most]
        )
        if requests:
            ids = [request.pk for request in requests]
            _take_away(requests)
            audit.record(by=None, action="purged", subject=SUBJECT, subject_ids=ids)
        return len(requests)


def _take_away(requests: Collection[ConsultationRequest]) -> None:
    Message.objects.filter(about__in=[request.mail_about for request in requests]).delete()
    # The plain manager: the one that everybody uses refuses to delete.
    StatusChange._base_manager.filter(request__in=requests).delete()
    ConsultationRequest.objects.filter(pk__in=[request.pk for request in requests]).delete()

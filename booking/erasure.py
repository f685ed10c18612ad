"""The only two ways out: a request erased by staff for a reason, and old ones purged. Both leave a line in the audit."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from booking import ways_out
from booking.changes import SUBJECT
from booking.choices import ErasureReason
from booking.models import ConsultationRequest
from clinic import audit
from clinic.append_only import ERASE, allowing
from clinic.outbox import Message

if TYPE_CHECKING:
    from clinic.staff import StaffMember


@transaction.atomic
def erase(*, request_id: int, by: "StaffMember", reason: ErasureReason) -> None:
    """Takes one request away with its history, its mail, its time, and what was merged into it.

    Raises ConsultationRequest.DoesNotExist.
    """
    with allowing(ERASE):
        request = ConsultationRequest.objects.select_for_update().get(pk=request_id)
        gone = _take_away([request])
        audit.record(by=by, action=f"erased, {reason.value}", subject=SUBJECT, subject_ids=gone)


def purge(*, closed_before: datetime, at_most: int) -> int:
    """Takes away some of the requests that may go, each checked again under lock; returns how many.

    What was merged into one of them goes along: it is the same person, and in the chart too.
    """
    with allowing(ERASE):
        requests = list(
            ConsultationRequest.objects.select_for_update()
            .to_purge(closed_before=closed_before)
            .order_by("pk")[:at_most]
        )
        if requests:
            gone = _take_away(requests)
            audit.record(by=None, action="purged", subject=SUBJECT, subject_ids=gone)
        return len(requests)


def with_merged(requests: Collection[ConsultationRequest]) -> list[ConsultationRequest]:
    """These requests and all that were merged into them, through every step."""
    found = {request.pk: request for request in requests}
    edge = list(found)
    while edge:
        merged = ConsultationRequest.objects.filter(merged_into__in=edge).order_by("pk")
        fresh = {request.pk: request for request in merged if request.pk not in found}
        found |= fresh
        edge = list(fresh)
    return list(found.values())


def _take_away(requests: Collection[ConsultationRequest]) -> list[int]:
    """Search words go with their request by themselves. Returns the numbers of all that are gone."""
    everything = with_merged(requests)
    gone = [request.pk for request in everything]
    Message.objects.filter(about__in=[request.mail_about for request in everything]).delete()
    BookedTime.objects.filter(request__in=gone).delete()
    # The plain manager: the one that everybody uses refuses to delete.
    StatusChange._base_manager.filter(request__in=gone).delete()
    ConsultationRequest.objects.filter(pk__in=gone).update(merged_into=None)
    ConsultationRequest.objects.filter(pk__in=gone).delete()
    return gone

"""The only two ways out: a request erased by staff for a reason, and old ones purged. Both leave a line in the audit."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from booking import ways_out
from booking.changes import DOUBLE_CLICK, SUBJECT
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
    if connection.vendor == "postgresql":
        # The site itself may not delete there.
        if not ways_out.erase(request_id=request_id, staff_id=by.pk, reason=reason.value):
            raise ConsultationRequest.DoesNotExist
        return
    with allowing(ERASE):
        request = ConsultationRequest.objects.select_for_update().get(pk=request_id)
        gone = _take_away([request])
        audit.record(by=by, action=f"erased, {reason.value}", subject=SUBJECT, subject_ids=gone)


def was_just_erased(*, request_id: int, by: "StaffMember", reason: str) -> bool:
    """Whether this person erased it for this reason a moment ago; nothing else still knows of it."""
    lately = audit.AuditEntry.objects.filter(
        at__gt=timezone.now() - DOUBLE_CLICK, by=by, action=f"erased, {reason}", subject=SUBJECT
    )
    return any(request_id in ids for ids in lately.values_list("subject_ids", flat=True))


@transaction.atomic
def purge(*, closed_before: datetime, at_most: int) -> int:
    """Takes away some of the requests that may go, each looked at again under lock; returns how many.

    What was merged into one of them goes along: it is the same person, and in the chart too.
    """
    oldest = ConsultationRequest.objects.to_purge(closed_before=closed_before).order_by("pk")
    if connection.vendor == "postgresql":
        ids = list(oldest.values_list("pk", flat=True)[:at_most])
        return ways_out.purge(ids, closed_before=closed_before) if ids else 0
    with allowing(ERASE):
        requests = list(oldest.select_for_update()[:at_most])
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
    """As `ways_out` does it on PostgreSQL. Returns the numbers of all that are gone."""
    everything = with_merged(requests)
    gone = [request.pk for request in everything]
    Message.objects.filter(about__in=[request.mail_about for request in everything]).delete()
    ConsultationRequest.objects.filter(pk__in=gone).update(merged_into=None)
    for child in ConsultationRequest._meta.related_objects:
        if child.related_model is not ConsultationRequest:
            # The plain manager: the one that everybody uses may refuse to delete.
            rows = child.related_model._base_manager
            rows.filter(**{f"{child.field.name}__in": gone}).delete()
    ConsultationRequest.objects.filter(pk__in=gone).delete()
    return gone

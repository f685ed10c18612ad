"""Everything that writes a request: sending it, and moving it along."""

import json
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.models import ConsultationRequest, StatusChange, birth_hash
from booking.statuses import NEXT_STATUSES, Status
from booking.wish import Wish
from clinic import audit
from clinic.practice import Location

if TYPE_CHECKING:
    from clinic.staff import StaffMember

SUBJECT = "request"
TRIES = 8


class IllegalMove(Exception):
    """The table of statuses does not allow this move."""


class StaleVersion(Exception):
    """Somebody else changed the request since this page was opened."""


def send_request(*, send_token: str, wish: Wish) -> ConsultationRequest:
    """Stores a request once: the same token, even at the same moment, always leads to the same request."""
    for attempt in range(1, TRIES + 1):
        sent = ConsultationRequest.objects.sent_with(send_token)
        if sent is not None:
            return sent
        try:
            with transaction.atomic():
                return _store(send_token=send_token, wish=wish)
        except IntegrityError:
            # The token was stored by a twin of this very click, or the reference is taken: look again.
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _store(*, send_token: str, wish: Wish) -> ConsultationRequest:
    return ConsultationRequest.objects.create(
        send_token=send_token,
        mark=wish.mark,
        patient_kind=wish.patient_kind,
        for_whom=wish.for_whom,
        name=wish.name,
        helper_name=wish.helper_name,
        relationship=wish.relationship,
        phone_is=wish.phone_is,
        may_talk_with=wish.may_talk_with,
        birth_date_text=wish.birth_date.isoformat() if wish.birth_date else "",
        birth_hash=birth_hash(wish.birth_date) if wish.birth_date else "",
        phone=wish.phone,
        phone_extension=wish.phone_extension,
        email=wish.email,
        contact_by=wish.contact_by,
        best_time=wish.best_time,
        voicemail_ok=wish.voicemail_ok,
        location=Location.objects.filter(slug=wish.location).first() if wish.location else None,
        days=list(wish.days),
        day_parts=list(wish.day_parts),
        insurance=wish.insurance,
        referrer=wish.referrer,
        language=wish.language,
        asked_in=wish.asked_in,
        needs_text=",".join(wish.needs),
        shared_answers=json.dumps(wish.shared, ensure_ascii=False) if wish.shared else "",
        agreement=wish.agreement,
    )


@transaction.atomic
def change_status(
    *, request_id: int, to: str, by: "StaffMember", version: int, note: str = ""
) -> ConsultationRequest:
    """Moves a request, if nobody was faster and the table allows it.

    Raises StaleVersion, IllegalMove, or ConsultationRequest.DoesNotExist; then nothing has changed.
    """
    request = ConsultationRequest.objects.select_for_update().get(pk=request_id)
    if request.version != version:
        raise StaleVersion
    if to not in NEXT_STATUSES[Status(request.status)]:
        raise IllegalMove
    before, now = request.status, timezone.now()
    request.status, request.changed, request.version = to, now, version + 1
    request.save(update_fields=["status", "changed", "version"])
    StatusChange.objects.create(
        request=request, version=request.version, from_status=before, to_status=to, by=by, at=now, note=note
    )
    audit.record(by=by, action="changed", subject=SUBJECT, subject_ids=[request.pk])
    return request

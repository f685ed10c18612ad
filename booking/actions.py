"""Everything that writes a request: sending it, and moving it along."""

import json
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import messages, promise, status_links
from booking.changes import SUBJECT, locked, write_change
from booking.choices import ClosingReason, HistoryKind
from booking.contact_wishes import ContactWishes, change_in_words
from booking.models import ConsultationRequest, birth_hash
from booking.search_actions import keep_in_step
from booking.statuses import NEXT_STATUSES, Status
from booking.wish import Wish
from clinic import audit
from clinic.practice import Location

if TYPE_CHECKING:
    from clinic.staff import StaffMember

# What the staff's mail says; nothing about whom or what.
NEW_REQUEST = "1 new request"
CHANGED_REQUEST = "1 request was changed by the person who asked"
CANCELLED_REQUEST = "1 request was cancelled by the person who asked"
TRIES = 8


class IllegalMove(Exception):
    """The table of statuses does not allow this move."""


def send_request(*, send_token: str, wish: Wish) -> ConsultationRequest:
    """Stores a request once: the same token, even at the same moment, always leads to the same request."""
    for attempt in range(1, TRIES + 1):
        sent = ConsultationRequest.objects.sent_with(send_token)
        if sent is not None:
            return sent
        try:
            with transaction.atomic():
                stored = _store(send_token=send_token, wish=wish)
                keep_in_step(stored)
                messages.queue_for(stored, messages.RECEIVED)
                messages.queue_for_staff(stored, NEW_REQUEST)
                return stored
        except IntegrityError:
            # The token was stored by a twin of this very click, or the reference is taken: look again.
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _store(*, send_token: str, wish: Wish) -> ConsultationRequest:
    now, seed = timezone.now(), status_links.new_seed()
    return ConsultationRequest.objects.create(
        send_token=send_token,
        created=now,
        changed=now,
        promised_by=promise.due(office=wish.location, after=now),
        link_seed=seed,
        link_hash=status_links.hash_of(status_links.token_of(seed)),
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
    *,
    request_id: int,
    to: str,
    by: "StaffMember",
    version: int,
    note: str = "",
    closing_reason: str = "",
) -> ConsultationRequest:
    """Moves a request, if nobody was faster and the table allows it.

    Raises StaleVersion, IllegalMove, or ConsultationRequest.DoesNotExist; then nothing has changed.
    """
    request = locked(request_id, version=version)
    before = request.status
    _move(request, to=to, by=by, note=note, closing_reason=closing_reason)
    messages.queue_for(request, messages.for_move(before, to))
    return request


@transaction.atomic
def cancel_by_patient(*, request_id: int) -> ConsultationRequest:
    """Closes a request for whoever asked. A second click, or one that comes too late, changes nothing."""
    request = locked(request_id)
    if not may_cancel(request):
        return request
    _move(request, to=Status.CLOSED, by=None, closing_reason=ClosingReason.CANCELLED)
    messages.queue_for(request, messages.CANCELLED)
    messages.queue_for_staff(request, CANCELLED_REQUEST)
    return request


@transaction.atomic
def change_contact(*, request_id: int, wishes: ContactWishes) -> ConsultationRequest:
    """Writes down how somebody now wants to be reached; what was before stays in the history."""
    request = locked(request_id)
    columns = wishes.columns(request)
    changed = {name: value for name, value in columns.items() if getattr(request, name) != value}
    if not changed or not request.is_open:
        return request
    note = change_in_words(request, changed)
    for name, value in changed.items():
        setattr(request, name, value)
    if "email" in changed:
        messages.follow_address(request)
    write_change(request, {*changed}, kind=HistoryKind.CONTACT, by=None, note=note)
    messages.queue_for_staff(request, CHANGED_REQUEST)
    return request


@transaction.atomic
def renew_link(*, request_id: int, by: "StaffMember") -> ConsultationRequest:
    """The old link to the patient's page stops working at once; the next mail holds the new one."""
    request = locked(request_id)
    request.link_seed = status_links.new_seed()
    request.link_hash = status_links.hash_of(request.link_token)
    request.save(update_fields=["link_seed", "link_hash"])
    audit.record(by=by, action="link renewed", subject=SUBJECT, subject_ids=[request.pk])
    return request


def may_cancel(request: ConsultationRequest) -> bool:
    """Not after a visit: then there is nothing left to cancel."""
    status = Status(request.status)
    return status != Status.ATTENDED and Status.CLOSED in NEXT_STATUSES[status]


def _move(
    request: ConsultationRequest,
    *,
    to: str,
    by: "StaffMember | None",
    note: str = "",
    closing_reason: str = "",
) -> None:
    before = request.status
    if to not in NEXT_STATUSES[Status(before)]:
        raise IllegalMove
    request.status = to
    request.closing_reason = closing_reason if to == Status.CLOSED else ""
    if before == Status.TIME_SET:
        messages.forget_reminder(request)
    if to == Status.NEW:
        office = request.location.slug if request.location else ""
        request.promised_by = promise.due(office=office, after=timezone.now())
    columns = {"status", "closing_reason", "promised_by"}
    write_change(request, columns, kind=HistoryKind.MOVED, before=before, by=by, note=note)

"""Everything that writes a request: sending it, and moving it along."""

import json
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import messages, promise, status_links, visits
from booking.changes import SUBJECT, locked, write_change
from booking.choices import AttemptResult, CameBy, ClosingReason, HistoryKind, WaitsFor
from booking.clock import ANSWER_MINUTES
from booking.contact_wishes import ContactWishes, change_in_words
from booking.due_times import due_of, office_of
from booking.models import ConsultationRequest, StatusChange, birth_hash
from booking.next_try import suggest
from booking.search_actions import keep_in_step
from booking.statuses import NEXT_STATUSES, Status
from booking.wish import Wish
from clinic import audit
from clinic.limits import take
from clinic.practice import Location

if TYPE_CHECKING:
    from clinic.staff import StaffMember

# What the staff's mail says; nothing about whom or what.
NEW_REQUEST = "1 new request"
CHANGED_REQUEST = "1 request was changed by the person who asked"
CANCELLED_REQUEST = "1 request was cancelled by the person who asked"
# Whoever corrects a slip right away does not ring twice.
QUIET_SECONDS = 15 * 60
TRIES = 8
# Who stands there has no time any more: one that is still ahead is free for others.
WITHOUT_TIME = frozenset({Status.TRIED, Status.WAITING, Status.CLOSED})
MOST_COUNTED = 999


class IllegalMove(Exception):
    """The table of statuses does not allow this move."""


class VisitAhead(IllegalMove):
    """Nobody came or stayed away before the visit has begun."""


class ReasonMissing(Exception):
    """A request with a mark is never closed without a word why."""


def send_request(
    *,
    send_token: str,
    wish: Wish,
    came_by: CameBy = CameBy.WEBSITE,
    by: "StaffMember | None" = None,
    note: str = "",
) -> ConsultationRequest:
    """Stores a request once: the same token, even at the same moment, always leads to the same request.

    `by` is who added it by hand, perhaps with a note for the staff; without, it came from the website.
    """
    for attempt in range(1, TRIES + 1):
        sent = ConsultationRequest.objects.sent_with(send_token)
        if sent is not None:
            return sent
        try:
            with transaction.atomic():
                stored = _store(send_token=send_token, wish=wish, came_by=came_by)
                audit.record(by=by, action="added", subject=SUBJECT, subject_ids=[stored.pk])
                messages.queue_for(stored, messages.RECEIVED)
                if by is None:
                    messages.queue_for_staff(stored, NEW_REQUEST)
                else:
                    _write_who_added(stored, by, note)
                return stored
        except IntegrityError:
            # The token was stored by a twin of this very click, or the reference is taken: look again.
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _write_who_added(stored: ConsultationRequest, by: "StaffMember", note: str) -> None:
    StatusChange.objects.create(
        request=stored,
        version=stored.version,
        kind=HistoryKind.ADDED,
        from_status=stored.status,
        to_status=stored.status,
        by=by,
        at=stored.created,
        detail=stored.came_by,
        note=note,
    )


def _store(*, send_token: str, wish: Wish, came_by: CameBy) -> ConsultationRequest:
    now, seed = timezone.now(), status_links.new_seed()
    request = ConsultationRequest(
        send_token=send_token,
        came_by=came_by,
        created=now,
        changed=now,
        clock_from=now,
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
    request.due = due_of(request)
    request.save(force_insert=True)
    keep_in_step(request)
    return request


@transaction.atomic
def change_status(
    *,
    request_id: int,
    to: str,
    by: "StaffMember",
    version: int,
    note: str = "",
    closing_reason: str = "",
    waits_for: str = "",
) -> ConsultationRequest:
    """Moves a request, if nobody was faster and the table allows it.

    Raises StaleVersion, IllegalMove, ReasonMissing, or ConsultationRequest.DoesNotExist; then nothing has changed.
    """
    request = locked(request_id, version=version)
    before = request.status
    move(request, to=to, by=by, note=note, closing_reason=closing_reason, waits_for=waits_for)
    messages.queue_for(request, messages.for_move(before, to))
    return request


@transaction.atomic
def cancel_by_patient(*, request_id: int) -> ConsultationRequest:
    """Closes a request for whoever asked. A second click, or one that comes too late, changes nothing."""
    request = locked(request_id)
    if not may_cancel(request):
        return request
    move(request, to=Status.CLOSED, by=None, closing_reason=ClosingReason.CANCELLED)
    messages.queue_for(request, messages.CANCELLED)
    messages.queue_for_staff(request, CANCELLED_REQUEST)
    return request


@transaction.atomic
def change_contact(*, request_id: int, wishes: ContactWishes) -> ConsultationRequest:
    """Writes down how somebody now wants to be reached; what was before stays in the history.

    Where we wait for them, this is their answer, also when it only says that all is as it was.
    """
    request = locked(request_id)
    before, answers = request.status, _waits_for_them(request)
    columns = wishes.columns(request)
    changed = {name: value for name, value in columns.items() if getattr(request, name) != value}
    if not request.is_open or not (changed or answers):
        return request
    note = change_in_words(request, changed)
    for name, value in changed.items():
        setattr(request, name, value)
    if "email" in changed:
        messages.follow_address(request)
    saved = {*changed} | (they_answered(request) if answers else set())
    write_change(request, saved, kind=HistoryKind.CONTACT, by=None, before=before, note=note)
    if take(bucket=f"staff told of contact {request.pk}", capacity=1, per_seconds=QUIET_SECONDS):
        messages.queue_for_staff(request, CHANGED_REQUEST)
    return request


def may_cancel(request: ConsultationRequest) -> bool:
    """Not after a visit: then there is nothing left to cancel."""
    status = Status(request.status)
    return status != Status.ATTENDED and Status.CLOSED in NEXT_STATUSES[status]


def move(
    request: ConsultationRequest,
    *,
    to: str,
    by: "StaffMember | None",
    note: str = "",
    closing_reason: str = "",
    waits_for: str = "",
    kind: HistoryKind = HistoryKind.MOVED,
    detail: str = "",
) -> None:
    """One step of the table, for a locked request; which mail it means is the caller's to say."""
    before = request.status
    if to not in NEXT_STATUSES[Status(before)]:
        raise IllegalMove
    if to == Status.CLOSED and request.mark and not closing_reason:
        raise ReasonMissing
    ahead = visits.is_ahead(request)
    if ahead and to in visits.HOW_IT_WENT:
        raise VisitAhead
    if before == Status.TIME_SET:
        messages.forget_reminder(request)
    if to in WITHOUT_TIME and (before == Status.TIME_SET or ahead):
        kind, detail = _without_its_time(request, kind, detail)
    request.status = to
    request.closing_reason = closing_reason if to == Status.CLOSED else ""
    request.waits_for = waits_for if to == Status.WAITING else ""
    request.clock_from = timezone.now()
    detail = detail or request.closing_reason or request.waits_for
    columns = {"status", "closing_reason", "waits_for", "clock_from"}
    if to == Status.NEW:
        columns |= _start_again(request)
    elif to == Status.TRIED:
        columns |= count_attempt(request, AttemptResult.NO_ANSWER)
    elif to in (Status.WAITING, Status.TIME_SET):
        columns |= contact_made(request)
    write_change(request, columns, kind=kind, before=before, by=by, note=note, detail=detail)


def _waits_for_them(request: ConsultationRequest) -> bool:
    """Also where nobody said what we wait for: they may well mean us."""
    return request.status == Status.WAITING and request.waits_for in (WaitsFor.PATIENT, WaitsFor.NOTHING)


def they_answered(request: ConsultationRequest) -> set[str]:
    """They got in touch, or what we waited for has come: the clock runs again. Returns the columns to save."""
    now, office = timezone.now(), office_of(request.location)
    request.status, request.waits_for = Status.TRIED, ""
    request.clock_from = (office.after_minutes(now, ANSWER_MINUTES) if office else None) or now
    return {"status", "waits_for", "clock_from"}


def contact_made(request: ConsultationRequest) -> set[str]:
    """Notes the first contact, once; returns the columns to save."""
    if request.first_contact is not None:
        return set()
    request.first_contact = timezone.now()
    return {"first_contact"}


def count_attempt(request: ConsultationRequest, result: AttemptResult) -> set[str]:
    """Counts a try to reach them and lets the clock run to the next one; returns the columns to save."""
    now = timezone.now()
    request.attempts = min(request.attempts + 1, MOST_COUNTED)
    request.clock_from = suggest(
        tried=now,
        result=result,
        attempts=request.attempts,
        best_time=request.best_time,
        office=office_of(request.location),
    )
    return {"attempts", "clock_from"} | contact_made(request)


def _without_its_time(
    request: ConsultationRequest, kind: HistoryKind, detail: str
) -> tuple[HistoryKind, str]:
    dropped = visits.drop(request)
    return (HistoryKind.TIME_CANCELLED, dropped) if dropped else (kind, detail)


def _start_again(request: ConsultationRequest) -> set[str]:
    """A new promise and new tries count from now; what was merged into another one stands for itself again."""
    office = request.location.slug if request.location else ""
    request.promised_by = promise.due(office=office, after=timezone.now())
    request.merged_into, request.attempts = None, 0
    return {"promised_by", "merged_into", "attempts"}

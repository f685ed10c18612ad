"""How a request is changed: locked, at the version that was seen, with its line of history and of the audit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from booking import search_actions
from booking.choices import HistoryKind
from booking.due_times import due_of
from booking.models import ConsultationRequest, StatusChange
from clinic import audit

if TYPE_CHECKING:
    from clinic.staff import StaffMember

# By this the audit log knows requests.
SUBJECT = "request"
FOUND_BY = frozenset({"name", "helper_name", "phone"})
DOUBLE_CLICK = timedelta(seconds=10)


class StaleVersion(Exception):
    """Somebody else changed the request since this page was opened."""


def locked(request_id: int, *, version: int | None = None) -> ConsultationRequest:
    """The request, locked until the transaction ends; nobody asks for a version but staff.

    Raises StaleVersion, or ConsultationRequest.DoesNotExist.
    """
    # Nothing is joined: PostgreSQL would give the joined rows as they were before it waited for the lock.
    request = ConsultationRequest.objects.select_for_update().get(pk=request_id)
    if version is not None and request.version != version:
        raise StaleVersion
    return request


@dataclass(frozen=True)
class Trace:
    """What a step leaves behind: by it, the second click of a button is told from somebody else's change.

    `columns` are look-ups of the request as it then stands. A step that `counts` means something new when it is taken
    again later, as a second call does.
    """

    kinds: Collection[HistoryKind]
    columns: Mapping[str, object] = field(default_factory=dict)
    detail: str | None = None
    counts: bool = False


def clicked_twice(request_id: int, trace: Trace, *, by: "StaffMember", version: int, note: str = "") -> bool:
    """Whether the one change since `version` is this very step, taken by the same person with the same words."""
    made = StatusChange.objects.filter(request=request_id, version=version + 1, by=by, kind__in=trace.kinds)
    line = made.first()
    if line is None or line.note != note or trace.detail not in (None, line.detail):
        return False
    if trace.counts and line.at < timezone.now() - DOUBLE_CLICK:
        return False
    now = ConsultationRequest.objects.filter(pk=request_id, version=version + 1)
    return now.filter(**trace.columns).exists()


def write_change(
    request: ConsultationRequest,
    columns: Collection[str],
    *,
    kind: HistoryKind,
    by: "StaffMember | None",
    before: str = "",
    detail: str = "",
    note: str = "",
) -> None:
    """Saves the changed columns of a locked request under its next version, with its clock set anew.

    `before` is the status it had, when it has moved. Call it once for each change.
    """
    request.changed, request.version = timezone.now(), request.version + 1
    request.due = due_of(request)
    request.save(update_fields=[*columns, "due", "changed", "version"])
    if FOUND_BY & {*columns}:
        search_actions.keep_in_step(request)
    StatusChange.objects.create(
        request=request,
        version=request.version,
        kind=kind,
        detail=detail,
        from_status=before or request.status,
        to_status=request.status,
        by=by,
        at=request.changed,
        note=note,
    )
    audit.record(by=by, action="changed", subject=SUBJECT, subject_ids=[request.pk])

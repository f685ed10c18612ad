"""Keeps the clock of every open request right: counted anew when hours change, and brought back when it waits too long."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from booking.changes import locked, write_change
from booking.choices import HistoryKind
from booking.due_times import due_of, office_of
from booking.models import ConsultationRequest, StatusChange
from booking.statuses import Status
from clinic import snapshot
from clinic.staff import StaffMember

BATCH = 500
EVERY_SECONDS = 60
WAITED, AWAY = "waited", "owner away"
_last: dict[str, Any] = {}


def recompute_all() -> int:
    """Counts the clock of every open request anew; returns how many had changed.

    No version is raised: nothing was done to these requests, and whoever has one open may go on.
    """
    changed = 0
    for batch in _open_in_batches():
        for about in batch:
            due = due_of(about)
            if due != about.due:
                # Only if nobody has changed it meanwhile, for then it was counted anew already.
                same = ConsultationRequest.objects.filter(pk=about.pk, version=about.version)
                changed += same.update(due=due)
    return changed


def _open_in_batches() -> Iterator[list[ConsultationRequest]]:
    requests = (
        ConsultationRequest.objects.open()
        .select_related("location", "booked_time__location")
        .defer("shared_answers", "needs_text", "birth_date_text")
        .order_by("pk")
    )
    after = 0
    while batch := list(requests.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1].pk


def bring_back() -> int:
    """Gives everybody what has waited too long and what belongs to somebody away; returns how many."""
    now = timezone.now()
    waited = [_bring_back_waited(each, now) for each in _waited_too_long(now)]
    left = [_bring_back_from_away(each, now) for each in _of_people_away(now)]
    return sum(waited) + sum(left)


def _waited_too_long(now: datetime) -> list[int]:
    told = StatusChange.objects.filter(
        request=OuterRef("pk"), kind=HistoryKind.CAME_BACK, detail=WAITED, at__gte=OuterRef("due")
    )
    due = ConsultationRequest.objects.open().filter(status=Status.WAITING, due__lte=now)
    return list(due.filter(~Exists(told)).order_by("due").values_list("pk", flat=True)[:BATCH])


def _of_people_away(now: datetime) -> list[int]:
    # The day is that of each request's own zone; here it is enough not to miss any.
    days = [now.date() + timedelta(days=each) for each in (-1, 0, 1)]
    planned = StaffMember.objects.exclude(away_from=None, away_until=None)
    away = [each.pk for each in planned if any(each.is_away_on(day) for day in days)]
    gone = [*away, *StaffMember.objects.filter(is_active=False).values_list("pk", flat=True)]
    owned = ConsultationRequest.objects.open().filter(owner__in=gone)
    return list(owned.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _bring_back_waited(request_id: int, now: datetime) -> bool:
    request = locked(request_id)
    if request.status != Status.WAITING or request.due is None or request.due > now:
        return False
    if request.status_changes.filter(kind=HistoryKind.CAME_BACK, detail=WAITED, at__gte=request.due).exists():
        return False
    request.owner = None
    write_change(request, {"owner"}, kind=HistoryKind.CAME_BACK, by=None, detail=WAITED)
    return True


@transaction.atomic
def _bring_back_from_away(request_id: int, now: datetime) -> bool:
    request = locked(request_id)
    owner, office = request.owner, office_of(request.location)
    day = now.astimezone(ZoneInfo(office.zone if office else "UTC")).date()
    if owner is None or not request.is_open or (owner.is_active and not owner.is_away_on(day)):
        return False
    request.owner = None
    detail = f"{AWAY}|{owner.short_name}"[:120]
    write_change(request, {"owner"}, kind=HistoryKind.CAME_BACK, by=None, detail=detail)
    return True


def count_anew() -> None:
    """After hours, closures or days away were edited."""
    recompute_all()
    bring_back()


def look_at_the_clock() -> None:
    """To be called often: once a minute it brings back what must come back, and it notices changed hours."""
    if time.monotonic() - _last.get("looked", -EVERY_SECONDS) < EVERY_SECONDS:
        return
    hours = hours_as_known()
    if hours != _last.get("hours"):
        recompute_all()
    bring_back()
    _last.update(hours=hours, looked=time.monotonic())


def hours_as_known() -> object:
    """Everything that the clock counts by, fresh from the database."""
    now = snapshot.refresh()
    places = tuple((each.slug, each.timezone, each.hours, each.closures) for each in now.locations)
    return places, now.practice.reply_working_days

"""The time of a request's visit, as mails, calendars and the history need it; and taking it away."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from booking import visit_mails
from booking.calendar import Visit
from booking.due_times import visit_of
from booking.models import BookedTime, ConsultationRequest
from booking.statuses import Status, next_statuses

# How a visit went; nobody knows that before it begins.
HOW_IT_WENT = frozenset({Status.ATTENDED, Status.MISSED})


def as_visit(about: ConsultationRequest, booked: BookedTime) -> Visit:
    """What the calendar file of the patient holds."""
    place = booked.location
    return Visit(
        uid=visit_mails.uid_of(about),
        sequence=booked.sequence,
        starts=booked.starts,
        minutes=booked.minutes,
        zone=place.timezone,
        place=f"{place.name}, {place.street}, {place.city}, {place.state} {place.zip_code}",
    )


def detail_of(booked: BookedTime) -> str:
    """For a line of history: the moment on the office's own clock, and with whom."""
    local = as_local(booked)
    return f"{local.isoformat(timespec='minutes')}|{booked.clinician.name}"


def is_ahead(about: ConsultationRequest) -> bool:
    """Whether a time stands that has not come yet."""
    booked = visit_of(about)
    return booked is not None and booked.starts > timezone.now()


def open_moves(about: ConsultationRequest) -> list[Status]:
    """The moves of the table that make sense now."""
    ahead = is_ahead(about)
    return [to for to in next_statuses(about.status) if not (ahead and to in HOW_IT_WENT)]


def as_local(booked: BookedTime) -> datetime:
    return booked.starts.astimezone(ZoneInfo(booked.location.timezone))


def drop(about: ConsultationRequest) -> str:
    """Takes away a time that no longer stands, and tells the patient's calendar; returns it for the history.

    To be called under the lock of the request, before its change is written.
    """
    booked = visit_of(about)
    if booked is None:
        return ""
    booked.active, booked.sequence = False, booked.sequence + 1
    booked.save(update_fields=["active", "sequence"])
    visit_mails.queue_cancellation(about, as_visit(about, booked))
    return detail_of(booked)

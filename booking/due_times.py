"""The clock of one request: its office, and by when somebody has to see to it. Reads only; clock_actions.py writes."""

from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist

from booking import clock, promise
from booking.clock import Case, Office
from booking.models import BookedTime, ConsultationRequest
from booking.statuses import Status
from clinic import snapshot
from clinic.practice import Location


def office_of(location: Location | None) -> Office | None:
    """The hours of an office, or of the main one; None where the practice has none."""
    place = promise.place(location.slug if location else "")
    if place is None:
        return None
    return Office(zone=place.timezone, hours=place.hours, closures=place.closures)


def due_of(about: ConsultationRequest) -> datetime | None:
    visit = visit_of(about) if about.status == Status.TIME_SET else None
    case = Case(
        status=about.status,
        since=about.clock_from,
        mark=about.mark,
        waits_for=about.waits_for,
        promised_by=about.promised_by,
        visit_ends=visit.starts + timedelta(minutes=visit.minutes) if visit else None,
    )
    office = office_of(visit.location if visit else about.location)
    return clock.due(case, office, reply_days=snapshot.current().practice.reply_working_days)


def visit_of(about: ConsultationRequest) -> BookedTime | None:
    """The time that stands for this request; a cancelled one does not."""
    try:
        booked: BookedTime = about.booked_time
    except ObjectDoesNotExist:
        return None
    return booked if booked.active else None

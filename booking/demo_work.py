"""What Dana and Ada have done with the made-up requests of the demo: tries, waiting, times, visits that took place."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from booking import actions, time_actions, work_actions
from booking.choices import AttemptResult, WaitsFor
from booking.due_times import due_of, office_of
from booking.models import Clinician, ConsultationRequest
from booking.statuses import Status
from booking.time_actions import Slot
from clinic.hours import opening_time
from clinic.practice import Location
from clinic.staff import StaffMember

CLINICIANS = ("Dr. Alex Model", "Dr. Sam Specimen", "Nina Placeholder, NP")
Step = Callable[..., object]


def prepare() -> None:
    for name in CLINICIANS:
        Clinician.objects.get_or_create(name=name)


def asked_at(about: ConsultationRequest, moment: datetime) -> None:
    """As if it had been sent then; its clock counts from there."""
    about.created = about.clock_from = moment
    about.due = due_of(about)
    about.save(update_fields=["created", "promised_by", "clock_from", "due"])


def do(about: ConsultationRequest, deed: str, by: StaffMember, note: str) -> None:
    """One step of work, such as `no_answer`, `waits records`, `closed charted` or `time 2 10`: in two working days,
    at ten on the office's clock; a negative number of days has passed."""
    word, *rest = deed.split()
    _STEPS[word](ConsultationRequest.objects.get(pk=about.pk), by, note, *rest)


def _claim(about: ConsultationRequest, by: StaffMember, note: str) -> None:
    work_actions.claim(request_id=about.pk, by=by, version=about.version, note=note)


def _try(result: AttemptResult) -> Step:
    def tried(about: ConsultationRequest, by: StaffMember, note: str) -> None:
        work_actions.attempt(request_id=about.pk, by=by, version=about.version, result=result, note=note)

    return tried


def _note(about: ConsultationRequest, by: StaffMember, note: str) -> None:
    work_actions.write_note(request_id=about.pk, by=by, version=about.version, note=note)


def _waits(about: ConsultationRequest, by: StaffMember, note: str, what: str) -> None:
    kind = WaitsFor(what)
    work_actions.wait(request_id=about.pk, by=by, version=about.version, waits_for=kind, note=note)


def _time(about: ConsultationRequest, by: StaffMember, note: str, days: str, hour: str) -> None:
    place = about.location or Location.objects.order_by("order", "name")[0]
    clinician = Clinician.objects.order_by("name")[about.pk % len(CLINICIANS)]
    starts = _working_day(place, int(days), int(hour))
    slot = Slot(clinician=clinician, location=place, starts=starts, minutes=30, meant_double=True)
    time_actions.record_time(request_id=about.pk, by=by, version=about.version, slot=slot, note=note)


def _working_day(place: Location, days: int, hour: int) -> datetime:
    office = office_of(place)
    if office is None:
        raise ValueError("the demo's offices have hours")
    now = timezone.now().astimezone(ZoneInfo(office.zone))
    day, left, step = now.date(), abs(days), timedelta(days=1 if days > 0 else -1)
    while left:
        day += step
        left -= opening_time(day, office.hours, office.closures) is not None
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(office.zone))


def _move(to: Status) -> Step:
    def moved(about: ConsultationRequest, by: StaffMember, note: str, reason: str = "") -> None:
        actions.change_status(
            request_id=about.pk, to=to, by=by, version=about.version, note=note, closing_reason=reason
        )

    return moved


_STEPS: Mapping[str, Step] = {
    "claim": _claim,
    "no_answer": _try(AttemptResult.NO_ANSWER),
    "left_message": _try(AttemptResult.LEFT_MESSAGE),
    "spoke": _try(AttemptResult.SPOKE),
    "note": _note,
    "waits": _waits,
    "time": _time,
    "attended": _move(Status.ATTENDED),
    "missed": _move(Status.MISSED),
    "closed": _move(Status.CLOSED),
}

"""PURE: when somebody has to see to a request next, counted in the open hours of its office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from clinic.hours import ClosedDays, OpenHours, add_open_time, closing_time

State = Literal["on time", "due soon", "overdue"]

# Open minutes until the first call; whoever carries no mark gets it by what was promised.
FIRST_CALL_MINUTES: Mapping[str, int] = {"call_today": 120, "soon": 240}
# Working days after which what waits comes back by itself, by what it waits for.
BACK_AFTER_DAYS: Mapping[str, int] = {"": 3, "patient": 3, "records": 5, "referral": 5, "insurance": 10}
# Open minutes for smaller things: to note how a visit went, to write down a time, to answer who got in touch.
AFTER_VISIT_MINUTES = 60
WRITE_DOWN_MINUTES = 240
ANSWER_MINUTES = 240
CHART_DAYS = 2
CALL_AFTER_MISSED_DAYS = 1
SOON = timedelta(minutes=60)
# An office that never opens still forgets nobody.
WITHOUT_HOURS = timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """When an office is open, in the time of its own zone."""

    zone: str
    hours: tuple[OpenHours, ...]
    closures: tuple[ClosedDays, ...]

    def after_minutes(self, start: datetime, minutes: int) -> datetime | None:
        return add_open_time(
            start=start, minutes=minutes, zone=self.zone, hours=self.hours, closures=self.closures
        )

    def after_days(self, start: datetime, days: int) -> datetime | None:
        return closing_time(
            after=start, working_days=days, zone=self.zone, hours=self.hours, closures=self.closures
        )


@dataclass(frozen=True)
class Case:
    """What the clock reads of a request, as codes. `since` is when its present state began to count; once they were
    tried, it is when to try next. `visit_ends` is None while no time is recorded.
    """

    status: str
    since: datetime
    mark: str = ""
    waits_for: str = ""
    promised_by: datetime | None = None
    visit_ends: datetime | None = None


def due(case: Case, office: Office | None, *, reply_days: int) -> datetime | None:
    """The moment by which somebody has to see to it; None once it is closed."""
    if case.status == "closed":
        return None
    if case.status == "new":
        return _first_contact(case, office, reply_days)
    if office is None:
        return (case.visit_ends or case.since) + WITHOUT_HOURS
    return _next_step(case, office) or case.since + WITHOUT_HOURS


def _first_contact(case: Case, office: Office | None, reply_days: int) -> datetime:
    """Never later than the patient was told, whatever has happened to the opening hours since."""
    counted: datetime | None = None
    if office is not None:
        minutes = FIRST_CALL_MINUTES.get(case.mark)
        counted = (
            office.after_minutes(case.since, minutes)
            if minutes
            else office.after_days(case.since, max(1, reply_days))
        )
    known = [moment for moment in (counted, case.promised_by) if moment is not None]
    return min(known, default=case.since + WITHOUT_HOURS)


def _next_step(case: Case, office: Office) -> datetime | None:
    if case.status == "tried":
        return office.after_minutes(case.since, 0)
    if case.status == "waiting":
        return office.after_days(case.since, BACK_AFTER_DAYS[case.waits_for])
    if case.status == "attended":
        return office.after_days(case.since, CHART_DAYS)
    if case.status == "missed":
        return office.after_days(case.since, CALL_AFTER_MISSED_DAYS)
    if case.visit_ends is not None:
        return office.after_minutes(case.visit_ends, AFTER_VISIT_MINUTES)
    return office.after_minutes(case.since, WRITE_DOWN_MINUTES)


def state(due: datetime | None, now: datetime) -> State:
    """Due soon is what comes within the hour."""
    if due is None or due > now + SOON:
        return "on time"
    return "due soon" if due > now else "overdue"

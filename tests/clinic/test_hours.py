"""Whether an office is open, and its hours in words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.demo_practice import demo_rows
from clinic.hours import (
    ClosedDays,
    OpenHours,
    add_open_time,
    closing_time,
    grouped_days,
    is_open,
    open_time_between,
    opening_time,
)
from clinic.snapshot import _snapshot_of

WEEK = tuple(OpenHours(day, time(8), time(17)) for day in range(5))
THANKSGIVING = ClosedDays(date(2026, 11, 26), date(2026, 11, 27), "Thanksgiving")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 14, 0, tzinfo=UTC), True),  # Monday, 8:00 in Chicago
        (datetime(2026, 11, 23, 13, 59, tzinfo=UTC), False),  # a minute too early
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), False),  # the minute of closing
        (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), False),  # Sunday
        (datetime(2026, 11, 26, 18, 0, tzinfo=UTC), False),  # a closure
        (datetime(2026, 11, 28, 3, 0, tzinfo=UTC), False),  # Friday evening there, Saturday in UTC
        (datetime(2026, 7, 6, 13, 0, tzinfo=UTC), True),  # summer time: 8:00 is an hour earlier in UTC
        (datetime(2026, 7, 6, 12, 59, tzinfo=UTC), False),
    ],
)
def test_office_is_open_in_its_own_zone_and_not_on_closed_days(moment: datetime, expected: bool) -> None:
    assert is_open(at=moment, zone="America/Chicago", hours=WEEK, closures=(THANKSGIVING,)) is expected


def test_days_with_the_same_hours_are_told_once() -> None:
    hours = (*WEEK[:4], OpenHours(4, time(8), time(12)), OpenHours(4, time(13), time(15)))

    groups = grouped_days(hours)

    assert groups == [
        (0, 3, ((time(8), time(17)),)),
        (4, 4, ((time(8), time(12)), (time(13), time(15)))),
    ]


def test_hours_read_as_a_sentence() -> None:
    facts = _snapshot_of(demo_rows()).practice

    assert facts.hours_text == "Monday to Friday, 8 am to 5 pm"


CHICAGO = ZoneInfo("America/Chicago")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("asked", "days", "expected"),
    [
        ("2026-11-23T10:00", 1, "2026-11-24T17:00"),  # Monday → Tuesday
        ("2026-11-23T23:59", 1, "2026-11-24T17:00"),
        ("2026-11-20T16:00", 1, "2026-11-23T17:00"),  # Friday → Monday
        ("2026-11-21T12:00", 1, "2026-11-23T17:00"),  # Saturday → Monday
        ("2026-11-25T12:00", 1, "2026-11-30T17:00"),  # Thanksgiving and the day after are closed
        ("2026-11-23T10:00", 2, "2026-11-25T17:00"),
        ("2026-03-06T10:00", 1, "2026-03-09T17:00"),  # over the change to summer time
    ],
)
def test_the_promise_is_the_close_of_a_working_day(asked: str, days: int, expected: str) -> None:
    due = closing_time(
        after=local(asked), working_days=days, zone="America/Chicago", hours=WEEK, closures=(THANKSGIVING,)
    )

    assert due == local(expected)


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-11-23T10:00", 60, "2026-11-23T11:00"),
        ("2026-11-23T06:00", 60, "2026-11-23T09:00"),  # before opening
        ("2026-11-23T16:30", 60, "2026-11-24T08:30"),  # over closing time
        ("2026-11-20T16:59", 2, "2026-11-23T08:01"),  # over a weekend
        ("2026-11-25T16:00", 120, "2026-11-30T09:00"),  # over closed days
        ("2026-10-31T12:00", 60, "2026-11-02T09:00"),  # over the change to winter time
        ("2026-11-23T16:00", 60, "2026-11-23T17:00"),  # the last minute still counts
    ],
)
def test_open_time_runs_only_while_the_office_is_open(start: str, minutes: int, expected: str) -> None:
    due = add_open_time(
        start=local(start), minutes=minutes, zone="America/Chicago", hours=WEEK, closures=(THANKSGIVING,)
    )

    assert due == local(expected)


def test_a_night_shift_over_a_clock_change_counts_real_minutes() -> None:
    night = (OpenHours(6, time(0), time(6)),)

    due = add_open_time(
        start=local("2026-11-01T00:00"), minutes=180, zone="America/Chicago", hours=night, closures=()
    )

    assert due is not None
    assert due.astimezone(UTC) == datetime(
        2026, 11, 1, 8, 0, tzinfo=UTC
    )  # 2:00 by the clock, the second time round


def test_an_office_that_never_opens_promises_nothing() -> None:
    for closures in ((), (ClosedDays(date(2026, 1, 1), date(2030, 1, 1), "closed for good"),)):
        hours = () if not closures else WEEK
        assert (
            closing_time(
                after=local("2026-11-23T10:00"),
                working_days=1,
                zone="America/Chicago",
                hours=hours,
                closures=closures,
            )
            is None
        )
        assert (
            add_open_time(
                start=local("2026-11-23T10:00"),
                minutes=5,
                zone="America/Chicago",
                hours=hours,
                closures=closures,
            )
            is None
        )


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23T09:00", "2026-11-23T10:30", 1.5),  # within a Monday
        ("2026-11-23T06:00", "2026-11-23T20:00", 9),  # a whole day, asked before and answered after it
        ("2026-11-20T16:00", "2026-11-23T09:00", 2),  # over a weekend
        ("2026-11-25T16:00", "2026-11-30T09:00", 2),  # over Thanksgiving
        ("2026-11-21T09:00", "2026-11-22T09:00", 0),  # only while it is closed
        ("2026-11-23T10:00", "2026-11-23T09:00", 0),  # the other way round
        ("2026-11-23T10:00", "2026-11-23T10:00", 0),
        ("2026-10-30T16:00", "2026-11-02T09:00", 2),  # the clocks go back in between
    ],
)
def test_time_between_two_moments_counts_only_while_the_office_is_open(
    start: str, end: str, hours: float
) -> None:
    counted = open_time_between(
        start=local(start), end=local(end), zone="America/Chicago", hours=WEEK, closures=(THANKSGIVING,)
    )

    assert counted == timedelta(hours=hours)


def test_office_that_never_opens_counts_nothing() -> None:
    counted = open_time_between(
        start=local("2026-11-23T09:00"),
        end=local("2027-11-23T09:00"),
        zone="America/Chicago",
        hours=(),
        closures=(),
    )

    assert counted == timedelta()


@pytest.mark.parametrize(
    ("day", "opens"),
    [(date(2026, 11, 23), time(8)), (date(2026, 11, 22), None), (date(2026, 11, 26), None)],
)
def test_office_opens_on_its_working_days(day: date, opens: time | None) -> None:
    early = (*WEEK, OpenHours(0, time(13), time(15)))

    assert opening_time(day, early, (THANKSGIVING,)) == opens

"""Whether an office is open, and its hours in words."""

from datetime import UTC, date, datetime, time

import pytest

from clinic.demo_practice import demo_rows
from clinic.hours import ClosedDays, OpenHours, grouped_days, is_open
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

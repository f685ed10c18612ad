"""The reports: right numbers for any period, told in words, drawn, tabled and taken along, and never a person."""

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import report_reading
from booking.models import ConsultationRequest, StatusChange
from booking.report_forms import preset
from booking.report_numbers import Period, percentile
from booking.report_tables import Row, Table
from clinic.audit import AuditEntry
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

ClientFor = Callable[[StaffMember], Client]
# Friday, 10:00 in Chicago.
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
NOVEMBER = {"first": "2026-11-02", "last": "2026-11-22"}


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    with time_machine.travel(NOW, tick=False):
        return client_for(dana)


def chicago(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}-06:00")


def shown(desk: Client, **query: str) -> dict[str, Table]:
    with time_machine.travel(NOW, tick=False):
        page = desk.get("/desk/reports/", query)
    assert page.status_code == 200, text_of(page)
    return {table.key: table for table in page.context["tables"]}


def numbers(table: Table) -> dict[str, tuple[float | None, ...]]:
    return {row.label: row.values for row in table.rows}


# Arithmetic


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None), ([7.0], 0.5, 7.0), ([7.0], 0.9, 7.0), ([1.0, 3.0], 0.5, 2.0), ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([1.0, 2.0, 3.0, 4.0], 0.5, 2.5), ([1.0, 2.0, 3.0, 4.0], 0.9, 3.7), ([0.0] * 9 + [100.0], 0.9, 10.0),
        ([1.0, 2.0, 3.0], 0.0, 1.0), ([1.0, 2.0, 3.0], 1.0, 3.0),
    ],
)  # fmt: skip
def test_percentile(values: list[float], share: float, expected: float | None) -> None:
    found = percentile(values, share)

    assert found == expected or (found is not None and expected is not None and abs(found - expected) < 1e-9)


def test_weeks_begin_on_monday_and_cover_the_period() -> None:
    parts = list(Period(date(2026, 11, 4), date(2026, 11, 17)).parts())

    assert parts == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]


def test_long_period_is_told_by_month() -> None:
    period = Period(date(2025, 1, 15), date(2026, 2, 1))

    assert period.by_month
    assert list(period.parts())[:2] == [date(2025, 1, 1), date(2025, 2, 1)]
    assert list(period.parts())[-1] == date(2026, 2, 1)


@pytest.mark.parametrize(("code", "days"), [("4w", 28), ("13w", 91), ("52w", 364), ("", 28), ("junk", 28)])
def test_ready_periods_end_today(code: str, days: int) -> None:
    period = preset(code, date(2026, 11, 20))

    assert (period.last - period.first).days == days - 1
    assert period.last == date(2026, 11, 20)


@pytest.mark.parametrize("count", [1, 2, 5, 6, 26, 54, 60])
@pytest.mark.parametrize("shape", ["columns", "bars"])
def test_chart_stays_inside_its_picture(count: int, shape: str) -> None:
    rows = tuple(Row(f"Week {number}", (number * 7.0, None)) for number in range(count))
    chart = Table(
        key="x", title="X", says="", heading="", columns=("A", "B"), rows=rows, shape=shape,
        drawn=(0, 1) if shape == "columns" else (0,),
    ).chart  # fmt: skip

    for mark in chart.marks:
        right = float(mark.x.rstrip("%")) + float(mark.width.rstrip("%"))
        assert 0 <= right <= 100.01
        assert 0 <= float(mark.y) <= chart.height
        assert float(mark.height) >= 0
    assert len([text for text in chart.texts if text.words.startswith("Week")]) <= max(
        6, count if shape == "bars" else 6
    )


@pytest.mark.parametrize(("weeks", "hours", "shown"), [(5, 9.0, True), (5, 62.9, False), (2, 62.9, True)])
def test_numbers_that_would_touch_on_a_phone_are_left_to_the_table(
    weeks: int, hours: float, shown: bool
) -> None:
    rows = tuple(Row(f"Week {number}", (hours, hours)) for number in range(weeks))
    chart = Table(
        key="x", title="X", says="", heading="", columns=("A", "B"), rows=rows, shape="columns", drawn=(0, 1)
    ).chart

    numbers = [text for text in chart.texts if text.words == f"{hours:g}"]
    assert len(numbers) == 2 * weeks
    assert {not text.is_minor for text in numbers} == {shown}


# Numbers


def test_requests_are_counted_in_the_week_of_the_clinic(desk: Client) -> None:
    north = Location.objects.get(slug="north")
    asked(created=chicago("2026-11-01T23:59"))  # a Sunday, before the period
    asked(created=chicago("2026-11-02T00:00"), location=north)
    asked(created=chicago("2026-11-08T23:59"))  # Sunday evening there, Monday in UTC
    first = asked(created=chicago("2026-11-09T08:00"))
    asked(created=chicago("2026-11-10T08:00"), merged_into=first, status="closed")
    asked(created=chicago("2026-11-22T23:59"))
    asked(created=chicago("2026-11-23T00:00"))  # after the period

    table = shown(desk, **NOVEMBER)["requests"]

    assert numbers(table) == {"Nov 2": (2,), "Nov 9": (1,), "Nov 16": (1,)}
    assert table.says == "4 requests came in this period."
    assert numbers(shown(desk, **NOVEMBER, office="north")["requests"])["Nov 2"] == (1,)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2026-10-25", "2026-11-08", ["from Oct 25", "Oct 26", "Nov 2"]),
        ("2026-10-26", "2026-11-01", ["Oct 26"]),
        ("2025-10-25", "2026-12-01", ["from Oct 25, 2025", "Nov 2025"]),
    ],
)
def test_first_week_is_never_named_by_a_day_before_the_period(
    desk: Client, first: str, last: str, labels: list[str]
) -> None:
    tables = shown(desk, first=first, last=last)

    for name in ("requests", "contact", "visits"):
        assert [row.label for row in tables[name].rows][: len(labels)] == labels


def test_time_to_first_contact_counts_open_hours(desk: Client) -> None:
    for start, end in (
        ("2026-11-09T08:00", "2026-11-09T09:00"),  # 1 hour
        ("2026-11-13T16:00", "2026-11-16T10:00"),  # Friday to Monday: 3 open hours
        ("2026-11-14T12:00", "2026-11-15T12:00"),  # a weekend: none
    ):
        asked(created=chicago(start), first_contact=chicago(end))
    asked(created=chicago("2026-11-10T08:00"), first_contact=chicago("2026-11-20T08:00"), came_by="phone")
    asked(created=chicago("2026-11-10T08:00"))
    asked(created=chicago("2026-11-10T08:00"), status="closed", closing_reason="cancelled")

    table = shown(desk, **NOVEMBER)["contact"]

    median, ninetieth, count = numbers(table)["Nov 9"]
    assert (median, count) == (1.0, 3)
    assert ninetieth is not None
    assert abs(ninetieth - 2.6) < 1e-9
    assert numbers(table)["Nov 2"] == (None, None, 0)
    assert "1 open request of this period has had no contact yet." in table.notes


def test_open_requests_are_told_by_their_age(desk: Client) -> None:
    for days in (0, 0.9, 1, 2.9, 3, 7, 13, 14, 27, 28, 400):
        asked(created=NOW - timedelta(days=days))
    asked(created=NOW - timedelta(days=2), status="closed")

    table = shown(desk, **NOVEMBER)["waiting"]

    assert [row.values[0] for row in table.rows] == [2, 2, 1, 2, 2, 2]
    assert table.says == "11 requests are open now."


def test_what_became_of_them_tells_every_status_and_reason(desk: Client) -> None:
    for status, reason in (
        ("new", ""),
        ("missed", ""),
        ("closed", "charted"),
        ("closed", "charted"),
        ("closed", ""),
    ):
        asked(status=status, closing_reason=reason, created=chicago("2026-11-10T08:00"))

    found = numbers(shown(desk, **NOVEMBER)["outcomes"])

    assert found["New"] == (1,)
    assert found["Did not attend"] == (1,)
    assert found["Closed: In the chart"] == (2,)
    assert found["Closed without a reason"] == (1,)
    assert sum(values[0] or 0 for values in found.values()) == 5


def test_sources_count_the_outcomes_that_were_sent_along(desk: Client) -> None:
    def came(outcome: str = "", **columns: Any) -> None:
        shared = json.dumps({"outcome": outcome}) if outcome else ""
        asked(created=chicago("2026-11-10T08:00"), shared_answers=shared, **columns)

    for outcome, columns in (
        ("REVIEW", {}), ("REVIEW", {"mark": "soon"}), ("OPTION", {}), ("", {}), ("", {"mark": "call_today"}),
        ("", {"mark": "soon"}), ("", {"came_by": "phone"}), ("", {"came_by": "fax"}),
    ):  # fmt: skip
        came(outcome, **columns)

    table = shown(desk, **NOVEMBER)["sources"]

    found = {label: values[0] for label, values in numbers(table).items() if values[0]}
    assert found == {
        "Check: Option, with checks": 2, "Check: An option": 1, "Check: call today, no answers": 1,
        "Check: soon, no answers": 1, "Website, nothing sent along": 1, "Phone": 1, "Fax": 1,
    }  # fmt: skip
    assert table.says == "3 people sent the answers of the check along."


def test_only_the_newest_answers_are_opened_and_the_page_says_so(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_reading, "MOST_DECRYPTED", 2)
    for day in range(3, 8):
        asked(created=chicago(f"2026-11-0{day}T08:00"), shared_answers=json.dumps({"outcome": "REVIEW"}))

    table = shown(desk, **NOVEMBER)["sources"]

    assert numbers(table)["Check: Option, with checks"] == (2,)
    assert "Only the newest 2 with answers are counted." in table.notes


def test_no_shows_are_counted_when_staff_noted_them(desk: Client, dana: StaffMember) -> None:
    for version, (to, day, before) in enumerate(
        [
            ("attended", "2026-11-03", "time_set"), ("missed", "2026-11-04", "time_set"),
            ("missed", "2026-11-17", "time_set"), ("missed", "2026-11-24", "time_set"),
            ("closed", "2026-11-04", "attended"),
        ]
    ):  # fmt: skip
        about = asked()
        StatusChange.objects.create(
            request=about,
            version=version + 1,
            from_status=before,
            to_status=to,
            by=dana,
            at=chicago(f"{day}T12:00"),
        )

    table = shown(desk, **NOVEMBER)["visits"]

    assert numbers(table) == {"Nov 2": (1, 1), "Nov 9": (0, 0), "Nov 16": (0, 1)}
    assert table.says == "2 of 3 people did not come to their time."


# The page


def test_each_report_has_a_chart_with_a_name_and_a_table_behind(desk: Client) -> None:
    asked(created=chicago("2026-11-10T08:00"), first_contact=chicago("2026-11-10T09:00"))

    with time_machine.travel(NOW, tick=False):
        page = desk.get("/desk/reports/", NOVEMBER).content.decode()

    assert page.count("<table>") == 6
    for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert 'role="img"' in svg
        assert re.search(r"<title id=[^>]+>[^<]+</title><desc id=[^>]+>[^<]+</desc>", svg)
    assert page.count("<svg") >= 4
    assert "style=" not in page


def test_empty_clinic_has_reports_too(desk: Client) -> None:
    for period in ("4w", "13w", "52w", ""):
        tables = shown(desk, period=period)
        assert all(table.is_empty for table in tables.values())
        assert tables["visits"].says == "No visit was noted."


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"first": "yesterday", "last": "2026-11-20"}, "Write the first day as a date, such as 2026-11-02."),
        ({"first": "2026-02-30", "last": "2026-11-20"}, "Write the first day as a date"),
        ({"first": "2026-11-20", "last": "2026-11-02"}, "The last day is before the first."),
        ({"first": "2026-11-02"}, "Choose the last day."),
        ({"first": "", "last": ""}, "Choose the first day."),
        ({"first": "1066-10-14", "last": "2026-11-20"}, "Choose a first day from 2020 on."),
        ({"first": "2020-01-01", "last": "2026-11-20"}, "Choose five years at most."),
        ({"first": "2026-11-02", "last": "9999-12-31"}, "Choose five years at most."),
        ({"first": "2026-11-02", "last": "2030-01-01"}, "The last day is too far ahead."),
        ({"first": "2026-11-02", "last": "2026-11-20", "office": "moon"}, "There is no such office."),
        ({"office": "north' OR 1=1"}, "There is no such office."),
    ],
)
@pytest.mark.parametrize("path", ["/desk/reports/", "/desk/reports/csv/"])
def test_days_that_make_no_period_are_told_in_words(
    desk: Client, path: str, query: dict[str, str], said: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        page = desk.get(path, query)

    assert page.status_code == 422
    assert said in text_of(page)
    for typed in query.values():
        assert typed in unescape(page.content.decode()) or typed == query.get("office")
    assert not AuditEntry.objects.exists()


def test_what_is_no_date_stays_visible_in_its_box(desk: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        page = desk.get("/desk/reports/", {"first": "soon", "last": "2026-11-20"}).content.decode()

    assert '<input type="text" name="first" value="soon"' in page
    assert '<input type="date" name="last" value="2026-11-20"' in page


def test_every_look_is_noted_once_and_names_nobody(desk: Client, dana: StaffMember) -> None:
    asked(
        name="Rosa Sample",
        created=chicago("2026-11-10T08:00"),
        shared_answers=json.dumps({"outcome": "REVIEW"}),
    )

    with time_machine.travel(NOW, tick=False):
        page, file = desk.get("/desk/reports/", NOVEMBER), desk.get("/desk/reports/csv/", NOVEMBER)

    assert [(row.by, row.action, row.subject) for row in AuditEntry.objects.order_by("pk")] == [
        (dana, "viewed", "report"),
        (dana, "exported", "report"),
    ]
    for answer in (page, file):
        assert "Rosa" not in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store"


def test_file_holds_every_number_and_no_formula(desk: Client) -> None:
    Location.objects.filter(slug="north").update(name="=1+1")
    asked(created=chicago("2026-11-10T08:00"), first_contact=chicago("2026-11-10T09:30"))

    with time_machine.travel(NOW, tick=False):
        file = desk.get("/desk/reports/csv/", NOVEMBER)

    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Report", "Row", "Measure", "Value"]
    assert ["Requests per week", "Nov 9", "Requests", "1"] in rows
    assert ["Time to first contact", "Nov 9", "Half within, in hours (median)", "1.5"] in rows
    assert not [value for row in rows for value in row if value.startswith(("=", "+", "-", "@"))]
    assert file.headers["Content-Disposition"] == 'attachment; filename="reports-2026-11-02-2026-11-22.csv"'


def test_many_requests_cost_no_more_queries_than_few(desk: Client) -> None:
    def queries() -> int:
        with (
            time_machine.travel(NOW, tick=False),
            CaptureQueriesContext(
                connection,
            ) as counted,
        ):
            assert desk.get("/desk/reports/", NOVEMBER).status_code == 200
        return len(counted)

    def some(count: int) -> None:
        for number in range(count):
            about = asked(
                created=chicago("2026-11-03T08:00") + timedelta(hours=number), status=("new", "tried", "closed")[number % 3],
                first_contact=chicago("2026-11-20T08:00"), location=Location.objects.all()[number % 2],
                shared_answers=json.dumps({"outcome": "REVIEW"}) if number % 2 else "",
            )  # fmt: skip
            StatusChange.objects.create(
                request=about,
                version=2,
                from_status="time_set",
                to_status="attended",
                at=chicago("2026-11-18T08:00"),
            )

    some(2)
    few = queries()
    some(60)

    assert queries() == few
    assert ConsultationRequest.objects.count() == 62


@pytest.mark.parametrize("who", ["sam", "eli", "rae"])
@pytest.mark.parametrize("path", ["/desk/reports/", "/desk/reports/csv/"])
def test_other_staff_see_no_numbers(
    request: pytest.FixtureRequest, client_for: ClientFor, practice: Practice, who: str, path: str
) -> None:
    assert client_for(request.getfixturevalue(who)).get(path).status_code == 403
    assert Client().get(path).status_code == 302

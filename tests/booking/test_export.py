"""The queue as a file: whole, in its order, harmless in a spreadsheet, audited, and never held in memory whole."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import export, queue
from booking.models import ConsultationRequest
from clinic.audit import AuditEntry
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


def rows_of(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_file_holds_the_tab_with_its_filters_in_its_order(desk: Client, ada: StaffMember) -> None:
    north = Location.objects.get(slug="north")
    asked(name="Waits", location=north, owner=ada)
    asked(name="Urgent", location=north, owner=ada, mark="call_today", needs_text="hearing", attempts=2)
    asked(name="Elsewhere", owner=ada)
    asked(name="Done", location=north, owner=ada, status="closed", closing_reason="charted")

    answer = desk.post("/desk/export/", {"show": "all", "location": "north", "owner": str(ada.pk)})

    rows = rows_of(answer)
    assert [row["Patient"] for row in rows] == ["Urgent", "Waits"]
    assert (
        rows[0]
        | {
            "Mark": "Call today",
            "Phone": "(512) 555-0140",
            "Needs": "Help with hearing",
            "Owner": "Ada",
            "Tries": "2",
        }
        == rows[0]
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="requests-all-')
    assert [row["Closed because"] for row in rows_of(desk.post("/desk/export/", {"show": "closed"}))] == [
        "In the chart"
    ]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", " =1"]
)
def test_no_cell_is_a_formula(desk: Client, typed: str) -> None:
    asked(name=typed, helper_name=typed, relationship=typed, email=typed, phone="")

    (row,) = rows_of(desk.post("/desk/export/"))

    assert [row[column] for column in ("Patient", "Helper", "Related as", "E-mail")] == [f"'{typed}"] * 4


def test_export_leaves_one_line_in_the_audit_with_all_that_was_sent(desk: Client, dana: StaffMember) -> None:
    pks = [asked().pk for _each in range(3)]

    rows_of(desk.post("/desk/export/"))

    rows = list(AuditEntry.objects.values_list("by", "action", "subject", "subject_ids"))
    assert rows == [(dana.pk, "exported", "request", pks)]


def test_nobody_exports_by_opening_an_address(desk: Client) -> None:
    assert desk.get("/desk/export/").status_code == 405
    assert not AuditEntry.objects.exists()


def test_long_file_is_read_and_sent_some_rows_at_a_time(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "CHUNK", 7)
    for number in range(30):
        asked(name=f"Patient {number}")
    ids = list(ConsultationRequest.objects.values_list("pk", flat=True))

    lines = export.csv_lines(ids)
    with CaptureQueriesContext(connection) as captured:
        first = [next(lines) for _line in range(8)]
        questions_for_the_first = len(captured)
        rest = list(lines)

    assert len(first) + len(rest) == 31
    assert questions_for_the_first == 1
    assert len(captured) == 5


def test_whoever_is_erased_while_the_file_is_sent_is_left_out(db: None) -> None:
    kept = asked(name="Kept")

    lines = list(export.csv_lines([kept.pk, kept.pk + 1]))

    assert len(lines) == 2


@pytest.mark.parametrize("posted", [{"show": "lost"}, {"owner": "\0"}, {"location": "x" * 10_000}])
def test_odd_form_sends_what_there_is(desk: Client, posted: dict[str, str]) -> None:
    asked(name="Still here")

    assert [row["Patient"] for row in rows_of(desk.post("/desk/export/", posted))] == ["Still here"]

"""What goes into the clinic's chart: every fact on its line, answers only where the patient sent them, each look noted."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from booking import chart_text, staff_words
from booking.models import BookedTime, Clinician, ConsultationRequest
from clinic.audit import AuditEntry
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

ClientFor = Callable[[StaffMember], Client]
SHARED = {
    "rules_version": "7", "outcome": "REVIEW", "language": "es", "text": {},
    "english": {
        "heading": "MILD may be an option", "reasons": ["A scan helps."],
        "lines": [{"question": "Where does it hurt?", "answers": ["Buttock", "Both legs"]}],
        "groups": [{"effect": "check", "words": "Needs a check", "points": ["A scan helps."]}],
    },
}  # fmt: skip


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


def rosa(**columns: object) -> ConsultationRequest:
    columns = {
        "name": "Rosa Sample", "for_whom": "other", "helper_name": "Lucía Sample", "relationship": "daughter",
        "phone": "+15125550123", "phone_extension": "12", "phone_is": "mine", "may_talk_with": "yes",
        "birth_date_text": "1944-03-09", "language": "es", "needs_text": "interpreter,large_print",
        "location": Location.objects.get(slug="south"), "days": ["mon", "wed"], "insurance": "medicare",
        "referrer": "Dr. Model", "voicemail_ok": "no",
    } | columns  # fmt: skip
    return asked(**columns)


def test_every_fact_stands_on_a_line_of_its_own(practice: Practice) -> None:
    lines = chart_text.of(rosa()).splitlines()

    for line in (
        "Name: Rosa Sample", "Date of birth: Mar 9, 1944", "Asked by: Lucía Sample", "Related as: daughter",
        "May talk with the helper: Yes", "Phone: (512) 555-0123, extension 12", "The number is: the helper's",
        "May leave a message: No", "Office: South office", "Days: Monday, Wednesday", "Insurance: Medicare",
        "Referred by: Dr. Model", "Language: Spanish", "Needs: An interpreter, Large print", "Status: New",
    ):  # fmt: skip
        assert line in lines, line


def test_what_was_not_said_is_left_out_but_never_a_message_that_may_not_be_left(practice: Practice) -> None:
    text = chart_text.of(asked())

    assert "Date of birth" not in text
    assert "Asked by" not in text
    assert "May leave a message: not said: do not" in text


def test_answers_stand_there_only_where_they_were_sent(practice: Practice) -> None:
    without, along = chart_text.of(asked()), chart_text.of(asked(shared_answers=json.dumps(SHARED)))

    assert "ANSWERS" not in without
    assert "Result: MILD may be an option (rules 7)" in along
    assert "Where does it hurt?: Buttock; Both legs" in along
    assert "Needs a check:\n- A scan helps." in along
    assert "not a diagnosis" in along.lower()


def test_booked_time_is_in_the_sheet(practice: Practice, dana: StaffMember) -> None:
    about = rosa(status="time_set")
    BookedTime.objects.create(
        request=about, clinician=Clinician.objects.create(name="Dr. Model"), by=dana,
        location=Location.objects.get(slug="south"), starts=datetime(2026, 12, 1, 15, 30, tzinfo=UTC),
    )  # fmt: skip

    assert "Time: Tuesday, December 1, 9:30 am (Central Time), South office, Dr. Model" in chart_text.of(
        about
    )


def test_line_breaks_in_a_name_forge_no_line(practice: Practice) -> None:
    text = chart_text.of(rosa(name="Rosa\nInsurance: Other"))

    assert "Name: Rosa Insurance: Other" in text.splitlines()


def test_sheet_is_shown_and_counts_as_an_export(desk: Client, dana: StaffMember) -> None:
    about = rosa(shared_answers=json.dumps(SHARED), name="<b>Rosa</b>")

    page = desk.get(f"/desk/{about.pk}/chart-sheet/")

    assert page.status_code == 200
    assert "Where does it hurt?" in text_of(page)
    assert "<b>Rosa" not in page.content.decode()
    assert "readonly" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    row = AuditEntry.objects.get(action="exported")
    assert (row.by, row.subject_ids) == (dana, [about.pk])
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["sam", "eli", "rae"])
def test_other_staff_see_no_sheet(
    request: pytest.FixtureRequest, client_for: ClientFor, practice: Practice, who: str
) -> None:
    about = rosa()

    assert client_for(request.getfixturevalue(who)).get(f"/desk/{about.pk}/chart-sheet/").status_code == 403
    assert Client().get(f"/desk/{about.pk}/chart-sheet/").status_code == 302
    assert not AuditEntry.objects.exists()


def test_request_that_is_gone_has_no_sheet(desk: Client) -> None:
    assert desk.get("/desk/4711/chart-sheet/").status_code == 404


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("You checked no warning sign.", "No warning sign was checked."),
        ("You checked nothing that needs a plan first.", "Nothing that needs a plan first was checked."),
        ("They are in pain. You checked no sign.", "They are in pain. No sign was checked."),
        ("You checked: fever.", "You checked: fever."),
    ],
)
def test_staff_reads_what_was_not_chosen_as_said_of_nobody(read: str, told: str) -> None:
    text = {"heading": "x", "groups": [{"effect": "toward", "points": [read]}]}

    assert staff_words.of(text)["groups"][0]["points"] == [told]


def test_text_without_groups_stays_as_it_is() -> None:
    assert staff_words.of({"reasons": ["x"]}) == {"reasons": ["x"]}

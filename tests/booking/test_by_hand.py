"""A request that came by phone or fax, typed by the staff: the same checks, the same queue, stored once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from booking.models import ConsultationRequest
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, hidden, text_of
from tests.booking.desk import last_line


@pytest.fixture
def desk(client_for: Callable[[StaffMember], Client], dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


@pytest.fixture
def heard(desk: Client) -> dict[str, Any]:
    """What Dana heard on the phone."""
    return {
        "begun": hidden(desk.get("/desk/new/"), "begun"),
        "came_by": "phone",
        "patient_kind": "new",
        "for_whom": "self",
        "name": "Rosa Sample",
        "phone": "(512) 555-0123",
        "location": "south",
        "language": "es",
        "needs": ["hearing"],
        "told": "on",
    }


def test_call_is_added_to_the_same_queue(desk: Client, heard: dict[str, Any], dana: StaffMember) -> None:
    answer = desk.post("/desk/new/", heard | {"mark": "call_today", "email": "rosa@example.com"})

    about = ConsultationRequest.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/desk/{about.pk}/"
    assert (about.name, about.phone, about.mark, about.came_by) == (
        "Rosa Sample",
        "+15125550123",
        "call_today",
        "phone",
    )
    assert (about.agreement, about.needs, about.status) == ("told", ["hearing"], "new")
    assert about.due is not None
    assert last_line(about) == ("added", "phone", "")
    # To the patient, in her language; not to the staff, who have just typed it.
    assert [(mail.kind, mail.subject) for mail in Message.objects.all()] == [
        ("received", "Recibimos su solicitud")
    ]
    rows = AuditEntry.objects.values_list("by", "action", "subject_ids")
    assert list(rows) == [(dana.pk, "added", [about.pk])]
    page = text_of(desk.get(f"/desk/{about.pk}/"))
    assert "Dana added it by hand (phone)." in page
    assert "came by: Phone" in page
    assert "Rosa Sample" in text_of(desk.get("/desk/"))


def test_what_the_caller_said_is_kept_as_a_note_that_nobody_outside_reads(
    desk: Client, heard: dict[str, Any]
) -> None:
    said = "She can come after the 3rd.\r\nRing twice."

    sent = [desk.post("/desk/new/", heard | {"note": said}) for _click in "12"]

    about = ConsultationRequest.objects.get()
    assert [answer.status_code for answer in sent] == [303, 303]
    line = about.status_changes.get()
    assert (line.kind, line.note) == ("added", "She can come after the 3rd.\nRing twice.")
    assert "She can come after the 3rd." in text_of(desk.get(f"/desk/{about.pk}/"))
    assert "after the 3rd" not in text_of(Client().get(f"/r/{about.link_token}/"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM booking_statuschange")
        assert "after the 3rd" not in str(cursor.fetchall())


def test_note_that_is_too_long_stores_nothing_and_is_shown_again(desk: Client, heard: dict[str, Any]) -> None:
    page = desk.post("/desk/new/", heard | {"note": "long " * 500})

    assert page.status_code == 422
    assert "This note has 2,499 characters; we keep 2,000." in text_of(page)
    assert "long long long" in text_of(page)
    assert not ConsultationRequest.objects.exists()


def test_note_goes_along_past_the_question_whether_it_is_here_already(
    desk: Client, heard: dict[str, Any]
) -> None:
    asked(name="Rosita Sample", phone="+15125550123")

    page = desk.post("/desk/new/", heard | {"note": "Words of Dana"})

    assert 'name="note" value="Words of Dana"' in page.content.decode()


def test_fax_for_someone_else_needs_nobody_told(desk: Client, heard: dict[str, Any]) -> None:
    faxed = heard | {
        "came_by": "fax",
        "for_whom": "other",
        "name": "Dr. Model's office",
        "patient_name": "Walter Placeholder",
        "told": "",
    }

    desk.post("/desk/new/", faxed)

    about = ConsultationRequest.objects.get()
    assert (about.name, about.helper_name, about.agreement) == (
        "Walter Placeholder",
        "Dr. Model's office",
        "fax",
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Write the name of the person who asks."),
        ({"phone": ""}, "Write a phone number or an e-mail address."),
        ({"phone": "12"}, "Check this phone number."),
        ({"told": ""}, "Tell them first, then choose this box."),
        ({"came_by": ""}, "Choose how the request came."),
        ({"came_by": "website"}, "not one of the available choices"),
        ({"birth_day": "31", "birth_month": "2", "birth_year": "1948"}, "Check the day of birth."),
        ({"for_whom": "other"}, "Write the name of the patient."),
        ({"mark": "purple"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_all_is_kept(
    desk: Client, heard: dict[str, Any], wrong: dict[str, str], words: str
) -> None:
    page = desk.post("/desk/new/", heard | {"referrer": "Dr. Kept"} | wrong)

    assert page.status_code == 422
    assert words in text_of(page)
    assert "Dr. Kept" in page.content.decode()
    assert not ConsultationRequest.objects.exists()


def test_same_person_is_shown_before_anything_is_saved(desk: Client, heard: dict[str, Any]) -> None:
    there = asked(name="Rosita Sample", phone="+15125550123")

    page = desk.post("/desk/new/", heard)

    assert page.status_code == 200
    assert f"Rosita Sample {there.reference} same phone" in text_of(page)
    assert ConsultationRequest.objects.count() == 1
    assert AuditEntry.objects.latest("pk").subject_ids == [there.pk]
    assert 'name="phone" value="(512) 555-0123"' in page.content.decode()
    assert desk.post("/desk/new/", heard | {"anyway": "on"}).status_code == 303
    assert ConsultationRequest.objects.count() == 2


def test_second_click_stores_nothing_twice(desk: Client, heard: dict[str, Any]) -> None:
    first = desk.post("/desk/new/", heard)

    second = desk.post("/desk/new/", heard)

    assert first.headers["Location"] == second.headers["Location"]
    assert ConsultationRequest.objects.count() == 1


def test_form_without_its_seal_is_shown_again(desk: Client, heard: dict[str, Any]) -> None:
    page = desk.post("/desk/new/", heard | {"begun": "tampered"})

    assert page.status_code == 422
    assert "Rosa Sample" in page.content.decode()
    assert not ConsultationRequest.objects.exists()


def test_no_agreement_is_asked_of_the_staff(desk: Client) -> None:
    html = desk.get("/desk/new/").content.decode()

    assert 'name="agree"' not in html
    assert 'name="share_answers"' not in html
    assert 'autocomplete="tel"' not in html


def test_form_speaks_of_the_patient_and_never_as_the_patient(desk: Client) -> None:
    words = text_of(desk.get("/desk/new/"))

    assert not re.findall(r"\b(?:I am|I pay|Mine|my|me|your)\b", words)
    assert "They are not sure" in words

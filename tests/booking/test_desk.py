"""The front desk: who comes first, what a page shows, and what happens when two people work at once."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from booking.models import ConsultationRequest
from clinic.audit import AuditEntry
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: object) -> Client:
    """Dana's browser."""
    return client_for(dana)


def test_list_and_view_leave_one_audit_row_each(desk: Client, dana: StaffMember) -> None:
    about = asked()

    desk.get("/desk/")
    desk.get(f"/desk/{about.pk}/")

    rows = list(AuditEntry.objects.order_by("pk").values_list("by", "action", "subject", "subject_ids"))
    assert rows == [
        (dana.pk, "listed", "request", [about.pk]),
        (dana.pk, "viewed", "request", [about.pk]),
    ]


def test_move_is_saved_and_told(desk: Client) -> None:
    about = asked()

    response = desk.post(f"/desk/{about.pk}/", {"to": "tried", "version": "1", "note": "No answer, try at 4"})
    page = desk.get(response.headers["Location"])

    assert response.status_code == 303
    assert "is now: Contact tried." in text_of(page)
    assert "No answer, try at 4" in text_of(page)
    assert "Dana moved it from New to Contact tried" in text_of(page)


def test_page_offers_only_the_moves_that_are_allowed(desk: Client) -> None:
    about = asked(status="attended")

    html = desk.get(f"/desk/{about.pk}/").content.decode()

    assert 'name="to" value="closed"' in html
    assert 'value="time_set"' not in html


def test_second_person_keeps_the_note_and_learns_who_was_faster(
    desk: Client, client_for: ClientFor, ada: StaffMember
) -> None:
    about = asked()
    client_for(ada).post(f"/desk/{about.pk}/", {"to": "waiting", "version": "1"})

    page = desk.post(f"/desk/{about.pk}/", {"to": "tried", "version": "1", "note": "Left a message"})

    assert page.status_code == 409
    assert "Ada moved it from New to Waiting" in text_of(page)
    assert ">\nLeft a message</textarea>" in page.content.decode()
    again = desk.post(f"/desk/{about.pk}/", {"to": "tried", "version": "2", "note": "Left a message"})
    assert again.status_code == 303


def test_illegal_move_is_explained_and_keeps_the_note(desk: Client) -> None:
    about = asked()

    page = desk.post(f"/desk/{about.pk}/", {"to": "attended", "version": "1", "note": "She came"})

    assert page.status_code == 409
    assert "She came" in page.content.decode()
    about.refresh_from_db()
    assert about.status == "new"


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"to": "tried"},
        {"to": "lost", "version": "1"},
        {"to": "tried", "version": "1", "note": "x" * 3000},
    ],
)
def test_form_that_makes_no_sense_is_shown_again(desk: Client, posted: dict[str, str]) -> None:
    about = asked()

    page = desk.post(f"/desk/{about.pk}/", posted)

    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


def test_shared_answers_are_shown_in_english_words_with_their_rules(desk: Client) -> None:
    text = {"heading": "Quizás", "lines": [{"question": "¿Qué?", "answers": ["Sentarse"]}], "reasons": []}
    english = {"heading": "MILD may be an option", "lines": [], "reasons": ["A reason"]}
    about = asked(
        shared_answers=json.dumps(
            {"rules_version": "2026.1", "language": "es", "text": text, "english": english}
        )
    )

    shown = text_of(desk.get(f"/desk/{about.pk}/"))

    assert "MILD may be an option" in shown
    assert "rules version 2026.1" in shown
    assert "Sentarse" in shown


def test_unknown_request_is_not_found(desk: Client) -> None:
    assert desk.get("/desk/999/").status_code == 404
    assert desk.get(f"/desk/{10**30}/").status_code == 404


# Doors


@pytest.mark.parametrize("address", ["/desk/", "/desk/{pk}/"])
def test_stranger_is_asked_to_sign_in(client: Client, db: None, address: str) -> None:
    about = asked()

    for send in (client.get, client.post):
        response = send(address.format(pk=about.pk))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/staff/sign-in/?next=/desk/")


@pytest.mark.parametrize("address", ["/desk/", "/desk/{pk}/"])
def test_staff_without_the_right_are_refused(
    client_for: ClientFor, eli: StaffMember, rae: StaffMember, sam: StaffMember, address: str
) -> None:
    about = asked()

    for person in (eli, rae, sam):
        assert client_for(person).get(address.format(pk=about.pk)).status_code == 403


def test_admin_may_work_at_the_desk_and_only_look_in_the_admin(
    client_for: ClientFor, ada: StaffMember, practice: object
) -> None:
    about = asked(needs_text="hearing")
    browser = client_for(ada)
    place = "/admin/booking/consultationrequest/"

    listed, viewed = browser.get(place), browser.get(f"{place}{about.pk}/change/")
    history = browser.get(f"{place}{about.pk}/history/")

    assert browser.get("/desk/").status_code == 200
    assert (listed.status_code, viewed.status_code, history.status_code) == (200, 200, 200)
    assert "no-store" in history.headers["Cache-Control"]
    assert "hearing" not in viewed.content.decode()
    assert browser.get(f"{place}add/").status_code == 403
    assert browser.post(f"{place}{about.pk}/delete/").status_code == 403
    assert browser.post(f"{place}{about.pk}/change/", {"name": "X"}).status_code == 403
    rows = AuditEntry.objects.order_by("pk").values_list("by", "action", "subject_ids")
    assert list(rows) == [(ada.pk, action, [about.pk]) for action in ("listed", "viewed", "viewed", "listed")]
    assert ConsultationRequest.objects.get().name == about.name


@pytest.mark.parametrize("column", ["name__startswith=R", "phone__contains=555", "birth_hash__startswith=a"])
def test_no_name_can_be_searched_by_an_address_of_the_admin(
    client_for: ClientFor, ada: StaffMember, column: str
) -> None:
    place = "/admin/booking/consultationrequest/"

    assert client_for(ada).get(f"{place}?status__exact=new").status_code == 200
    assert client_for(ada).get(f"{place}?{column}").status_code == 400


def test_note_outlives_signing_in_again_in_another_window(dana: StaffMember, practice: object) -> None:
    about = asked()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(dana)

    page = browser.post(f"/desk/{about.pk}/", {"to": "tried", "version": "1", "note": "Call after five"})

    assert page.status_code == 403
    assert "Call after five" in page.content.decode()
    assert ConsultationRequest.objects.get().status == "new"


def test_form_without_a_token_tells_a_stranger_nothing(practice: object) -> None:
    about = asked(name="Frank Example")

    answer = Client(enforce_csrf_checks=True).post(f"/desk/{about.pk}/", {"to": "tried", "version": "1"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/staff/sign-in/")


def test_filter_with_a_character_that_no_database_takes_is_refused(
    client_for: ClientFor, ada: StaffMember
) -> None:
    assert client_for(ada).get("/admin/booking/consultationrequest/?status__exact=%00").status_code == 400

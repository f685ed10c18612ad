"""The booking form: what it asks, what it refuses, and that it never loses what was typed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.booking.conftest import REVIEW_ANSWERS, Typed, hidden, keep_answers, text_of


def test_form_needs_no_database_and_no_session(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = client.get("/book/")

    assert page.status_code == 200
    assert "This is a request, not an appointment." in text_of(page)
    assert "session" not in page.cookies
    assert page.headers["Cache-Control"] == "no-store"


def test_filling_in_the_form_needs_no_database_either(
    client: Client, db: None, typed: Typed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = client.post("/book/", typed)

    assert 'data-step="review"' in page.content.decode()


def test_form_speaks_spanish_under_es(client: Client) -> None:
    page = client.get("/es/book/")

    assert page.status_code == 200
    assert '<html lang="es">' in page.content.decode()
    assert 'action="/es/book/"' in page.content.decode()


def test_every_field_of_the_contract_is_on_the_page(client: Client) -> None:
    keep_answers(client, REVIEW_ANSWERS | {"weaker": "yes"})

    html = client.get("/book/").content.decode()

    names = (
        "patient_kind for_whom name relationship patient_name phone_is may_talk_with birth_month birth_day"
        " birth_year phone email contact_by best_time voicemail_ok location days day_parts insurance referrer"
        " language needs mark_urgency share_answers agree"
    )
    for name in names.split():
        assert f'name="{name}"' in html, name


def test_complete_form_leads_to_the_review(review_of: Callable[[Typed], Any], typed: Typed) -> None:
    page = review_of(typed)

    html = page.content.decode()
    assert 'data-step="review"' in html
    assert 'action="/book/send/"' in html
    assert "(512) 555-0123" in html
    assert "Mornings" in html


@pytest.mark.parametrize("missing", ["patient_kind", "for_whom", "name", "agree"])
def test_required_field_left_empty_shows_the_form_again(client: Client, typed: Typed, missing: str) -> None:
    del typed[missing]

    page = client.post("/book/", typed)

    html = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error: " in html
    assert "error-summary" in html
    assert f'href="#id_{missing}' in html
    if missing != "name":
        assert 'value="Rosa Sample"' in html


def test_empty_form_is_not_taken_for_an_unsent_one(client: Client) -> None:
    page = client.post("/book/", {})

    assert page.status_code == 422


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "", "contact_by": ""}, "phone"),
        ({"contact_by": "text", "phone": "", "email": "rosa@example.com"}, "phone"),
        ({"contact_by": "email"}, "email"),
        ({"phone": "555-0123"}, "phone"),
        ({"phone": "call me"}, "phone"),
        ({"email": "rosa at example"}, "email"),
        ({"email": "rosa@example.com\r\nBcc: all@example.com"}, "email"),
        ({"email": '"\x1b[31m"@example.com'}, "email"),
        ({"email": "rosa@\u202eelpmaxe.com"}, "email"),
        ({"phone": "+49 123456789012345"}, "phone"),
        ({"name": "Rosa\x00Sample"}, "name"),
        ({"name": "Rosa\u202eelpmaS"}, "name"),
        ({"name": "..."}, "name"),
        ({"name": "R" * 200}, "name"),
        ({"for_whom": "other"}, "patient_name"),
        ({"location": "moon"}, "location"),
        ({"days": ["mon", "never"]}, "days"),
        ({"birth_month": "13"}, "birth_month"),
        ({"birth_day": "31"}, "birth_day"),
        ({"birth_year": "48"}, "birth_year"),
        ({"birth_year": "2999"}, "birth_year"),
        ({"birth_day": ""}, "birth_day"),
    ],
)
def test_wrong_box_is_named_and_only_that_one(
    client: Client, typed: Typed, changed: Typed, field: str
) -> None:
    page = client.post("/book/", typed | changed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


@pytest.mark.parametrize(
    "written", ["512-555-0123", "512.555.0123", "+1 512 555 0123", "1 (512) 555 0123", "  5125550123 "]
)
def test_phone_is_understood_in_any_usual_writing(
    review_of: Callable[[Typed], Any], typed: Typed, written: str
) -> None:
    page = review_of(typed | {"phone": written})

    assert "(512) 555-0123" in text_of(page)


@pytest.mark.parametrize(
    "name", ["José Núñez", "Nguyễn Thị Hoa", "王小明", "فاطمة الزهراء", "O’Neill-Smith", "क्षमा"]
)
def test_names_come_in_every_script(review_of: Callable[[Typed], Any], typed: Typed, name: str) -> None:
    page = review_of(typed | {"name": name})

    assert name in text_of(page)


def test_markup_in_a_name_stays_text(review_of: Callable[[Typed], Any], typed: Typed) -> None:
    page = review_of(typed | {"name": "<script>alert(1)</script>Rosa"})

    assert "<script>" not in page.content.decode()


OWN_REACH, OWN_BIRTH = {"tel", "email"}, {"bday-month", "bday-day", "bday-year"}


def filled_in_by_browser(html: str) -> set[str]:
    return set(re.findall(r'autocomplete="([a-z-]+)"', html)) & (OWN_REACH | OWN_BIRTH)


@pytest.mark.parametrize(("who", "offered"), [("self", OWN_REACH | OWN_BIRTH), ("other", set())])
def test_browser_fills_in_own_details_but_not_those_of_someone_else(
    client: Client, typed: Typed, who: str, offered: set[str]
) -> None:
    shown_again = client.post("/book/", typed | {"for_whom": who, "agree": ""})
    keep_answers(client, {"who": who})
    after_the_check = client.get("/book/")

    assert shown_again.status_code == 422
    for page in (shown_again, after_the_check):
        assert page.context["form"]["for_whom"].value() == who
        assert filled_in_by_browser(page.content.decode()) == offered


def test_nobodys_birth_date_is_filled_in_before_they_say_for_whom_they_ask(client: Client) -> None:
    html = client.get("/book/").content.decode()

    assert filled_in_by_browser(html) == OWN_REACH


def test_person_who_checked_for_someone_else_is_not_asked_again(client: Client) -> None:
    keep_answers(client, {"who": "other"})

    page = client.get("/book/")

    assert page.context["form"]["for_whom"].value() == "other"


def test_hidden_box_filled_in_by_a_browser_loses_nothing(client: Client, typed: Typed) -> None:
    page = client.post("/book/", typed | {"website": "https://example.com"})

    html = page.content.decode()
    assert page.status_code == 422
    assert "(512) 555-0100" in html
    assert 'value="Rosa Sample"' in html
    assert "https://example.com" not in html


def test_form_sent_too_fast_is_shown_again_and_can_be_resent(
    client: Client, typed: Typed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOOKING_MINIMUM_SECONDS = 60
    begun = hidden(client.get("/book/"), "begun")

    fast = client.post("/book/", typed | {"begun": begun})
    settings.BOOKING_MINIMUM_SECONDS = 0.001
    again = client.post("/book/", typed | {"begun": hidden(fast, "begun")})

    assert fast.status_code == 422
    assert 'value="Rosa Sample"' in fast.content.decode()
    assert again.status_code == 200
    assert 'data-step="review"' in again.content.decode()


def test_form_without_its_time_is_too_fast_where_a_time_is_asked(
    client: Client, typed: Typed, settings: Settings
) -> None:
    settings.BOOKING_MINIMUM_SECONDS = 1

    page = client.post("/book/", typed)

    assert page.status_code == 422


def test_missing_token_shows_the_form_again_with_everything_typed(typed: Typed) -> None:
    strict = Client(enforce_csrf_checks=True)

    page = strict.post("/book/", typed)

    html = page.content.decode()
    assert page.status_code == 403
    assert 'value="Rosa Sample"' in html
    assert 'name="days" value="wed"' in html.replace('id="id_days_2" ', "")
    assert page.context["form"]["days"].value() == ["mon", "wed"]
    assert "Nothing you wrote is lost" in html


def test_ticks_survive_a_form_that_is_shown_again_unjudged(client: Client, typed: Typed) -> None:
    keep_answers(client, REVIEW_ANSWERS)
    review = client.post("/book/", typed | {"share_answers": "on"})

    page = client.post("/book/", {"change": "on", "request": hidden(review, "request")}).content.decode()

    for name in ("agree", "share_answers"):
        box = re.search(rf'<input type="checkbox" name="{name}"[^>]*>', page)
        assert box
        assert "checked" in box[0]
        assert box[0].count("value=") == 1


def test_current_patient_is_shown_the_phone_first(client: Client, typed: Typed, practice: Any) -> None:
    first = client.post("/book/", typed | {"patient_kind": "current"})
    html = first.content.decode()
    again = client.post("/book/", typed | {"patient_kind": "current", "anyway": "on"})

    assert first.status_code == 200
    assert "(512) 555-0100" in html
    assert 'name="anyway" value="on"' in html
    assert hidden(first, "name") == "Rosa Sample"
    assert 'data-step="review"' in again.content.decode()


@pytest.mark.parametrize(
    ("at", "says", "not_said"),
    [
        ("2026-11-24T18:00:00Z", "so a call is the fastest way.", "We are closed now"),
        (
            "2026-11-22T03:00:00Z",
            "closed now, until Monday, November 23, 8 am (Central Time).",
            "fastest way.",
        ),
    ],
)
def test_current_patient_hears_when_somebody_answers_the_phone(
    client: Client, typed: Typed, practice: Any, at: str, says: str, not_said: str
) -> None:
    with time_machine.travel(at, tick=False):
        html = client.post("/book/", typed | {"patient_kind": "current"}).content.decode()

    assert says in html
    assert not_said not in html


def test_review_shows_what_was_left_out_with_a_way_to_choose_it(
    review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    left_out = ("location", "days", "day_parts", "insurance", "referrer")

    page = review_of({name: value for name, value in typed.items() if name not in left_out}).content.decode()

    for anchor in ("when", "insurance"):
        section = page.split(f'<section aria-labelledby="{anchor}">')[1].split("</section>")[0]
        assert "Nothing chosen" in section
        assert f"/book/#{anchor}" in section
        assert "Change" in section


def test_current_patient_who_goes_on_is_not_stopped_again_after_a_mistake(
    client: Client, typed: Typed
) -> None:
    page = client.post("/book/", typed | {"patient_kind": "current", "anyway": "on", "phone": "1"})

    assert page.status_code == 422
    assert 'name="anyway" value="on"' in page.content.decode()


def test_plain_form_does_not_carry_the_word_anyway(client: Client) -> None:
    page = client.get("/book/")

    assert 'name="anyway"' not in page.content.decode()


@pytest.mark.parametrize(
    ("given", "lead"),
    [
        ({"emerg": ["e_saddle"]}, "Get emergency care now"),
        ({"emerg": ["not_sure"], "today": ["t_fever"]}, "Please call us or your doctor today"),
    ],
)
def test_urgent_answers_put_the_phone_before_the_form(client: Client, given: Typed, lead: str) -> None:
    keep_answers(client, given)

    text = text_of(client.get("/book/"))

    assert lead in text
    assert text.index(lead) < text.index("Ask for a consultation", text.index("Emergency?"))


def test_no_field_is_called_optional_that_may_be_asked_for(client: Client, typed: Typed) -> None:
    page = client.post("/book/", typed | {"for_whom": "other", "phone": "", "email": "", "contact_by": ""})

    text = text_of(page)
    assert page.status_code == 422
    for label in ("Name of the patient", "Phone number", "E-mail address"):
        assert label in text
        assert f"{label} (optional)" not in text


def test_weekdays_of_the_spanish_form_begin_with_a_capital(client: Client) -> None:
    html = client.get("/es/book/").content.decode()

    assert ">Lunes</label>" in html


@pytest.mark.parametrize(
    ("path", "hours"),
    [
        ("/book/", "We work Monday to Friday, 8 am to 5 pm."),
        ("/es/book/", "Nuestro horario: lunes a viernes, 8 am a 5 pm."),
    ],
)
def test_who_chooses_days_sees_when_we_work(client: Client, practice: Any, path: str, hours: str) -> None:
    assert hours in text_of(client.get(path))

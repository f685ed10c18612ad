"""Finding somebody at the desk by whatever they say on the phone; closed, merged and changed requests too."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import actions
from booking.choices import ErasureReason
from booking.contact_wishes import ContactWishes
from booking.erasure import erase
from booking.models import ConsultationRequest, SearchWord, birth_hash
from booking.search_actions import keep_in_step
from booking.search_text import meanings, words_of_name, words_of_phone
from booking.wish import Wish
from clinic.audit import AuditEntry
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

ClientFor = Callable[[StaffMember], Client]
TODAY = date(2026, 11, 21)
BORN = date(1948, 4, 23)


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


def known(**columns: Any) -> ConsultationRequest:
    """A request that can be found."""
    about = asked(**columns)
    keep_in_step(about)
    return about


def found_by(desk: Client, typed: str) -> list[str]:
    page = desk.post("/desk/search/", {"find": typed})
    assert page.status_code == 200, page.status_code
    return sorted(card.about.name for card in page.context["shown"])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Rosa Sample", "rosa"),
        ("Rosa Sample", "SAMP"),
        ("Rosa Sample", "sample rosa"),
        ("Rosa Sample", "ro sa"),
        ("Ramón Núñez", "ramon nunez"),
        ("Ramon Nunez", "Ramón Núñez"),
        ("Nguyễn Thị Mẫu", "nguyen"),
        ("Đặng Văn A", "dang"),
        ("Mary O’Brien-Smith", "o'brien"),
        ("Mary O'Brien-Smith", "obrien"),
        ("Mary O'Brien-Smith", "smith"),
        ("Mary O'Brien-Smith", "O Brien"),
        ("Иван Петров", "петр"),
        ("ΓΙΏΡΓΟΣ", "γιωργος"),
        ("王小明", "王小"),
        ("मोहन कुमार", "कुमा"),
        ("محمد علي", "عل"),
        ("김철수", "김철"),
        ("Straße", "strasse"),
        ("Rosa Sample", "  rosa\u00a0 "),
    ],
)
def test_name_is_found_by_the_start_of_any_word_in_any_script(desk: Client, name: str, typed: str) -> None:
    known(name=name)
    known(name="Zebulon Other")

    assert found_by(desk, typed) == [name]


def test_helper_is_found_too(desk: Client) -> None:
    known(name="Rosa Sample", for_whom="other", helper_name="Lucía Beispiel")

    assert found_by(desk, "beisp") == ["Rosa Sample"]


@pytest.mark.parametrize(
    "typed",
    [
        "4/23/1948", "04/23/1948", "4-23-48", "4.23.1948", "4/23/48", "04 23 1948", "04231948", "042348",
        "1948-04-23", "April 23, 1948", "april 23rd 1948", "Apr. 23, '48", "Apr 23 1948", "23 April 1948",
        "23 de abril de 1948", "abril 23, 1948", "Rosa 4/23/1948", "sample, April 23, 1948",
    ],
)  # fmt: skip
def test_birth_date_is_found_however_it_is_written(desk: Client, typed: str) -> None:
    known(name="Rosa Sample", birth_hash=birth_hash(BORN))
    known(name="Rosa Sampler", birth_hash=birth_hash(date(1948, 4, 24)))

    assert found_by(desk, typed) == ["Rosa Sample"]


@pytest.mark.parametrize(
    "typed",
    [
        "5125550123", "(512) 555-0123", "512.555.0123", "+1 512 555 0123", "1-512-555-0123", "001 512 555 0123",
        "555-0123", "5550123", "0123", "512", "(512) 555", "555-01", "512 555 0123 ext. 4", "٥١٢٥٥٥٠١٢٣",
    ],
)  # fmt: skip
def test_phone_is_found_by_its_parts_in_any_writing(desk: Client, typed: str) -> None:
    known(name="Rosa Sample", phone="+15125550123")
    known(name="Frank Example", phone="+13035559876")

    assert found_by(desk, typed) == ["Rosa Sample"]


@pytest.mark.parametrize(
    "typed", ["+52 55 1234 5678", "011 52 55 1234 5678", "525512345678", "5512345678", "5678"]
)
def test_phone_from_abroad_is_found_with_and_without_its_country(desk: Client, typed: str) -> None:
    known(name="Luis Muestra", phone="+525512345678")

    assert found_by(desk, typed) == ["Luis Muestra"]


@pytest.mark.parametrize("typed", ["MK7-4QX", "mk7-4qx", "MK74QX", "mk7 4qx", " #mk74qx"])
def test_reference_is_found_however_it_is_said(desk: Client, typed: str) -> None:
    known(name="Rosa Sample", reference="MK7-4QX")
    known(name="Frank Example", reference="MK7-4QW")

    assert found_by(desk, typed) == ["Rosa Sample"]


def test_closed_and_merged_ones_are_found_and_say_so(desk: Client) -> None:
    goes_on = known(name="Rosa Sample")
    known(name="Rosa Sample", status="closed", closing_reason="duplicate", merged_into=goes_on)
    known(name="Rosa Sample", status="closed", closing_reason="charted")

    page = desk.post("/desk/search/", {"find": "rosa"})

    text = text_of(page)
    assert f"Closed merged into {goes_on.reference}" in text
    assert "Closed In the chart" in text
    assert page.context["shown"][0].about == goes_on


def test_what_was_erased_is_not_found(desk: Client, ada: StaffMember) -> None:
    about = known(name="Rosa Sample")
    erase(request_id=about.pk, by=ada, reason=ErasureReason.ASKED)

    page = desk.post("/desk/search/", {"find": "rosa"})

    assert "Nobody found." in text_of(page)
    assert not SearchWord.objects.exists()


def test_more_than_twenty_ask_for_more_words(desk: Client) -> None:
    for number in range(60):
        known(name=f"Pat Example {number}", status="closed" if number % 2 else "new")

    page = desk.post("/desk/search/", {"find": "exam"})

    shown = page.context["shown"]
    assert len(shown) == 20
    assert {card.about.status for card in shown} == {"new"}
    assert "More than 20 requests fit." in text_of(page)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 121, "x" * 100_000])
def test_nothing_to_look_for_or_too_much_is_explained(desk: Client, typed: str) -> None:
    page = desk.post("/desk/search/", {"find": typed})

    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["\0", "ro\0sa", "%", "_", "\\", "'; --", "12", "🙂", "\ud800", "½", "2/30/1950", "99/99/9999"]
)
def test_odd_words_find_nobody_and_break_nothing(desk: Client, typed: str) -> None:
    known(name="Frank Example")

    assert desk.post("/desk/search/", {"find": typed.encode("utf-8", "surrogatepass")}).status_code == 200
    assert found_by(desk, typed.replace("\ud800", "") or "%") == []


def test_search_leaves_one_line_in_the_audit_and_no_name_in_an_address(
    desk: Client, dana: StaffMember
) -> None:
    about = known(name="Rosa Sample")

    page = desk.post("/desk/search/", {"find": "rosa"})

    rows = list(AuditEntry.objects.values_list("by", "action", "subject", "subject_ids"))
    assert rows == [(dana.pk, "searched", "request", [about.pk])]
    assert page.headers["Cache-Control"] == "no-store"
    assert "rosa" not in str(page.headers).lower()


def test_words_outlive_signing_in_again_in_another_window(dana: StaffMember, practice: Practice) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(dana)

    page = browser.post("/desk/search/", {"find": "Rosa Sample"})

    assert page.status_code == 403
    assert 'value="Rosa Sample"' in page.content.decode()


# In step


def test_request_is_found_from_the_moment_it_is_sent(desk: Client) -> None:
    wish = Wish(
        name="Rosa Sample", helper_name="Lucía", phone="+15125550123", agreement="2026-11", birth_date=BORN
    )

    actions.send_request(send_token="1", wish=wish)

    for typed in ("sample", "lucia", "0123", "4/23/48"):
        assert found_by(desk, typed) == ["Rosa Sample"], typed


def test_new_number_is_found_and_the_old_one_no_more(desk: Client) -> None:
    wish = Wish(name="Rosa Sample", phone="+15125550123", agreement="2026-11")
    about = actions.send_request(send_token="1", wish=wish)

    actions.change_contact(
        request_id=about.pk,
        wishes=ContactWishes("+13035550177", "", "", False, contact_by="call", best_time="", voicemail_ok=""),
    )

    assert found_by(desk, "0177") == ["Rosa Sample"]
    assert found_by(desk, "0123") == []
    assert found_by(desk, "rosa") == ["Rosa Sample"]


def test_requests_of_before_get_their_words_by_migration(db: None) -> None:
    about = asked(name="Rosa Sample", phone="+15125550123")
    fill = import_module("booking.migrations.0008_words_to_find").fill

    fill(apps, connection.schema_editor())

    words = set(SearchWord.objects.filter(request=about).values_list("word", flat=True))
    assert words == {"rosa", "sample", "5125550123", "5550123", "0123"}


# The pure part


def test_very_long_words_fit_the_column() -> None:
    assert all(len(word) <= 120 for word in words_of_name("ﷺ" * 120))
    assert all(len(name) <= 120 for each in meanings("ﷺ" * 120, today=TODAY) for name in each.names)


def test_two_digit_years_may_mean_either_century_but_no_day_to_come() -> None:
    assert meanings("4/23/20", today=TODAY)[0].born == (date(1920, 4, 23), date(2020, 4, 23))
    assert meanings("4/23/48", today=TODAY)[0].born == (date(1948, 4, 23),)


def test_short_and_empty_numbers_have_no_words_too_many() -> None:
    assert words_of_phone("") == set()
    assert words_of_phone("+15125550123") == {"5125550123", "5550123", "0123"}


# The cost


def test_search_asks_the_database_as_often_for_sixty_as_for_one(desk: Client) -> None:
    questions = []
    for number in (1, 59):
        for _each in range(number):
            known(name="Rosa Sample")
        with CaptureQueriesContext(connection) as captured:
            found_by(desk, "rosa sam")
        questions.append(len(captured))

    assert questions[0] == questions[1] <= 10

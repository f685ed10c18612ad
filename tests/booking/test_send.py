"""Sending a request: stored once, found again, and never lost."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from booking import actions
from booking.models import ConsultationRequest, birth_hash
from booking.wish import Wish
from clinic.encryption import encrypt
from tests.booking.conftest import REVIEW_ANSWERS, Typed, hidden, keep_answers, text_of


def test_request_is_stored_as_it_was_typed(client: Client, sealed: str) -> None:
    response = client.post("/book/send/", {"request": sealed})

    stored = ConsultationRequest.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == "/book/sent/"
    assert stored.name == "Rosa Sample"
    assert stored.phone == "+15125550123"
    assert stored.location is not None
    assert stored.location.slug == "north"
    assert (stored.days, stored.day_parts, stored.needs) == (
        ["mon", "wed"],
        ["morning"],
        ["hearing", "large_print"],
    )
    assert str(stored.birth_date) == "1948-04-23"
    assert stored.agreement


def test_request_for_someone_else_keeps_patient_and_helper_apart(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    review = review_of(
        typed
        | {
            "for_whom": "other",
            "name": "Lucía Sample",
            "patient_name": "Rosa Sample",
            "relationship": "daughter",
            "phone_is": "mine",
            "may_talk_with": "yes",
        }
    )
    client.post("/book/send/", {"request": hidden(review, "request")})

    stored = ConsultationRequest.objects.get()
    assert (stored.name, stored.helper_name, stored.relationship) == (
        "Rosa Sample",
        "Lucía Sample",
        "daughter",
    )
    assert (stored.phone_is, stored.may_talk_with) == ("mine", "yes")


def test_confirmation_says_what_happens_next(client: Client, sealed: str) -> None:
    page = client.post("/book/send/", {"request": sealed}, follow=True)

    stored = ConsultationRequest.objects.get()
    assert f'data-reference="{stored.reference}"' in page.content.decode()
    assert "We will call you by " in text_of(page)
    assert "This is a request, not an appointment." in text_of(page)
    assert "Rosa" not in page.content.decode()


def test_who_has_a_phone_alone_keeps_the_link_and_says_the_reference(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    page = review_of(typed | {"email": "", "contact_by": "text"})
    client.post("/book/send/", {"request": hidden(page, "request")})
    stored = ConsultationRequest.objects.get()

    html = client.get("/book/sent/").content.decode()

    assert "Say this reference when you call us." in html
    assert "Only the link opens your own page. The reference alone does not." in html
    assert "copy the link to a place that is yours" in html
    assert f">http://testserver/r/{stored.link_token}/</textarea>" in html
    assert "If we call you, our call shows as" in html


def test_cookie_holds_only_the_key_to_the_confirmation(client: Client, sealed: str) -> None:
    response = client.post("/book/send/", {"request": sealed})

    cookie = response.cookies["sent"]
    assert cookie.value == ConsultationRequest.objects.get().send_token
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "session" not in response.cookies


def test_confirmation_is_not_shown_to_another_browser(client: Client, sealed: str) -> None:
    client.post("/book/send/", {"request": sealed})

    page = Client().get("/book/sent/")

    assert page.status_code == 404
    assert "data-reference" not in page.content.decode()
    assert "(512) 555-0100" in text_of(page)


@pytest.mark.parametrize("odd", ["x", '"\\000"', "a" * 5000, "é"])
def test_odd_cookie_shows_nobody_elses_request(client: Client, db: None, odd: str) -> None:
    page = client.get("/book/sent/", headers={"cookie": f"sent={odd}"})

    assert page.status_code == 404


def test_request_that_is_finished_at_the_desk_still_has_its_confirmation(client: Client, sealed: str) -> None:
    client.post("/book/send/", {"request": sealed})
    ConsultationRequest.objects.update(status="closed")

    page = client.post("/book/send/", {"request": sealed}, follow=True)

    assert ConsultationRequest.objects.get().reference in text_of(page)


def test_second_click_gets_the_same_confirmation(client: Client, sealed: str) -> None:
    first = client.post("/book/send/", {"request": sealed}, follow=True)
    second = client.post("/book/send/", {"request": sealed}, follow=True)

    reference = ConsultationRequest.objects.get().reference
    assert reference in text_of(first)
    assert reference in text_of(second)


def test_going_back_to_the_form_and_sending_it_again_sends_it_once(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    typed["begun"] = hidden(client.get("/book/"), "begun")
    for _time in range(2):
        client.post("/book/send/", {"request": hidden(review_of(typed), "request")})

    assert ConsultationRequest.objects.count() == 1


def test_going_back_and_asking_for_somebody_else_loses_nobody(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    typed["begun"] = hidden(client.get("/book/"), "begun")
    for name in ("Rosa Sample", "Juan Sample"):
        client.post("/book/send/", {"request": hidden(review_of(typed | {"name": name}), "request")})

    assert ConsultationRequest.objects.count() == 2


def test_change_shows_the_form_filled_in(client: Client, sealed: str) -> None:
    page = client.post("/book/", {"change": "on", "request": sealed})

    form = page.context["form"]
    assert page.status_code == 200
    assert form["name"].value() == "Rosa Sample"
    assert form["needs"].value() == ["hearing", "large_print"]
    assert "error-summary" not in page.content.decode()


@pytest.mark.parametrize("broken", ["", "nonsense", "gAAAAAB" + "x" * 80])
def test_request_that_was_tampered_with_is_refused_plainly(
    client: Client, practice: Any, broken: str
) -> None:
    page = client.post("/book/send/", {"request": broken})

    assert page.status_code == 422
    assert "(512) 555-0100" in text_of(page)
    assert 'href="/book/"' in page.content.decode()
    assert not ConsultationRequest.objects.exists()


def test_what_was_sealed_for_another_use_is_no_request(
    client: Client, practice: Any, typed: Typed, sealed: str
) -> None:
    keep_answers(client, REVIEW_ANSWERS)
    answers_cookie = client.cookies["check"].value
    begun = hidden(client.get("/book/"), "begun")

    for foreign in (answers_cookie, begun, encrypt("{}")):
        assert client.post("/book/send/", {"request": foreign}).status_code == 422
    client.cookies["check"] = sealed
    assert client.get("/check/result/")["Location"] == "/check/emerg/"


def test_request_left_lying_for_two_days_comes_back_as_a_filled_form(client: Client, sealed: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        page = client.post("/book/send/", {"request": sealed})

    assert page.status_code == 422
    assert page.context["form"]["name"].value() == "Rosa Sample"
    assert "(512) 555-0100" in text_of(page)
    assert not ConsultationRequest.objects.exists()


def test_missing_token_shows_the_review_again(sealed: str) -> None:
    strict = Client(enforce_csrf_checks=True)

    page = strict.post("/book/send/", {"request": sealed})

    assert page.status_code == 403
    assert 'data-step="review"' in page.content.decode()
    assert hidden(page, "request")
    assert not ConsultationRequest.objects.exists()


def test_visitor_who_opens_the_sending_address_is_led_to_the_form(client: Client) -> None:
    response = client.get("/book/send/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/book/"


def test_spanish_request_ends_on_the_spanish_confirmation(
    client: Client, practice: Any, typed: Typed
) -> None:
    review = client.post("/es/book/", typed)

    response = client.post("/es/book/send/", {"request": hidden(review, "request")})

    assert response.headers["Location"] == "/es/book/sent/"
    assert ConsultationRequest.objects.get().asked_in == "es"


# Limits


def test_too_many_sendings_keep_the_request_and_show_the_phone(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed, settings: Settings
) -> None:
    settings.BOOKING_LIMIT_PER_ADDRESS = 1
    client.post("/book/send/", {"request": hidden(review_of(typed), "request")})

    page = client.post("/book/send/", {"request": hidden(review_of(typed), "request")})

    assert page.status_code == 429
    assert "(512) 555-0100" in text_of(page)
    assert "Try again" in text_of(page)
    assert "Rosa Sample" in text_of(page)
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        again = client.post("/book/send/", {"request": hidden(page, "request")})
    assert again.status_code == 303


def test_second_click_is_not_counted_as_a_second_sending(
    client: Client, sealed: str, settings: Settings
) -> None:
    settings.BOOKING_LIMIT_PER_ADDRESS = 1

    statuses = [client.post("/book/send/", {"request": sealed}).status_code for _click in range(3)]

    assert statuses == [303, 303, 303]


def test_everybody_together_is_limited_too(client: Client, sealed: str, settings: Settings) -> None:
    settings.BOOKING_LIMIT_GLOBAL = 0

    page = client.post("/book/send/", {"request": sealed})

    assert page.status_code == 429


def test_reviews_are_not_counted(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed, settings: Settings
) -> None:
    settings.BOOKING_LIMIT_PER_ADDRESS = 1
    for _look in range(3):
        review_of(typed)

    response = client.post("/book/send/", {"request": hidden(review_of(typed), "request")})

    assert response.status_code == 303


# When things break


def test_database_away_keeps_the_request_for_another_try(client: Client, sealed: str) -> None:
    def gone(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(gone):
        page = client.post("/book/send/", {"request": sealed})
    again = client.post("/book/send/", {"request": hidden(page, "request")})

    assert page.status_code == 503
    assert "(512) 555-0100" in text_of(page)
    assert "Rosa Sample" in text_of(page)
    assert again.status_code == 303


def test_confirmation_says_so_when_the_database_is_away(client: Client, sealed: str) -> None:
    client.post("/book/send/", {"request": sealed})
    client.raise_request_exception = False

    def gone(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        page = client.get("/book/sent/")

    assert page.status_code == 503
    assert "(512) 555-0100" in text_of(page)


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_the_same_moment_make_one_request() -> None:
    wish = Wish(name="Rosa Sample", phone="+15125550123", agreement="2026-11")
    start = threading.Barrier(10)
    references: list[str] = []

    def click() -> None:
        start.wait()
        try:
            references.append(actions.send_request(send_token="one click", wish=wish).reference)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _each in range(10)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert ConsultationRequest.objects.count() == 1
    assert references == [ConsultationRequest.objects.get().reference] * 10


def test_reference_that_is_taken_is_drawn_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["MK7-4QX", "MK7-4QX", "BBB-222"])
    field = ConsultationRequest._meta.get_field("reference")
    monkeypatch.setitem(vars(field), "_get_default", lambda: next(drawn))
    wish = Wish(name="Rosa Sample", phone="+15125550123", agreement="2026-11")

    first = actions.send_request(send_token="a", wish=wish)
    second = actions.send_request(send_token="b", wish=wish)

    assert (first.reference, second.reference) == ("MK7-4QX", "BBB-222")


# At rest


def test_answers_needs_and_birth_date_are_unreadable_in_the_database(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    keep_answers(client, REVIEW_ANSWERS)
    review = review_of(typed | {"share_answers": "on"})
    client.post("/book/send/", {"request": hidden(review, "request")})

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM booking_consultationrequest")
        row = " ".join(str(value) for value in cursor.fetchone())

    assert "Rosa Sample" in row
    for secret in ("hearing", "large_print", "1948", "thinner", "ligament", "REVIEW", "Blood"):
        assert secret not in row, secret


def test_request_is_found_by_birth_date_all_the_same(client: Client, sealed: str) -> None:
    client.post("/book/send/", {"request": sealed})

    assert ConsultationRequest.objects.filter(birth_hash=birth_hash(date(1948, 4, 23))).exists()


def test_reference_can_be_said_on_the_phone(client: Client, sealed: str) -> None:
    client.post("/book/send/", {"request": sealed})

    reference = ConsultationRequest.objects.get().reference
    assert len(reference) == 7
    assert not set(reference) & set("01ILOU")

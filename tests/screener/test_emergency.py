"""An emergency sign is answered whatever else is wrong: no cookie, another site, a switched-off check, a huge body."""

import time
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from clinic import snapshot
from clinic.practice import Practice
from tests.screener.patients import TYPICAL, post_step, walk_through
from tests.screener.test_walk import main_of

BODY = "application/x-www-form-urlencoded"
LONG = "x" * (1024 * 1024)


def is_emergency(response: Any) -> bool:
    return response.status_code == 200 and 'data-outcome="EMERGENCY"' in main_of(response)


@pytest.fixture
def switched_off(practice: Practice) -> None:
    practice.screener_on = False
    practice.save()
    snapshot.refresh()


def test_patient_with_numb_groin_is_told_to_call_911(client: Client) -> None:
    response = client.post("/check/emerg/", {"emerg": ["e_saddle", "e_bladder"]})

    text = main_of(response)
    assert is_emergency(response)
    assert 'href="tel:911"' in text
    assert "Numbness between your legs" in text
    assert "leak pee" in text
    assert "tel:+1" in text
    assert "/book/" not in text
    assert "consult" not in text.lower()
    assert 'href="/check/emerg/"' in text
    assert response["Cache-Control"] == "no-store"


def test_spanish_page_says_the_same_in_english_for_emergency_staff(client: Client) -> None:
    text = main_of(client.post("/es/check/emerg/", {"emerg": ["e_saddle"]}))

    assert "Llame al 911" in text
    assert 'lang="en"' in text
    assert "Numbness between your legs" in text
    assert "Call 911 or go to the nearest emergency room now." in text


@pytest.mark.parametrize(
    "data",
    [
        {"emerg": ["none", "e_cold"]},
        {"emerg": ["not_sure", "e_cold"]},
        {"emerg": "e_of_a_later_release"},
        {"emerg": ["e_saddle"] * 50},
        {"emerg": "e_saddle", "age": "nonsense", "csrfmiddlewaretoken": "x"},
    ],
    ids=str,
)
def test_sign_counts_whatever_stands_beside_it(client: Client, data: Any) -> None:
    assert is_emergency(client.post("/check/emerg/", data))


def test_form_of_another_site_raises_the_alarm_but_changes_nothing(client: Client) -> None:
    walk_through(client, TYPICAL)

    response = client.post("/check/emerg/", {"emerg": "e_cold"}, headers={"Origin": "https://evil.example"})

    assert is_emergency(response)
    assert not response.cookies
    refused = client.post("/check/emerg/", {"emerg": "none"}, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "tel:" in refused.content.decode()
    assert client.post("/check/emerg/", {"emerg": "none"}, headers={"Origin": "null"}).status_code == 403
    assert client.post("/check/clear/", headers={"Origin": "https://evil.example"}).status_code == 403


def test_own_origin_is_welcome(client: Client) -> None:
    response = client.post("/check/emerg/", {"emerg": "none"}, headers={"Origin": "http://testserver"})

    assert response.status_code == 303


def test_switched_off_check_shows_phone_and_still_answers_an_emergency(
    client: Client, switched_off: None
) -> None:
    for path in ("", "emerg/", "relief/", "answers/", "result/"):
        page = client.get(f"/check/{path}")
        assert page.status_code == 200
        assert 'data-page="off"' in main_of(page)
        assert "tel:+1" in main_of(page)
    assert 'data-page="off"' in main_of(client.post("/check/emerg/", {"emerg": "none"}))
    assert is_emergency(client.post("/check/emerg/", {"emerg": "e_cold"}))


@pytest.mark.parametrize(
    "order",
    ["emerg=e_saddle&x=" + LONG, "a=1&emerg=e_saddle&x=" + LONG, f"x={LONG}&emerg=e_saddle"],
    ids=["first", "second", "last"],
)
def test_huge_form_with_a_sign_is_still_an_emergency(client: Client, order: str) -> None:
    assert is_emergency(client.post("/check/emerg/", order, content_type=BODY))


def test_sign_in_a_form_sent_in_chunks_is_still_an_emergency(client: Client) -> None:
    chunks: dict[str, Any] = {
        "wsgi.input": BytesIO(b"emerg=e_saddle"),
        "wsgi.input_terminated": True,
        "CONTENT_LENGTH": "",
    }

    assert is_emergency(client.post("/check/emerg/", HTTP_TRANSFER_ENCODING="chunked", **chunks))


def test_sign_among_too_many_fields_is_still_an_emergency(client: Client) -> None:
    many = "&".join(f"x{number}=1" for number in range(400))

    for sign in ("emerg=e_saddle", "%65merg=%65%5fsaddle"):
        assert is_emergency(client.post("/check/emerg/", f"{many}&{sign}", content_type=BODY))


@pytest.mark.parametrize(
    "body", ["x=" + LONG, "&".join(f"x{number}=1" for number in range(400))], ids=["huge", "many"]
)
def test_huge_form_without_a_sign_is_refused_with_the_phone(client: Client, body: str) -> None:
    response = client.post("/check/emerg/", body, content_type=BODY)

    assert response.status_code == 413
    assert "tel:" in response.content.decode()


def test_huge_field_on_another_step_is_refused_with_the_phone(client: Client) -> None:
    post_step(client, "emerg", TYPICAL)

    response = client.post("/check/today/", "today=" + LONG, content_type=BODY)

    assert response.status_code == 413
    assert "tel:" in response.content.decode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=&&&;%%%", BODY),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"emerg=none", BODY + "; charset=utf-7"),
        (b"--x", "multipart/form-data"),
    ],
)
def test_broken_form_gets_a_clear_page(client: Client, body: bytes, kind: str) -> None:
    response = client.post("/check/emerg/", body, content_type=kind)

    assert response.status_code in (413, 422)
    assert "tel:" in response.content.decode()


def test_sign_in_a_huge_form_of_parts_is_still_an_emergency(client: Client) -> None:
    parts = '--x\r\nContent-Disposition: form-data; name="emerg"\r\n\r\ne_saddle\r\n'
    parts += f'--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n{LONG}\r\n--x--\r\n'

    assert is_emergency(client.post("/check/emerg/", parts, content_type="multipart/form-data; boundary=x"))


def test_sign_behind_a_huge_part_is_still_an_emergency(client: Client) -> None:
    parts = f'--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n{LONG}\r\n'
    parts += '--x\r\nContent-Disposition: form-data; name="emerg"\r\n\r\ne_saddle\r\n--x--\r\n'

    assert is_emergency(client.post("/check/emerg/", parts, content_type="multipart/form-data; boundary=x"))


def test_form_made_to_keep_the_server_busy_is_read_in_one_pass(client: Client) -> None:
    line = b"name=emerg\n"

    def work(lines: int) -> float:
        began = time.process_time()
        client.post("/check/emerg/", line * lines, content_type="multipart/form-data; boundary=x")
        return time.process_time() - began

    work(30_000)
    # Twelve times the form is about twelve times the work; going over it again for each line would be 144 times.
    assert work(360_000) < 60 * work(30_000)


def test_ticked_by_mistake_leads_back_to_the_step(client: Client) -> None:
    client.post("/check/emerg/", {"emerg": "e_cold"})

    response = client.post("/check/emerg/", {"emerg": "none"})

    assert response["Location"] == "/check/today/"

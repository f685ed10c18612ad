"""A form that is too long to be read is refused with everything that was typed, to be copied."""

import html
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.booking.conftest import Typed, text_of

HUGE = "x" * 1_000_000


def send(visitor: Client, path: str, fields: Typed) -> Any:
    """As a browser sends a form without files; the test client alone would choose multipart."""
    body = urlencode(fields, doseq=True)
    return visitor.post(path, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("box", ["referrer", "name"])
def test_a_megabyte_in_one_box_loses_none_of_the_others(
    practice: Any, typed: Typed, box: str, strict: bool
) -> None:
    visitor = Client(enforce_csrf_checks=strict)

    answer = send(
        visitor,
        "/book/",
        typed | {"relationship": "Daughter <b>", "needs": ["hearing", "mobility"], box: HUGE},
    )

    page = html.unescape(answer.content.decode())
    assert answer.status_code == 413
    assert "(512) 555-0100" in text_of(answer)
    assert "How are you related?: Daughter <b>\n" in page
    assert "What would help you at the visit?: Help with hearing, Help with walking or stairs" in page
    assert f"Phone number: {typed['phone']}" in page
    assert "x" * 500 in page
    assert "x" * 501 not in page
    assert "<b>" not in answer.content.decode()


def test_it_speaks_spanish_too(practice: Any, typed: Typed) -> None:
    answer = send(Client(), "/es/book/", typed | {"referrer": HUGE})

    assert answer.status_code == 413
    assert "Su nombre: " in html.unescape(answer.content.decode())


def test_no_secret_of_the_form_is_among_what_is_given_back(practice: Any, typed: Typed) -> None:
    answer = send(Client(), "/book/", typed | {"begun": "sealed-words", "website": "robot", "referrer": HUGE})

    page = answer.content.decode()
    assert "sealed-words" not in page
    assert "robot" not in page.partition("<textarea")[2].partition("</textarea>")[0]

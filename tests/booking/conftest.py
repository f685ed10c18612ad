"""People who ask for a consultation, and the pages they fill in."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from booking.models import ConsultationRequest
from booking.references import new_reference
from screener import answers as screener_answers

Typed = dict[str, Any]

REVIEW_ANSWERS: dict[str, Any] = {
    "emerg": ["none"],
    "today": ["none"],
    "age": "50_plus",
    "where": ["buttock", "leg_both"],
    "worse": ["stand", "walk"],
    "relief": ["sit"],
    "dur": "over_6m",
    "effect": "a_lot",
    "weaker": "no",
    "balance": "no",
    "dx": "yes",
    "scan": "recent",
    "scan_says": "ligament",
    "care": "not_enough",
    "surg": "none",
    "told": ["none"],
    "before": ["thinner"],
}


@pytest.fixture
def typed() -> Typed:
    """What Rosa types for herself."""
    return {
        "patient_kind": "new",
        "for_whom": "self",
        "name": "Rosa Sample",
        "birth_month": "4",
        "birth_day": "23",
        "birth_year": "1948",
        "phone": "(512) 555-0123",
        "contact_by": "call",
        "best_time": "morning",
        "voicemail_ok": "yes",
        "location": "north",
        "days": ["mon", "wed"],
        "day_parts": ["morning"],
        "insurance": "medicare",
        "referrer": "Dr. Example",
        "language": "en",
        "needs": ["hearing", "large_print"],
        "agree": "on",
    }


def keep_answers(client: Client, given: Mapping[str, Any]) -> None:
    """Puts answers of the symptom check into this browser, as the check does."""
    response = HttpResponse()
    screener_answers.save(response, given)
    for name, morsel in response.cookies.items():
        client.cookies[name] = morsel.value


def hidden(page: Any, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page.content.decode())
    assert found, f"there is no hidden {name}"
    return unescape(found.group(1))


def text_of(page: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.fixture
def review_of(client: Client, practice: Any) -> Callable[[Typed], Any]:
    """The review page after filling in the form."""

    def filled(typed: Typed) -> Any:
        page = client.post("/book/", typed)
        assert page.status_code == 200, text_of(page)
        return page

    return filled


@pytest.fixture
def sealed(review_of: Callable[[Typed], Any], typed: Typed) -> str:
    """Rosa's request as the review page carries it."""
    return hidden(review_of(typed), "request")


def asked(**columns: Any) -> ConsultationRequest:
    """A request in the database; only what matters to the test is named."""
    columns = {
        "send_token": new_reference() * 4,
        "name": "Frank Example",
        "phone": "+15125550140",
        "patient_kind": "new",
        "for_whom": "self",
        "agreement": "2026-11",
    } | columns
    return ConsultationRequest.objects.create(**columns)

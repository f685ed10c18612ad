"""The patient's own page in a browser that hides where it comes from: look, change how to be reached, cancel."""

from collections.abc import Callable

import pytest

from booking import actions
from booking.models import ConsultationRequest
from booking.wish import Wish
from tests.browser.visitor import Visitor

PREFIXES = {"en": "", "es": "/es"}


@pytest.fixture
def rosas(new_visitor: Callable[..., Visitor]) -> ConsultationRequest:
    """Rosa's request; the clinic is there before it."""
    new_visitor()
    return actions.send_request(
        send_token="rosa",
        wish=Wish(name="Rosa Sample", phone="+15125550123", email="rosa@example.com", agreement="2026-11"),
    )


@pytest.mark.parametrize("language", PREFIXES)
def test_patient_changes_the_phone_number_and_cancels(
    new_visitor: Callable[..., Visitor], rosas: ConsultationRequest, language: str
) -> None:
    visitor = new_visitor()
    own = f"{PREFIXES[language]}/r/{rosas.link_token}/"
    visitor.open(own)
    visitor.look()

    visitor.click(visitor.main.locator('a[href$="/contact/"]'))
    visitor.type("phone", "12")
    visitor.click(visitor.main.locator('button[type="submit"]'))
    assert visitor.main.locator(".error-summary").count() == 1
    visitor.look()
    visitor.type("phone", "512 555 0177")
    visitor.click(visitor.main.locator('button[type="submit"]'))
    assert visitor.path.startswith(own)
    visitor.look()

    visitor.click(visitor.main.locator('a[href$="/cancel/"]'))
    visitor.look()
    visitor.click(visitor.main.locator('button[type="submit"]'))
    assert visitor.path == own
    visitor.look()

    rosas.refresh_from_db()
    assert (rosas.phone, rosas.status, rosas.closing_reason) == ("+15125550177", "closed", "cancelled")


@pytest.mark.parametrize("language", PREFIXES)
def test_old_link_is_met_with_kindness(new_visitor: Callable[..., Visitor], language: str) -> None:
    visitor = new_visitor()

    visitor.open(f"{PREFIXES[language]}/r/{'0' * 40}/")

    assert visitor.status == 404
    assert visitor.main.locator('a[href^="tel:+"]').count() >= 1
    visitor.look()

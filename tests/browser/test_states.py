"""Pages and states off the main path: all education pages, errors, cookies refused, the check switched off."""

from collections.abc import Callable

import pytest
from django.test import Client

from clinic import snapshot
from clinic.practice import Practice
from content import catalog
from tests.browser.markup import Markup
from tests.browser.visitor import Visitor

PREFIXES = {"en": "", "es": "/es"}


def test_every_page_is_valid_html(markup: Markup) -> None:
    """Read by the Nu checker at the end of the session, together with all else that was met."""
    for path in (*catalog.current().by_path, "/sources/", "/es/sources/"):
        answer = Client().get(path)

        assert answer.status_code == 200, path
        markup.add_text(path, answer.content.decode())


@pytest.mark.parametrize("language", PREFIXES)
def test_a_lost_visitor_finds_the_phone_number(new_visitor: Callable[..., Visitor], language: str) -> None:
    visitor = new_visitor()

    visitor.open(f"{PREFIXES[language]}/no-such-page/")

    assert visitor.status == 404
    assert visitor.main.locator('a[href^="tel:"]').count() >= 1
    visitor.look()


@pytest.mark.parametrize("language", PREFIXES)
def test_a_browser_that_refuses_cookies_is_told_so(
    new_visitor: Callable[..., Visitor], language: str
) -> None:
    visitor = new_visitor()

    visitor.open(f"{PREFIXES[language]}/check/emerg/?kept=1")

    assert visitor.main.locator('a[href="tel:911"]').count() >= 1
    assert visitor.main.locator('a[href^="tel:+"]').count() >= 1
    visitor.look()


@pytest.mark.parametrize("language", PREFIXES)
def test_a_check_that_is_switched_off_shows_the_phone_number(
    new_visitor: Callable[..., Visitor], language: str
) -> None:
    visitor = new_visitor()
    Practice.objects.update(screener_on=False)
    snapshot.refresh()

    visitor.open(f"{PREFIXES[language]}/check/")

    assert visitor.main.locator('a[href^="tel:+"]').count() >= 1
    assert visitor.main.locator("form").count() == 0
    visitor.look()


@pytest.mark.parametrize("language", PREFIXES)
def test_a_warning_sign_leads_to_a_call_today(new_visitor: Callable[..., Visitor], language: str) -> None:
    visitor = new_visitor()
    visitor.open(f"{PREFIXES[language]}/check/emerg/")
    visitor.choose("emerg", "none")
    visitor.send(field="emerg")

    visitor.choose("today", "t_fever")
    visitor.send(field="today")

    assert visitor.outcome == "CALL_TODAY"
    assert visitor.main.locator('a[href^="tel:+"]').first.is_visible()
    visitor.look()


def test_the_patient_of_today_is_shown_the_phone_first(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor()
    visitor.open("/book/")
    for name, value in {
        "patient_kind": "current",
        "for_whom": "self",
        "contact_by": "call",
        "agree": "on",
    }.items():
        visitor.choose(name, value)
    visitor.type("name", "Pat Example")
    visitor.type("phone", "512 555 0144")

    visitor.send(field="patient_kind")

    assert visitor.main.locator('[name="anyway"]').count() == 1
    visitor.look()

"""Whoever ticks an emergency sign is told to call 911, and is offered nothing else."""

import pytest

from tests.browser.visitor import Visitor

PREFIXES = {"en": "", "es": "/es"}


@pytest.mark.parametrize("language", PREFIXES)
def test_numbness_between_the_legs_leads_to_911(visitor: Visitor, language: str) -> None:
    prefix = PREFIXES[language]
    visitor.open(f"{prefix}/check/")
    visitor.click(visitor.main.locator('button[name="who"][value="other"]'))

    visitor.choose("emerg", "e_saddle", "e_cold")
    visitor.send(field="emerg")

    tells_to_call_911_and_nothing_else(visitor)
    visitor.look()


@pytest.mark.parametrize("language", PREFIXES)
def test_a_sign_outweighs_none_of_these(visitor: Visitor, language: str) -> None:
    visitor.open(f"{PREFIXES[language]}/check/emerg/")

    visitor.choose("emerg", "none", "e_bladder")
    visitor.send(field="emerg")

    tells_to_call_911_and_nothing_else(visitor)


@pytest.mark.parametrize("language", PREFIXES)
def test_an_empty_answer_is_asked_for_again(visitor: Visitor, language: str) -> None:
    visitor.open(f"{PREFIXES[language]}/check/emerg/")

    visitor.send(field="emerg")

    assert (visitor.status, visitor.step) == (422, "emerg")
    first = visitor.page.locator(".error-summary a").first.get_attribute("href") or ""
    group = visitor.page.locator(f"[id='{first.removeprefix('#')}']").locator("xpath=ancestor::fieldset[1]")
    assert group.locator("legend").count() == 1
    described = (group.get_attribute("aria-describedby") or "").split()
    assert [
        each
        for each in described
        if each.endswith("_error") and visitor.page.locator(f"[id='{each}']").count()
    ]
    visitor.look()


@pytest.mark.parametrize("language", PREFIXES)
def test_the_header_of_every_page_leads_to_the_warning_signs(visitor: Visitor, language: str) -> None:
    visitor.open(f"{PREFIXES[language]}/book/")

    visitor.click(visitor.page.locator("header .emergency-link"))

    assert visitor.path == f"{PREFIXES[language]}/emergency/"
    assert visitor.main.locator('a[href="tel:911"]').count() >= 1
    assert visitor.main.locator("form").count() == 0
    visitor.look()


def tells_to_call_911_and_nothing_else(visitor: Visitor) -> None:
    assert (visitor.status, visitor.outcome) == (200, "EMERGENCY")
    assert visitor.main.locator('a[href="tel:911"]').first.is_visible()
    assert visitor.main.locator('[href*="/book/"], [action*="/book/"]').count() == 0
    visitor.sees("911")

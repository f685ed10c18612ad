"""Ways through the check that do not go straight: cookies refused, Change, Clear, two tabs, a link to a later step."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType

from tests.browser.conftest import MOST_SECONDS
from tests.browser.markup import Markup
from tests.browser.test_check import answers_to, arrives_at, post
from tests.browser.test_main_job import every_error_is_tied_to_its_field
from tests.browser.visitor import PHONE, Visitor, walk

PREFIXES = {"en": "", "es": "/es"}
# What the switch "block all cookies" of Chromium writes into a profile.
BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def without_cookies(
    site: str,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    markup: Markup,
    javascript: bool,
    tmp_path: Path,
) -> Iterator[Visitor]:
    """Somebody whose browser takes no cookie."""
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(BLOCKED), encoding="utf-8")
    context = browser_type.launch_persistent_context(
        profile, **browser_type_launch_args, java_script_enabled=javascript, viewport=PHONE
    )
    context.set_default_timeout(MOST_SECONDS * 1000)
    visitor = Visitor(context.new_page(), site, markup, javascript=javascript)
    yield visitor
    context.close()
    assert visitor.faults == []


def is_told_of_the_cookie(visitor: Visitor) -> None:
    assert visitor.page.context.cookies() == []
    assert visitor.main.get_attribute("data-page") == "cookies-refused"
    assert visitor.main.locator('a[href="tel:+15125550100"]').is_visible()
    assert visitor.main.locator('a[href="tel:911"]').is_visible()


@pytest.mark.parametrize("language", PREFIXES)
def test_who_refuses_cookies_is_told_so_and_still_reaches_the_emergency_page(
    without_cookies: Visitor, language: str
) -> None:
    visitor, prefix = without_cookies, PREFIXES[language]

    visitor.open(f"{prefix}/check/")
    visitor.click(visitor.main.locator('button[name="who"][value="self"]'))
    is_told_of_the_cookie(visitor)
    visitor.look()
    visitor.follow(f"{prefix}/check/")
    visitor.open(f"{prefix}/check/emerg/")
    walk(visitor, [("emerg", {"emerg": ("none",)})], look=False)
    is_told_of_the_cookie(visitor)

    visitor.open(f"{prefix}/check/emerg/")
    walk(visitor, [("emerg", {"emerg": ("e_bladder", "none")})], look=False)

    assert visitor.page.context.cookies() == []
    assert visitor.outcome == "EMERGENCY"
    assert visitor.main.locator('a[href="tel:911"]').first.is_visible()


def test_an_answer_is_changed_and_all_of_them_are_cleared(visitor: Visitor) -> None:
    arrives_at(visitor, "REVIEW")

    visitor.open("/check/answers/")
    visitor.follow("/check/relief/?change=1")
    assert visitor.step == "relief"
    assert visitor.main.locator('input[value="sit"]').is_checked()
    for value in ("sit", "bend"):
        visitor.main.locator(f'input[value="{value}"]').uncheck()
    visitor.send(field="relief")
    assert (visitor.status, visitor.step) == (422, "relief")
    every_error_is_tied_to_its_field(visitor)
    visitor.choose("relief", "stand_still")
    visitor.send(field="relief")
    assert visitor.step == "answers"
    visitor.sees("Just stopping and standing still")
    visitor.follow("/check/result/")
    assert visitor.outcome == "ASSESS"

    # A question that was never asked comes with the answer that makes it matter; the others stay.
    visitor.open("/check/answers/")
    visitor.follow("/check/scan/?change=1")
    visitor.choose("scan", "none")
    visitor.send(field="scan")
    assert visitor.step == "answers"
    assert visitor.main.locator('a[href="/check/report/?change=1"]').count() == 0
    visitor.follow("/check/scan/?change=1")
    visitor.choose("scan", "old")
    visitor.send(field="scan")
    assert visitor.step == "report"
    visitor.choose("scan_says", "ligament")
    visitor.send(field="scan_says")
    assert visitor.step == "answers"

    visitor.follow("/check/result/")
    visitor.click(visitor.main.locator('form[action="/check/clear/"] button'))
    assert visitor.path == "/check/"
    assert visitor.main.locator('form[action="/check/clear/"]').count() == 0
    visitor.back()
    assert visitor.outcome is None
    visitor.open("/check/result/")
    assert visitor.step == "emerg"
    assert visitor.main.locator("input:checked").count() == 0


def test_two_tabs_share_one_walk_and_the_last_answer_counts(
    visitor: Visitor, new_tab: Callable[[Visitor], Visitor]
) -> None:
    for name, answers in answers_to("REVIEW")[:4]:
        post(visitor, f"/check/{name}/", answers)
    visitor.open("/check/worse/")
    other = new_tab(visitor)
    other.open("/check/worse/")

    walk(other, [("worse", {"worse": ("neither",)})], look=False)
    assert other.step == "relief"
    walk(visitor, [("worse", {"worse": ("stand", "walk")})], look=False)
    assert visitor.step == "relief"
    walk(other, [("relief", {"relief": ("sit",)})], look=False)
    assert other.step == "duration"
    walk(visitor, answers_to("REVIEW")[5:], look=False)
    visitor.follow("/check/result/")
    assert visitor.outcome == "REVIEW"
    other.open("/check/result/")
    assert other.outcome == "REVIEW"

    # What one tab clears, the other does not bring back.
    other.click(other.main.locator('form[action="/check/clear/"] button'))
    visitor.open("/check/answers/")
    assert visitor.step == "emerg"


def test_a_link_to_a_later_step_leads_to_the_first_open_one(visitor: Visitor) -> None:
    visitor.open("/check/told/")
    assert (visitor.path, visitor.step) == ("/check/emerg/", "emerg")

    walk(visitor, answers_to("REVIEW")[:3], look=False)
    for later in ("told", "result", "answers", "visit"):
        visitor.open(f"/check/{later}/")
        assert (visitor.path, visitor.step) == ("/check/where/", "where")

    visitor.open("/check/age/")
    assert visitor.step == "age"
    assert visitor.main.locator('input[value="50_plus"]').is_checked()


@pytest.fixture
def new_tab(markup: Markup) -> Iterator[Callable[[Visitor], Visitor]]:
    opened: list[Visitor] = []

    def beside(visitor: Visitor) -> Visitor:
        page = visitor.page.context.new_page()
        opened.append(Visitor(page, visitor.site, markup, javascript=visitor.javascript))
        return opened[-1]

    yield beside
    assert [fault for tab in opened for fault in tab.faults] == []

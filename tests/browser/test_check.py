"""The check as people meet it: small screens, huge letters, a keyboard alone, no scripts, and Spanish."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ViewportSize

from clinic.staff import StaffMember
from tests.browser.test_main_job import REVIEW_STORY
from tests.browser.visitor import NARROW, Visitor, walk

New = Callable[..., Visitor]
PREFIXES = {"en": "", "es": "/es"}
# 1280 pixels at 400 %.
MAGNIFIED = ViewportSize(width=320, height=256)
TYPICAL: dict[str, dict[str, tuple[str, ...]]] = dict(REVIEW_STORY) | {"before": {"before": ("none",)}}
# What each differs in from the typical patient, by step; the walk ends with the last step named where it ends early.
OUTCOMES: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "EMERGENCY": {"emerg": {"emerg": ("e_saddle", "e_cold")}},
    "CALL_TODAY": {"today": {"today": ("t_fever", "not_sure")}},
    "NOT_FIT": {"told": {"told": ("unstable",)}},
    "NOT_NOW": {"care": {"care": ("helped",)}, "before": {"before": ("infection",)}},
    "ASSESS": {
        "relief": {"relief": ("stand_still",)},
        "weakness": {"weaker": ("yes",), "balance": ("not_sure",)},
    },
    "REVIEW": {"before": {"before": ("thinner", "prone", "bladder_old")}, "told": {"told": ("slip",)}},
    "OPTION": {},
}


def answers_to(outcome: str) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    steps = list((TYPICAL | OUTCOMES[outcome]).items())
    last = {"EMERGENCY": 1, "CALL_TODAY": 2}.get(outcome)
    return steps[:last]


def arrives_at(visitor: Visitor, outcome: str, prefix: str = "", *, who: str = "self") -> None:
    """The steps before the last are sent by the same browser without being shown: other tests walk them."""
    post(visitor, f"{prefix}/check/", {"who": (who,)})
    *earlier, (name, answers) = answers_to(outcome)
    for step, given in earlier:
        post(visitor, f"{prefix}/check/{step}/", given)
    visitor.open(f"{prefix}/check/{name}/")
    walk(visitor, [(name, answers)], look=False)
    if outcome not in ("EMERGENCY", "CALL_TODAY"):
        visitor.follow(f"{prefix}/check/result/")
    assert visitor.outcome == outcome


def post(visitor: Visitor, path: str, answers: dict[str, tuple[str, ...]]) -> None:
    answer = visitor.page.context.request.post(
        visitor.site + path,
        data=urlencode(answers, doseq=True),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        max_redirects=0,
    )
    assert answer.status == 303


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_sound_and_leads_with_its_next_step(
    new_visitor: New, outcome: str, language: str
) -> None:
    visitor = new_visitor()

    arrives_at(visitor, outcome, PREFIXES[language], who="other" if language == "es" else "self")

    visitor.look()
    first = visitor.main.locator("a.button, a[href^='tel:']").first
    if outcome in ("EMERGENCY", "OPTION", "REVIEW"):
        assert first.is_visible()
    if outcome in ("NOT_FIT", "NOT_NOW"):
        assert visitor.main.locator('a.button[href*="/book/"]').count() == 0


@pytest.mark.parametrize("language", PREFIXES)
def test_the_page_for_the_visit_is_sound(visitor: Visitor, language: str) -> None:
    prefix = PREFIXES[language]
    arrives_at(visitor, "OPTION", prefix)

    visitor.follow(f"{prefix}/check/visit/")
    assert visitor.step == "visit"
    visitor.look()
    visitor.choose("sleep_mood", "yes")
    visitor.send(field="sleep_mood")

    assert visitor.outcome == "OPTION"
    assert visitor.main.locator(f'a[href="{prefix}/check/visit/"]').count() == 1
    visitor.look()


@pytest.mark.parametrize("path", ["/check/how-it-decides/", "/check/how-it-decides/pack/"])
@pytest.mark.parametrize("language", PREFIXES)
def test_how_it_decides_is_sound(new_visitor: New, path: str, language: str) -> None:
    visitor = new_visitor()

    visitor.open(PREFIXES[language] + path)

    assert visitor.main.locator("figure img").evaluate("image => image.complete && image.naturalWidth > 0")
    visitor.look()


@pytest.mark.parametrize("size", [NARROW, MAGNIFIED], ids=["320 px", "400 %"])
def test_the_walk_fits_small_screens(visitor: Visitor, size: ViewportSize) -> None:
    visitor.page.set_viewport_size(size)
    visitor.open("/check/")
    visitor.click(visitor.main.locator('button[name="who"][value="self"]'))

    for name, answers in answers_to("REVIEW"):
        assert visitor.step == name
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        for key, values in answers.items():
            visitor.choose(key, *values)
        visitor.send(field=next(iter(answers)))
    visitor.follow("/check/result/")

    assert visitor.outcome == "REVIEW"
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_walk_is_done_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open("/check/")
    press(visitor, "button[name=who][value=self]")

    for name, answers in answers_to("REVIEW"):
        assert visitor.step == name
        for key, values in answers.items():
            for value in values:
                choose_by_keyboard(visitor, key, value)
        press(visitor, "main form .button")
    assert visitor.step == "answers"
    press(visitor, 'main a.button[href="/check/result/"]')

    assert visitor.outcome == "REVIEW"


def choose_by_keyboard(visitor: Visitor, key: str, value: str) -> None:
    wanted = visitor.main.locator(f'input[name="{key}"][value="{value}"]')
    if wanted.get_attribute("type") == "checkbox":
        press_until(visitor, f'input[name="{key}"][value="{value}"]')
        visitor.page.keyboard.press("Space")
    else:
        # A group of radio buttons is one stop; arrows move inside it.
        press_until(visitor, f'input[name="{key}"]')
        visitor.page.keyboard.press("Space")
        for _press in range(8):
            if wanted.is_checked():
                break
            visitor.page.keyboard.press("ArrowDown")
    assert wanted.is_checked()


def press(visitor: Visitor, selector: str) -> None:
    press_until(visitor, selector)
    with visitor.arrives():
        visitor.page.keyboard.press("Enter")


def press_until(visitor: Visitor, selector: str) -> None:
    """Tab by tab; whatever holds the focus must be seen to hold it."""
    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never comes to {selector}")


def test_none_unticks_the_others_and_they_untick_none(new_visitor: New) -> None:
    visitor = new_visitor()
    visitor.open("/check/emerg/")
    walk(visitor, [("emerg", {"emerg": ("none",)})], look=False)

    visitor.choose("today", "t_fever", "t_foot", "none")
    assert ticked(visitor, "today") == ["none"]

    visitor.choose("today", "t_fever")
    assert ticked(visitor, "today") == ["t_fever"]
    visitor.choose("today", "not_sure")
    assert ticked(visitor, "today") == ["t_fever", "not_sure"]


def test_a_script_never_takes_an_emergency_sign_away(visitor: Visitor) -> None:
    visitor.open("/check/emerg/")

    visitor.choose("emerg", "e_weak", "none")
    assert ticked(visitor, "emerg") == ["e_weak", "none"]
    visitor.send(field="emerg")

    assert visitor.outcome == "EMERGENCY"


def ticked(visitor: Visitor, name: str) -> list[Any]:
    boxes = visitor.main.locator(f'input[name="{name}"]:checked').all()
    return [box.get_attribute("value") for box in boxes]


def test_focus_goes_to_what_is_wrong(new_visitor: New) -> None:
    visitor = new_visitor()
    visitor.open("/check/emerg/")

    visitor.send(field="emerg")

    assert visitor.page.evaluate("document.activeElement.className") == "error-summary"


def test_changing_the_language_in_the_middle_keeps_place_and_answers(visitor: Visitor) -> None:
    visitor.open("/check/emerg/")
    walk(visitor, answers_to("REVIEW")[:6], look=False)

    visitor.click(visitor.page.locator("header .language"))
    assert (visitor.path, visitor.step) == ("/es/check/duration/", "duration")
    walk(visitor, answers_to("REVIEW")[6:], look=False)
    visitor.follow("/es/check/result/")

    assert visitor.outcome == "REVIEW"


def test_the_enter_key_sends_the_answer_and_does_not_change_the_language(visitor: Visitor) -> None:
    visitor.open("/check/emerg/")
    visitor.choose("emerg", "none")

    with visitor.page.expect_navigation():
        visitor.main.locator('input[value="none"]').press("Enter")

    assert (visitor.path, visitor.step) == ("/check/today/", "today")


def test_the_back_button_of_the_browser_shows_what_was_answered(visitor: Visitor) -> None:
    visitor.open("/check/emerg/")
    walk(visitor, answers_to("REVIEW")[:4], look=False)

    visitor.back()
    assert visitor.step == "where"
    assert ticked(visitor, "where") == ["back", "leg_both"]
    visitor.reload()
    assert ticked(visitor, "where") == ["back", "leg_both"]

    visitor.send(field="where")
    assert visitor.step == "worse"


def test_ticked_by_mistake_leads_back_to_the_signs(visitor: Visitor) -> None:
    arrives_at(visitor, "EMERGENCY")

    visitor.follow("/check/emerg/")

    assert visitor.step == "emerg"
    assert ticked(visitor, "emerg") == ["e_saddle", "e_cold"]


def test_answers_that_are_gone_are_missed_kindly(visitor: Visitor) -> None:
    visitor.open("/check/emerg/")
    walk(visitor, answers_to("REVIEW")[:4], look=False)

    visitor.page.context.clear_cookies()
    visitor.choose("worse", "stand")
    visitor.send(field="worse")

    assert visitor.step == "emerg"
    visitor.sees("Your answers are no longer here.")
    visitor.look()


def test_a_reviewer_signs_and_switches_on_a_page_that_is_sound(
    new_visitor: New, rae: StaffMember, client_for: Callable[[StaffMember], Client]
) -> None:
    visitor = new_visitor()
    session = client_for(rae).cookies[settings.SESSION_COOKIE_NAME].value
    visitor.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": visitor.site}]
    )

    visitor.open("/admin/screener/checksignature/")
    visitor.look()
    visitor.click(visitor.page.locator('form:has([value="rules"]) [type=submit]'))
    assert "signed by Rae" in visitor.page.locator("body").inner_text()
    visitor.click(visitor.page.locator('button[name="to"][value="off"]'))
    visitor.look()

    visitor.open("/check/")
    assert visitor.main.get_attribute("data-page") == "off"

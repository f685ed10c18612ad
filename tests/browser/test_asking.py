"""From every outcome of the check to a request: with answers and without, for someone else, in Spanish, by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from booking.models import ConsultationRequest
from tests.browser.test_check import arrives_at, choose_by_keyboard, press, press_until
from tests.browser.visitor import Visitor

New = Callable[..., Visitor]


@dataclass(frozen=True)
class Story:
    """`offers` are the boxes that the form has after this outcome; those in `ticks` are ticked."""

    outcome: str
    prefix: str = ""
    who: str = "self"
    javascript: bool = True
    offers: frozenset[str] = frozenset()
    ticks: frozenset[str] = frozenset()
    mark: str = ""

    def __str__(self) -> str:
        return self.outcome


SHARE, MARK = frozenset({"share_answers"}), frozenset({"mark_urgency"})
STORIES = (
    Story("EMERGENCY"),
    Story("CALL_TODAY", "/es", "other", offers=MARK, ticks=MARK, mark="call_today"),
    Story("NOT_FIT", who="other", offers=SHARE, ticks=SHARE),
    Story("NOT_NOW", "/es", javascript=False, offers=SHARE),
    Story("ASSESS", who="other", javascript=False, offers=SHARE | MARK, ticks=SHARE | MARK, mark="soon"),
    Story("REVIEW", "/es", offers=SHARE),
    Story("OPTION", "/es", "other", offers=SHARE, ticks=SHARE),
)


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_from_every_outcome_there_is_a_way_to_ask_and_nothing_is_asked_twice(
    new_visitor: New, story: Story
) -> None:
    visitor = new_visitor(javascript=story.javascript)
    arrives_at(visitor, story.outcome, story.prefix, who=story.who)
    comes_to_the_form(visitor, story)

    assert offered(visitor) == story.offers
    fills_in(visitor, story)
    visitor.send(field="patient_kind")
    assert visitor.step == "review", visitor.main.inner_text()
    visitor.sees("Rosa Sample", "(512) 555-0144")
    visitor.click(visitor.main.locator(f'form[action="{story.prefix}/book/send/"] button'))
    visitor.page.wait_for_selector("main[data-reference]")

    asked = ConsultationRequest.objects.get()
    assert visitor.main.get_attribute("data-reference") == asked.reference
    assert (asked.name, asked.for_whom, asked.phone) == ("Rosa Sample", story.who, "+15125550144")
    assert asked.language == (story.prefix.strip("/") or "en")
    assert (asked.mark, bool(asked.shared)) == (story.mark, "share_answers" in story.ticks)
    assert asked.shared is None or asked.shared["outcome"] == story.outcome


def comes_to_the_form(visitor: Visitor, story: Story) -> None:
    """By the page's own link; where it is urgent, the phone stands before the link and before the form."""
    urgent = story.outcome in ("EMERGENCY", "CALL_TODAY")
    if urgent:
        leads_with_a_phone(visitor)
    links = visitor.main.locator(f'a[href="{story.prefix}/book/"]')
    assert (links.count() == 0) == (story.outcome == "EMERGENCY")
    if links.count():
        visitor.click(links.first)
    else:
        visitor.open(f"{story.prefix}/book/")
    if urgent:
        leads_with_a_phone(visitor)


def leads_with_a_phone(visitor: Visitor) -> None:
    first = visitor.main.locator("a, input:visible, button").first
    assert (first.get_attribute("href") or "").startswith("tel:")


def offered(visitor: Visitor) -> set[str]:
    names = ("share_answers", "mark_urgency")
    return {name for name in names if visitor.main.locator(f'input[name="{name}"]').count()}


def fills_in(visitor: Visitor, story: Story) -> None:
    assert visitor.main.locator(f'input[name="for_whom"][value="{story.who}"]').is_checked()
    visitor.choose("patient_kind", "new")
    visitor.choose("contact_by", "call")
    visitor.type("phone", "512.555.0144")
    if story.who == "other":
        visitor.type("name", "Lucía Sample")
        visitor.type("patient_name", "Rosa Sample")
        visitor.type("relationship", "hija")
        visitor.choose("phone_is", "mine")
        visitor.choose("may_talk_with", "yes")
        assert visitor.main.locator('[name="phone"]').get_attribute("autocomplete") == "off"
    else:
        visitor.type("name", "Rosa Sample")
    for name in (*story.ticks, "agree"):
        visitor.choose(name, "on")


def test_a_request_is_sent_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open("/book/")

    choose_by_keyboard(visitor, "patient_kind", "new")
    choose_by_keyboard(visitor, "for_whom", "self")
    types(visitor, "name", "Rosa Sample")
    types(visitor, "phone", "512 555 0144")
    choose_by_keyboard(visitor, "contact_by", "text")
    choose_by_keyboard(visitor, "days", "tue")
    choose_by_keyboard(visitor, "needs", "hearing")
    choose_by_keyboard(visitor, "agree", "on")
    press(visitor, "main form .button")
    assert visitor.step == "review"
    press(visitor, 'form[action="/book/send/"] .button')
    visitor.page.wait_for_selector("main[data-reference]")

    asked = ConsultationRequest.objects.get()
    assert (asked.name, asked.contact_by, asked.days, asked.needs) == (
        "Rosa Sample",
        "text",
        ["tue"],
        ["hearing"],
    )


def types(visitor: Visitor, name: str, text: str) -> None:
    press_until(visitor, f'[name="{name}"]')
    visitor.page.keyboard.type(text)

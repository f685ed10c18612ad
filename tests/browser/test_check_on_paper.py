"""What people take away from the check: the result at its longest, on two sheets, and the drawing in a tab of its own."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from playwright.sync_api import Route
from pypdf import PageObject, PdfReader

from screener import answers, words
from tests.browser.visitor import Visitor
from tests.screener import reference
from tests.screener.space import INVITED
from tests.screener.worst import kept

New = Callable[..., Visitor]
PREFIXES = {"en": "", "es": "/es"}
NO_SIGN = {"en": "You checked no emergency sign", "es": "No marcó ninguna señal de emergencia"}
SMALLEST = 10
# What the paper itself is not to be written on: 10 millimetres on each side, in points.
EDGE = 28
BLACK = "rgb(0, 0, 0)"
LEFT_OUT = """() => [...document.querySelectorAll("main *")]
    .filter(node => node.textContent.trim() && getComputedStyle(node).display === "none")
    .map(node => node.className)"""
DRAWN = """() => [...document.querySelectorAll("svg, rect, text")].map(node => {
    const box = node.getBoundingClientRect()
    return {name: node.tagName, fill: getComputedStyle(node).fill, seen: box.width > 5 && box.height > 5}
})"""


def brings(visitor: Visitor, outcome: str, *, who: str) -> None:
    """The visitor comes back with the answers of the longest walk to this outcome."""
    response = HttpResponse()
    answers.save(response, kept(outcome, who))
    [cookie] = response.cookies.values()
    visitor.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visitor.site}])


def text_on(page: PageObject, outcome: str) -> str:
    """The words on one sheet, each large enough, and none where a printer does not print."""

    def notice(text: str, at: Any, inside: Any, _font: Any, size: float) -> None:
        if text.strip():
            assert size * abs(at[0]) > SMALLEST - 0.1, (outcome, text)
            assert at[4] + inside[4] * at[0] > EDGE - 1, (outcome, text)

    return str(page.extract_text(visitor_text=notice))


@pytest.mark.parametrize("language", PREFIXES)
def test_a_result_prints_on_two_sheets_however_much_there_is_to_say(new_visitor: New, language: str) -> None:
    visitor = new_visitor(javascript=False)
    for outcome in reference.OUTCOMES:
        brings(visitor, outcome, who="other")
        visitor.open(f"{PREFIXES[language]}/check/result/")
        assert visitor.outcome == outcome

        for paper in ("Letter", "A4"):
            printed = PdfReader(io.BytesIO(visitor.page.pdf(format=paper)))

            assert len(printed.pages) <= 2, (outcome, paper)
            text = " ".join(" ".join(text_on(page, outcome) for page in printed.pages).split())
            assert words.of(language).outcomes[outcome].heading in text
            # What is folded away on the screen is on the paper.
            assert outcome not in INVITED or NO_SIGN[language] in text


@pytest.mark.parametrize("language", PREFIXES)
def test_the_pack_of_the_reviewer_prints_on_a_few_sheets_and_leaves_no_word_out(
    new_visitor: New, language: str
) -> None:
    visitor = new_visitor()
    visitor.open(f"{PREFIXES[language]}/check/how-it-decides/pack/")

    for paper in ("Letter", "A4"):
        printed = PdfReader(io.BytesIO(visitor.page.pdf(format=paper)))
        assert len(printed.pages) <= 12, paper

    visitor.page.emulate_media(media="print")
    assert visitor.page.evaluate(LEFT_OUT) == ["actions", "button secondary"]


def keep_to_the_policy_of_this_page(visitor: Visitor) -> None:
    """A site sends every file under the policy of its pages; the server of these tests sends files without one."""
    assert visitor.document is not None
    policy = {"content-security-policy": visitor.document.headers["content-security-policy"]}

    def fulfil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, **policy})

    visitor.page.route("**/*.svg", fulfil)


@pytest.mark.parametrize("language", PREFIXES)
def test_the_drawing_is_drawn_in_a_tab_of_its_own(new_visitor: New, language: str) -> None:
    visitor = new_visitor()
    visitor.open(f"{PREFIXES[language]}/check/how-it-decides/")
    keep_to_the_policy_of_this_page(visitor)

    visitor.click(visitor.main.locator("figure a"))

    # What the policy blocks, the console says, and that fails the visit.
    assert visitor.path.endswith(".svg")
    shapes = visitor.page.evaluate(DRAWN)
    assert {shape["name"] for shape in shapes if shape["seen"]} == {"svg", "rect", "text"}
    assert [shape for shape in shapes if shape["fill"] == BLACK or not shape["seen"]] == []
    assert len({shape["fill"] for shape in shapes if shape["name"] == "rect"}) >= 6

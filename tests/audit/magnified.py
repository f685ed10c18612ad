"""1280 pixels at 400 %, as WCAG's reflow has it: what is lost, cut, or hidden behind something that stays."""

from playwright.sync_api import ViewportSize

from tests.browser.test_large_text import FAULTS
from tests.browser.visitor import Visitor

MAGNIFIED = ViewportSize(width=320, height=256)
# What does not move along may take a third of the little that is seen.
STAYING = """() => [...document.querySelectorAll("body *")].filter(each =>
    ["fixed", "sticky"].includes(getComputedStyle(each).position) && each.checkVisibility()
    && each.getBoundingClientRect().height > innerHeight / 3).map(each => "stays in the way: " + each.className)"""


def faults(visitor: Visitor) -> list[str]:
    return [*visitor.page.evaluate(FAULTS), *visitor.page.evaluate(STAYING)]

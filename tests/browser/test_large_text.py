"""Somebody who reads with letters twice as large, on a phone: nothing lies over anything, runs out or is cut."""

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.visitor import NARROW, PHONE, Visitor

PATHS = ("/", "/es/", "/mild/", "/es/mild/", "/cost/", "/contact/", "/emergency/", "/es/emergency/", "/mild/compare/",
         "/book/", "/es/book/", "/es/mild/comparar/", "/check/", "/es/search/?q=x", "/sources/")  # fmt: skip
# Our own letters are 112.5 % of the browser's; these are twice ours.
TWICE = "document.documentElement.style.fontSize = '225%'"
# Words that stand on two lines (this browser has no list of syllables, so the longest that may take a hyphen do),
# and boxes that reach beyond the page or lie over one another.
FAULTS = """() => {
  const faults = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push('sideways: ' + document.documentElement.scrollWidth);
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const name = box('.brand span'), button = box('.menu summary');
  if (name.right > button.left && name.left < button.right && name.bottom > button.top && name.top < button.bottom)
    faults.push('the menu button lies over the name');
  const mayBeCut = (node, word) => word.length > 10 && getComputedStyle(node.parentElement).hyphens === 'auto';
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, parent = node.parentElement;
    if (!parent.checkVisibility() || parent.closest('.visually-hidden, .skip, thead, script')) continue;
    for (const word of node.data.matchAll(/(?<![\\p{L}\\d.\\/-])\\p{L}+(?![\\d\\/@-]|\\.\\p{L})/gu)) {
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter(each => each.width).map(each => Math.round(each.top)));
      if (lines.size > 1 && !mayBeCut(node, word[0])) faults.push('cut: ' + word[0]);
      if (range.getBoundingClientRect().right > width + 1) faults.push('out of the page: ' + word[0]);
    }
  }
  for (const link of document.querySelectorAll('a[href^="tel:"]')) {
    if (link.getBoundingClientRect().right > width) faults.push('a number runs out of the page');
  }
  return faults;
}"""


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["320 px", "390 px"])
def test_letters_twice_as_large_leave_every_page_whole(
    new_visitor: Callable[..., Visitor], size: ViewportSize
) -> None:
    visitor = new_visitor()
    visitor.page.set_viewport_size(size)
    found: dict[str, list[str]] = {}

    for path in PATHS:
        visitor.open(path)
        visitor.page.evaluate(TWICE)
        visitor.page.locator(".menu summary").click()
        if faults := visitor.page.evaluate(FAULTS):
            found[path] = faults

    assert found == {}, found

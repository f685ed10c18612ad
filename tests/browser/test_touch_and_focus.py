"""Somebody with an unsteady finger, a keyboard, colours of their own, or no wish to see things move."""

from collections.abc import Callable

import pytest

from tests.browser.visitor import Visitor

New = Callable[..., Visitor]
PATHS = ("/", "/es/", "/cost/", "/your-back/", "/contact/", "/emergency/", "/es/emergency/", "/mild/compare/", "/sources/",
         "/search/?q=walk", "/search/?q=xyzzy", "/book/", "/book/sent/", "/check/", "/check/how-it-decides/",
         "/staff/sign-in/", "/nothing-here/")  # fmt: skip
# What is pressed and is no part of a text: all that its line holds, apart from marks between links.
TOO_SMALL = """() => {
  const small = [];
  for (const pressed of document.querySelectorAll('a[href], button, summary, select, .choice label')) {
    if (!pressed.checkVisibility() || pressed.closest('.visually-hidden, .skip, .card, .term, sup')) continue;
    const line = pressed.parentElement.closest('p, li, td, dd, h1, h2, h3, address, nav, div, section');
    const others = line.cloneNode(true);
    if (pressed.matches('a')) {
      for (const each of others.querySelectorAll('a, .visually-hidden')) each.remove();
      if (/[\\p{L}\\d]/u.test(others.textContent)) continue;
    }
    const height = pressed.getBoundingClientRect().height;
    if (height < 43.9) small.push(`${pressed.textContent.trim()}: ${Math.round(height)}`);
  }
  return small;
}"""
OUTLINE = """() => {
  const focused = document.activeElement;
  const shown = focused.matches('.choice input') ? focused.parentElement.querySelector('label') : focused;
  const style = getComputedStyle(shown);
  return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? focused.outerHTML.slice(0, 120) : '';
}"""
MOVES = """() => [...document.querySelectorAll('*')].filter(each => {
  const style = getComputedStyle(each);
  return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth';
}).length"""


def test_whatever_stands_alone_to_be_pressed_is_as_tall_as_a_finger(new_visitor: New) -> None:
    visitor = new_visitor()
    found: dict[str, list[str]] = {}

    for path in PATHS:
        visitor.open(path)
        if small := visitor.page.evaluate(TOO_SMALL):
            found[path] = small

    assert found == {}, found


@pytest.mark.parametrize("path", ["/", "/book/"])
@pytest.mark.parametrize("colors", ["none", "active"], ids=["our colours", "their colours"])
def test_the_keyboard_is_always_seen(new_visitor: New, path: str, colors: str) -> None:
    visitor = new_visitor(forced_colors=colors)
    visitor.open(path)
    unseen = []

    for _press in range(25):
        visitor.page.keyboard.press("Tab")
        unseen.append(visitor.page.evaluate(OUTLINE))

    assert [each for each in unseen if each] == []


def test_with_colours_of_ones_own_buttons_and_choices_still_have_edges(new_visitor: New) -> None:
    visitor = new_visitor(forced_colors="active")
    visitor.open("/book/")
    visitor.choose("patient_kind", "new")

    def edge(selector: str) -> str:
        width: str = visitor.main.locator(selector).first.evaluate(
            "each => getComputedStyle(each).borderTopWidth"
        )
        return width

    assert edge(".button") == "2px"
    assert edge(".choice:has(input:checked) label") == "3px"
    assert edge(".choice:not(:has(input:checked)) label") == "2px"


def test_nothing_moves_for_who_wants_no_movement(new_visitor: New) -> None:
    visitor = new_visitor(reduced_motion="reduce")

    for path in ("/", "/mild/compare/", "/book/"):
        visitor.open(path)
        assert visitor.page.evaluate(MOVES) == 0

"""Every state of asking for a consultation, drawn by Chromium: axe, valid markup, no sideways scrolling."""

from collections.abc import Callable

import pytest

from tests.booking.states import STATES
from tests.browser.drawn import draws
from tests.browser.visitor import Visitor

NAMES = sorted(STATES)
# `make audit` draws every state in both languages and both themes.
LANGUAGES = {"": NAMES[::2], "/es": NAMES[1::2]}


@pytest.mark.parametrize("prefix", LANGUAGES, ids=["en", "es"])
def test_states_of_a_request_are_sound(new_visitor: Callable[..., Visitor], prefix: str) -> None:
    visitor = new_visitor()

    for name in LANGUAGES[prefix]:
        draws(visitor, name, prefix)
        visitor.look()

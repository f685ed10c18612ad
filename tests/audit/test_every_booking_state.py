"""Every state of asking for a consultation, in both languages and both themes: axe at two widths, no sideways scrolling."""

from collections.abc import Callable

import pytest

from tests.booking.states import STATES
from tests.browser.drawn import draws
from tests.browser.visitor import Visitor


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("prefix", ["", "/es"], ids=["en", "es"])
@pytest.mark.parametrize("name", STATES)
def test_the_state_is_sound(new_visitor: Callable[..., Visitor], name: str, prefix: str, theme: str) -> None:
    visitor = new_visitor(color_scheme=theme)

    draws(visitor, name, prefix)

    visitor.look()

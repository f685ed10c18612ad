"""Every state of the check in both languages: axe at two widths and in two themes, and nothing lost at 400 %."""

from collections.abc import Callable

import pytest
from django.test import override_settings

from tests.audit.check_states import STATES, shown
from tests.audit.magnified import MAGNIFIED, faults
from tests.browser.drawn import draws_answer
from tests.browser.visitor import Visitor

PREFIXES = {"en": "", "es": "/es"}


@pytest.mark.parametrize("language", PREFIXES)
def test_every_state_is_sound(new_visitor: Callable[..., Visitor], language: str) -> None:
    """One browser meets them all: there are many."""
    visitor = new_visitor()

    for name in STATES:
        draws_check(visitor, name, PREFIXES[language])
        for theme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=theme)
            visitor.look()


@pytest.mark.parametrize("language", PREFIXES)
def test_every_state_is_whole_at_400_percent(new_visitor: Callable[..., Visitor], language: str) -> None:
    visitor = new_visitor(device_scale_factor=4)
    visitor.page.set_viewport_size(MAGNIFIED)
    found: dict[str, list[str]] = {}

    for name in STATES:
        draws_check(visitor, name, PREFIXES[language])
        if seen := faults(visitor):
            found[name] = seen

    assert found == {}


def draws_check(visitor: Visitor, name: str, prefix: str) -> None:
    with override_settings(ALLOWED_HOSTS=["*"]):
        answer = shown(name, prefix)
    draws_answer(visitor, name, prefix, answer)

"""Every tab of the queue, its search and its list to print: axe, valid markup and no sideways scrolling, light and dark."""

from collections.abc import Callable

import pytest

from booking import made_up_actions
from booking.queue import Tab
from clinic.staff import FRONT_DESK
from tests.browser.test_queue import signed_in
from tests.browser.visitor import Visitor
from tests.conftest import staff_member

PATHS = [
    *(f"/desk/?show={tab}" for tab in Tab.values),
    "/desk/print/",
    "/desk/search/",
    "/desk/?show=lost&after=x",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_full_queue(new_visitor: Callable[..., Visitor], theme: str) -> None:
    dana = staff_member("dana", FRONT_DESK)
    visitor = signed_in(new_visitor(color_scheme=theme), dana)
    made_up_actions.make_up(up_to=300, owners=[dana.pk], tell=lambda done, of: None)

    for path in PATHS:
        visitor.open(path)
        assert visitor.status == 200
        visitor.look()
    visitor.open("/desk/search/")
    visitor.main.locator("#find").fill("ma")
    with visitor.arrives():
        visitor.page.keyboard.press("Enter")
    assert visitor.main.locator(".request").count() == 20
    visitor.look()

"""A full day at the desk: twenty people who asked, worked through until nobody is left who was not called."""

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize

from booking.models import ConsultationRequest
from clinic.staff import FRONT_DESK
from tests.booking.conftest import asked
from tests.browser.test_desk_words import enter, sign_in, tab_to
from tests.browser.visitor import DESKTOP, NARROW, Visitor
from tests.conftest import staff_member

MARKS = ("", "soon", "", "call_today", "")
LANGUAGES = ("en", "es", "other", "es")
RESULTS = ("no_answer", "left_message", "spoke")
PEOPLE = 20
FIRST = ".queue .request h2 a"


@pytest.fixture
def twenty(new_visitor: Callable[..., Visitor]) -> list[ConsultationRequest]:
    """Mixed languages and urgency; the clinic is there before them."""
    new_visitor()
    return [
        asked(
            name=f"Person {number:02d} Example",
            phone=f"+151255501{number:02d}",
            mark=MARKS[number % len(MARKS)],
            language=LANGUAGES[number % len(LANGUAGES)],
            voicemail_ok=("yes", "no", "")[number % 3],
        )
        for number in range(PEOPLE)
    ]


def by_keyboard(dana: Visitor, selector: str) -> None:
    enter(dana, selector)


def by_thumb(dana: Visitor, selector: str) -> None:
    dana.click(dana.main.locator(selector).first)


@pytest.mark.parametrize(
    ("size", "use"), [(DESKTOP, by_keyboard), (NARROW, by_thumb)], ids=["keyboard", "phone"]
)
def test_everybody_is_called_urgent_ones_first(
    new_visitor: Callable[..., Visitor],
    twenty: list[ConsultationRequest],
    size: ViewportSize,
    use: Callable[[Visitor, str], None],
) -> None:
    dana = new_visitor()
    dana.page.set_viewport_size(size)
    sign_in(dana, staff_member("dana", FRONT_DESK))
    called = []

    for number in range(PEOPLE):
        dana.open("/desk/?show=new")
        use(dana, FIRST)
        called.append(dana.main.get_attribute("data-reference"))
        assert dana.main.locator('a.button[href^="tel:"]').first.is_visible()
        if use is by_keyboard:
            tab_to(dana, "#id_note")
            dana.page.keyboard.type(f"Call {number}")
        use(dana, f'button[value="{RESULTS[number % len(RESULTS)]}"]')
        dana.sees("Dana tried to reach them")

    dana.open("/desk/?show=new")
    assert dana.main.locator(FIRST).count() == 0
    wanted = sorted(twenty, key=lambda each: (ConsultationRequest.objects.get(pk=each.pk).urgency, each.pk))
    assert called == [each.reference for each in wanted]
    assert all(each.first_contact and each.due for each in ConsultationRequest.objects.all())
    assert ConsultationRequest.objects.filter(status="tried", attempts=1).count() == PEOPLE

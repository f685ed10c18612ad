"""The queue as Dana works with it: by keyboard at a desk, with a thumb on a phone, and while new requests come in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Response, TimeoutError

from booking.models import ConsultationRequest
from booking.search_actions import keep_in_step
from clinic.staff import FRONT_DESK, StaffMember
from tests.booking.conftest import asked
from tests.browser.visitor import DESKTOP, MOST_LOOKS, NARROW, Visitor
from tests.conftest import staff_member

NewVisitor = Callable[..., Visitor]


@pytest.fixture
def dana(db: None) -> StaffMember:
    """Dana, once the tables are there."""
    return staff_member("dana", FRONT_DESK)


def signed_in(visitor: Visitor, person: StaffMember) -> Visitor:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": visitor.site}]
    )
    return visitor


def some_people(dana: StaffMember) -> ConsultationRequest:
    """A morning's queue; Rosa is the one to call."""
    now = timezone.now()
    asked(name="Waits for records", status="waiting", waits_for="records", mark="call_today")
    rosa = asked(
        name="Rosa Sample", mark="soon", language="es", needs_text="hearing", contact_by="call", voicemail_ok="no",
        due=now - timedelta(hours=2), phone="+15125550123",
    )  # fmt: skip
    asked(name="Ida Fiction", email="ida@example.com", contact_by="email", due=now + timedelta(minutes=30))
    asked(name="Mine", owner=dana, status="tried", attempts=2, due=now + timedelta(days=1))
    asked(name="Done", status="closed", closing_reason="charted")
    for number in range(52):
        asked(name=f"Pat Example {number}", created=now - timedelta(hours=number))
    for each in ConsultationRequest.objects.all():
        keep_in_step(each)
    return rosa


def press_to(visitor: Visitor, target: str) -> None:
    """Presses Tab until what is wanted has the focus, as somebody without a mouse does."""
    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("target => document.activeElement?.matches(target)", target):
            return
    raise AssertionError(f"Tab never came to {target}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dana_finds_whom_to_call_by_keyboard_alone(
    new_visitor: NewVisitor, dana: StaffMember, theme: str
) -> None:
    visitor = signed_in(new_visitor(color_scheme=theme), dana)
    rosa = some_people(dana)
    visitor.page.set_viewport_size(DESKTOP)
    visitor.open("/desk/")

    next_one = visitor.main.locator(".request.next")
    assert "Rosa Sample" in next_one.inner_text()
    assert "overdue for 2" in next_one.inner_text()
    assert next_one.locator('a[href="tel:+15125550123"]').is_visible()
    visitor.look()

    visitor.page.set_viewport_size(DESKTOP)
    visitor.page.keyboard.press("Tab")
    press_to(visitor, "#find")
    visitor.page.keyboard.type("sample ro")
    with visitor.arrives():
        visitor.page.keyboard.press("Enter")
    assert visitor.path == "/desk/search/"
    visitor.sees("1 request fits.", "Rosa Sample", rosa.reference)
    visitor.look()

    visitor.page.set_viewport_size(DESKTOP)
    visitor.click(visitor.page.locator(".backlink a"))
    press_to(visitor, '[data-tab="overdue"]')
    with visitor.arrives():
        visitor.page.keyboard.press("Enter")
    visitor.sees("Rosa Sample")
    press_to(visitor, f'a[href="/desk/{rosa.pk}/"]')
    with visitor.arrives():
        visitor.page.keyboard.press("Enter")
    assert visitor.path == f"/desk/{rosa.pk}/"


def test_dana_works_through_the_tabs_on_a_narrow_phone_without_scripts(
    new_visitor: NewVisitor, dana: StaffMember
) -> None:
    visitor = signed_in(new_visitor(javascript=False), dana)
    some_people(dana)
    visitor.page.set_viewport_size(NARROW)
    visitor.open("/desk/")

    for tab in ("new", "mine", "overdue", "waiting", "time_set", "closed", "all"):
        visitor.click(visitor.main.locator(f'[data-tab="{tab}"]'))
        assert visitor.main.locator("[aria-current=page]").get_attribute("data-tab") == tab
        for call in visitor.main.locator(".cell-do .button").all()[:3]:
            box = call.bounding_box()
            assert box
            assert box["height"] >= 52
            assert box["width"] >= 200
    visitor.click(visitor.main.locator('a[rel="next"]'))
    assert visitor.main.locator(".request").count() == 20

    visitor.main.locator("#owner").select_option("nobody")
    visitor.click(visitor.main.locator(".filters button"))
    assert visitor.main.locator("#owner").input_value() == "nobody"
    visitor.click(visitor.main.locator('.take-away a[href^="/desk/print/"]'))
    assert visitor.main.locator("tbody tr").count() == 55


def test_list_to_print_and_the_empty_queue_are_fit_to_be_seen(
    new_visitor: NewVisitor, dana: StaffMember
) -> None:
    visitor = signed_in(new_visitor(), dana)
    visitor.open("/desk/")
    visitor.sees("Nobody is waiting.")
    visitor.look()
    some_people(dana)

    for path in ("/desk/print/", "/desk/search/", "/desk/?show=closed&owner=4711"):
        visitor.open(path)
        visitor.look()


def next_look(visitor: Visitor) -> Response:
    """Lets time pass until the page has asked; it plans its next look only when it has read the answer before."""
    for _look in range(MOST_LOOKS):
        try:
            with visitor.page.expect_response("**/desk/counts/", timeout=2_000) as answer:
                visitor.page.clock.fast_forward(31_000)
        except TimeoutError:
            continue
        return answer.value
    raise AssertionError("the page never asked")


def test_something_new_is_said_politely_and_nobody_is_kept_signed_in(
    new_visitor: NewVisitor, dana: StaffMember
) -> None:
    visitor = signed_in(new_visitor(), dana)
    asked(name="Frank Example")
    visitor.page.clock.install()
    visitor.open("/desk/")
    news = visitor.main.locator("[data-news]")
    assert news.get_attribute("role") == "status"

    assert next_look(visitor).status == 200
    assert news.inner_text().strip() == ""

    asked(name="Rosa Sample")
    next_look(visitor)
    news.get_by_text("New requests have come in.").wait_for()
    visitor.look()
    visitor.click(news.locator("a"))
    visitor.sees("Rosa Sample")

    visitor.page.context.clear_cookies()
    assert next_look(visitor).status == 401
    asked_again = []
    visitor.page.on("request", lambda request: asked_again.append(request.url))
    visitor.page.clock.fast_forward(120_000)
    assert asked_again == []
    # That it was refused is no fault of the page.
    visitor.faults = [fault for fault in visitor.faults if not fault.startswith("401 ")]

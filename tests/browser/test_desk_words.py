"""Dana writes to people by keyboard alone, reads her script and the numbers; Ada looks after replies and people."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from booking.demo_replies import save_demo_replies
from booking.models import ConsultationRequest
from clinic.outbox import Message
from clinic.staff import ADMIN, FRONT_DESK, StaffMember
from tests.booking.conftest import asked
from tests.browser.visitor import Visitor
from tests.conftest import staff_member

SHARED = {
    "rules_version": "7", "outcome": "REVIEW", "language": "en", "text": {},
    "english": {"heading": "MILD may be an option", "reasons": [], "lines": [{"question": "Age?", "answers": ["50"]}]},
}  # fmt: skip


def sign_in(visitor: Visitor, person: StaffMember) -> None:
    """Brings the session of a signed-in browser along."""
    client = Client()
    client.force_login(person)
    [session] = [
        {"name": name, "value": each.value, "url": visitor.site} for name, each in client.cookies.items()
    ]
    visitor.page.context.add_cookies([session])  # type: ignore[list-item]


def tab_to(visitor: Visitor, selector: str) -> None:
    """Walks with the Tab key, as somebody without a mouse does."""
    for _press in range(80):
        if visitor.page.locator(f"{selector}:focus").count():
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never comes to {selector}")


def enter(visitor: Visitor, selector: str) -> None:
    tab_to(visitor, selector)
    with visitor.arrives():
        visitor.page.keyboard.press("Enter")


@pytest.fixture
def carmen() -> ConsultationRequest:
    save_demo_replies()
    return asked(
        name="Carmen Ejemplo", email="carmen@example.com", language="es", mark="call_today", voicemail_ok="yes",
        first_contact=timezone.now(), shared_answers=json.dumps(SHARED), needs_text="interpreter",
    )  # fmt: skip


def test_dana_writes_in_spanish_by_keyboard(visitor: Visitor, carmen: ConsultationRequest) -> None:
    sign_in(visitor, staff_member("dana", FRONT_DESK))
    visitor.open(f"/desk/{carmen.pk}/write/")
    visitor.look()

    tab_to(visitor, "#id_reply")
    visitor.page.keyboard.type("How to")
    enter(visitor, 'form[method="get"] button')
    assert "Cómo llegar" in visitor.main.locator('[name="subject"]').input_value()
    tab_to(visitor, '[name="text"]')
    visitor.page.keyboard.press("Control+Home")
    visitor.page.keyboard.type("Gracias por llamar, sin dolor.\n\n")
    enter(visitor, 'button[value="preview"]')
    assert visitor.status == 422
    visitor.sees("Say it without: dolor.")
    visitor.look()
    visitor.type("text", "Gracias por llamar.\n\nLe esperamos.")
    enter(visitor, 'button[value="preview"]')
    visitor.sees("Gracias por llamar.", carmen.reference)
    visitor.look()
    enter(visitor, 'button[value="send"]')

    assert visitor.path == f"/desk/{carmen.pk}/"
    assert Message.objects.get(kind="message").text.startswith("Gracias por llamar.")


def test_script_sheet_and_numbers_are_read_on_a_narrow_phone(
    new_visitor: Callable[..., Visitor], carmen: ConsultationRequest
) -> None:
    visitor = new_visitor()
    sign_in(visitor, staff_member("dana", FRONT_DESK))
    for path in (
        f"/desk/{carmen.pk}/script/",
        f"/desk/{carmen.pk}/script/?in=en",
        "/desk/reports/?period=52w",
    ):
        visitor.open(path)
        visitor.look()

    visitor.page.set_viewport_size({"width": 320, "height": 720})
    for summary in visitor.main.locator("summary").all():
        summary.click()
    assert visitor.main.locator("table:visible").count() == 6
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    visitor.open("/desk/reports/?first=soon&last=2026-11-20")
    assert visitor.status == 422
    visitor.look()

    visitor.open(f"/desk/{carmen.pk}/chart-sheet/")
    visitor.look()
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.main.locator(".copy-block button").click()
    visitor.main.locator(".copy-block [role=status]", has_text="Copied").wait_for()
    assert "Name: Carmen Ejemplo" in visitor.page.evaluate("navigator.clipboard.readText()")


def test_ada_looks_after_replies_people_and_the_log(
    new_visitor: Callable[..., Visitor], carmen: ConsultationRequest
) -> None:
    visitor = new_visitor()
    ada = staff_member("ada", ADMIN, enters_admin=True)
    sign_in(visitor, ada)

    for path in (
        "booking/cannedreply/", "booking/cannedreply/add/", "booking/clinician/add/", "clinic/closure/",
        "clinic/closure/add/", "clinic/staffmember/", f"clinic/staffmember/{ada.pk}/change/", "auth/group/",
        f"clinic/staffmember/{ada.pk}/link/", "clinic/auditentry/", "clinic/practice/1/change/",
    ):  # fmt: skip
        visitor.open(f"/admin/{path}")
        assert visitor.status == 200
        visitor.look(markup=False)

    visitor.open("/admin/booking/cannedreply/add/")
    visitor.type("text_en", "It is safe, {nmae}.")
    visitor.click(visitor.page.locator('input[name="_save"]'))
    assert "There is no field {nmae}." in visitor.main.inner_text()
    visitor.look(markup=False)
    # Axe measures colours that differ by theme with a style of its own, which our policy blocks.
    visitor.forgive("Applying inline style violates")

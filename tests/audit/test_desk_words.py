"""Each page of words, numbers and settings: axe at two widths in both themes, and a chart sheet of at most two pages."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from booking.demo_replies import save_demo_replies
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic.staff import ADMIN
from tests.booking.conftest import asked
from tests.browser.test_desk_words import SHARED, sign_in
from tests.browser.visitor import Visitor
from tests.conftest import staff_member

IN_ADMIN = (
    "", "booking/cannedreply/", "booking/cannedreply/add/", "booking/clinician/", "booking/clinician/add/",
    "booking/consultationrequest/", "clinic/closure/", "clinic/closure/add/", "clinic/location/", "clinic/location/add/",
    "clinic/message/", "clinic/practice/1/change/", "clinic/staffmember/", "clinic/staffmember/add/", "auth/group/",
    "clinic/auditentry/", "clinic/auditentry/?q=ABC2345",
)  # fmt: skip


def a_clinic() -> list[ConsultationRequest]:
    """One request in each status, from the last weeks, some with everything that can be said."""
    save_demo_replies()
    now = timezone.now()
    return [
        asked(
            name=f"Sample Person {number}", status=status, created=now - timedelta(days=4 * number, hours=1),
            first_contact=now - timedelta(days=4 * number), language="es" if number % 2 else "en", email="x@example.com",
            mark="call_today" if status == Status.NEW else "", shared_answers=json.dumps(SHARED), for_whom="other",
            helper_name="Ana Ejemplo", needs_text="interpreter,hearing,mobility,large_print,other",
        )
        for number, status in enumerate(Status)
    ]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_the_desk(new_visitor: Callable[..., Visitor], theme: str) -> None:
    visitor = new_visitor(color_scheme=theme)
    requests = a_clinic()
    sign_in(visitor, staff_member("ada", ADMIN, enters_admin=True))

    for about in requests:
        for page in ("write/?reply=1", "script/?in=en", "script/?in=es", "chart-sheet/"):
            visitor.open(f"/desk/{about.pk}/{page}")
            assert visitor.status == 200
            visitor.look()
    for query in ("", "?period=13w", "?period=52w", "?first=2022-01-01&last=2026-01-01", "?first=x&last=y"):
        visitor.open(f"/desk/reports/{query}")
        visitor.look()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_admin(new_visitor: Callable[..., Visitor], theme: str) -> None:
    visitor = new_visitor(color_scheme=theme)
    a_clinic()
    sign_in(visitor, staff_member("ada", ADMIN, enters_admin=True))

    for path in IN_ADMIN:
        visitor.open(f"/admin/{path}")
        assert visitor.status == 200
        visitor.look(markup=False)
    visitor.forgive("Applying inline style violates")


def test_chart_sheet_is_printed_on_two_pages_at_most(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor()
    lines = [
        {"question": f"Question {number}: what is it?", "answers": ["One answer", "Another one"]}
        for number in range(17)
    ]
    long = SHARED | {
        "english": {"heading": "MILD may be an option", "reasons": ["A reason."] * 12, "lines": lines}
    }
    about = asked(name="Rosa Sample", shared_answers=json.dumps(long), birth_date_text="1944-03-09", for_whom="other",
                  helper_name="Ana Ejemplo", referrer="Dr. Model", needs_text="interpreter,hearing")  # fmt: skip
    sign_in(visitor, staff_member("ada", ADMIN, enters_admin=True))
    visitor.open(f"/desk/{about.pk}/chart-sheet/")

    printed = PdfReader(BytesIO(visitor.page.pdf(format="Letter")))

    words = " ".join(page.extract_text() for page in printed.pages)
    assert len(printed.pages) <= 2
    assert "Rosa Sample" in words
    assert "Question 16" in words

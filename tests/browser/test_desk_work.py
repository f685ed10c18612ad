"""Dana works a request through by keyboard alone, from the first call to the chart; and two people meet at one request."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from booking.due_times import office_of
from booking.models import BookedTime, Clinician, ConsultationRequest
from clinic.practice import Location
from clinic.staff import ADMIN, FRONT_DESK
from tests.booking.conftest import asked
from tests.browser.test_desk_words import enter, sign_in, tab_to
from tests.browser.visitor import Visitor
from tests.conftest import staff_member


@pytest.fixture
def rosas(new_visitor: Callable[..., Visitor]) -> ConsultationRequest:
    """Rosa's urgent request; the clinic is there before it."""
    new_visitor()
    Clinician.objects.create(name="Dr. Model")
    return asked(
        name="Rosa Sample",
        mark="call_today",
        email="rosa@example.com",
        helper_name="Lucía Sample",
        may_talk_with="yes",
        voicemail_ok="no",
        language="es",
        location=Location.objects.get(slug="north"),
    )


def open_day() -> date:
    """Two working days ahead: no weekend, no holiday."""
    office = office_of(Location.objects.get(slug="north"))
    closes = office.after_days(timezone.now(), 2) if office else None
    assert closes is not None
    return closes.date()


def test_whole_way_of_a_request_by_keyboard(visitor: Visitor, rosas: ConsultationRequest) -> None:
    sign_in(visitor, staff_member("dana", FRONT_DESK))
    visitor.open(f"/desk/{rosas.pk}/")
    visitor.look()

    enter(visitor, 'button[formaction$="/claim/"]')
    visitor.sees("You have it now.", "You have it.")
    enter(visitor, 'button[value="no_answer"]')
    visitor.sees("No answer. They get a mail", "Next try")
    visitor.look()

    tab_to(visitor, "#id_note")
    visitor.page.keyboard.type("Her daughter drives her")
    enter(visitor, 'button[value="spoke"]')
    visitor.sees("Her daughter drives her", "tried 2 times")

    enter(visitor, 'button[name="open"]')
    visitor.look()
    enter(visitor, 'form[action$="/time/"] button[type="submit"]')
    visitor.sees("Choose the clinician.", "Choose the day.")
    visitor.look()
    tab_to(visitor, "#id_clinician")
    visitor.page.keyboard.type("Dr. M")
    tab_to(visitor, "#id_day")
    visitor.page.keyboard.type(f"{open_day():%m%d%Y}")
    tab_to(visitor, "#id_at")
    visitor.page.keyboard.type("1015AM")
    enter(visitor, 'form[action$="/time/"] button[type="submit"]')
    visitor.sees("The time is recorded.", "10:15 am", "Dr. Model")
    visitor.look()

    assert not visitor.main.locator('button[value="attended"]').count()
    # Two days later.
    BookedTime.objects.update(starts=timezone.now())
    visitor.open(f"/desk/{rosas.pk}/")
    enter(visitor, 'button[value="attended"]')
    visitor.sees("The person was just here.")
    enter(visitor, 'button[value="charted"]')
    visitor.sees("Closed", "In the chart")
    visitor.look()

    rosas.refresh_from_db()
    assert (rosas.status, rosas.closing_reason, rosas.attempts) == ("closed", "charted", 2)
    kinds = rosas.status_changes.order_by("version").values_list("kind", flat=True)
    assert list(kinds) == ["claimed", "attempt", "attempt", "time_recorded", "moved", "moved"]


def test_two_at_one_request_lose_nothing(
    new_visitor: Callable[..., Visitor], rosas: ConsultationRequest
) -> None:
    dana, ada = new_visitor(color_scheme="dark"), new_visitor()
    sign_in(dana, staff_member("dana", FRONT_DESK))
    sign_in(ada, staff_member("ada", ADMIN))
    dana.open(f"/desk/{rosas.pk}/")
    ada.open(f"/desk/{rosas.pk}/")
    ada.click(ada.main.locator('button[formaction$="/claim/"]'))

    dana.type("note", "She asks for the morning")
    dana.click(dana.main.locator('button[formaction$="/claim/"]'))

    assert dana.status == 409
    dana.sees("Ada took this one a moment ago.", "Ada took it.", "Ada has it.")
    assert dana.main.locator("#id_note").input_value() == "She asks for the morning"
    dana.look()
    dana.click(dana.main.locator('button[value="spoke"]'))
    assert dana.status == 200
    dana.sees("She asks for the morning", "Dana tried to reach them: spoke with them.")

    ada.click(ada.main.locator('button[value="no_answer"]'))
    assert ada.status == 409
    ada.sees("changed while you had it open", "Dana tried to reach them: spoke with them.")


def test_rare_pages_of_the_desk_are_sound_in_the_dark(
    new_visitor: Callable[..., Visitor], rosas: ConsultationRequest
) -> None:
    other = asked(name="R. Sample", phone=rosas.phone)
    dana = new_visitor(color_scheme="dark")
    sign_in(dana, staff_member("dana", FRONT_DESK))

    for place in ("note/", "merge/", f"merge/?with={other.pk}", "next-try/"):
        dana.open(f"/desk/{rosas.pk}/{place}")
        dana.look()
    dana.open("/desk/new/")
    dana.click(dana.main.locator('form.by-hand button[type="submit"]'))
    assert dana.main.locator(".error-summary").count() == 1
    dana.look()
    dana.type("name", "Rosa Sample")
    dana.type("phone", "(512) 555-0140")
    dana.main.locator('[name="told"]').check()
    dana.click(dana.main.locator('form.by-hand button[type="submit"]'))
    assert dana.step == "add-alike"
    dana.look()

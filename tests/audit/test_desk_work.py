"""The page of one request in every status, in both themes, with everything that can stand on it: axe at two widths."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from booking import actions, work_actions
from booking.choices import AttemptResult
from booking.models import BookedTime, Clinician, ConsultationRequest
from booking.sharing import _frozen
from booking.statuses import Status
from clinic.practice import Location
from clinic.staff import FRONT_DESK
from screener import flow
from tests.booking.conftest import REVIEW_ANSWERS, asked
from tests.browser.test_desk_words import sign_in
from tests.browser.visitor import Visitor
from tests.conftest import staff_member

THEMES = ("light", "dark")
MARKS = ("", "soon", "call_today")


def full(status: str, mark: str) -> ConsultationRequest:
    """A request on which every box is filled in, and somebody like it beside it."""
    decision = flow.outcome(REVIEW_ANSWERS)
    assert decision is not None
    north = Location.objects.get(slug="north")
    about = asked(
        name="Maximiliana Featherstonehaugh-Wolfeschlegelsteinhausen",
        status=status,
        mark=mark,
        email="a.rather.long.address.of.somebody@a-rather-long-domain.example.com",
        phone_extension="1234",
        helper_name="Lucía Sample",
        relationship="daughter",
        language="es",
        needs_text="interpreter,hearing,mobility,large_print,other",
        location=north,
        attempts=4,
        waits_for="records" if status == "waiting" else "",
        shared_answers=json.dumps(_frozen(flow.replay(REVIEW_ANSWERS).answers, decision)),
        due=timezone.now() + timedelta(minutes=30),
    )
    asked(name="Somebody Else")
    if status in ("time_set", "attended", "missed"):
        BookedTime.objects.create(
            request=about,
            clinician=Clinician.objects.create(name="Dr. Model"),
            location=north,
            starts=timezone.now() + timedelta(days=1),
            by=staff_member("ada"),
        )
    return about


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("status", [each.value for each in Status])
def test_page_of_a_request_is_sound(
    new_visitor: Callable[..., Visitor], status: str, mark: str, theme: str
) -> None:
    visitor = new_visitor(color_scheme=theme)
    dana = staff_member("dana", FRONT_DESK)
    sign_in(visitor, dana)
    about = full(status, mark)
    work_actions.write_note(request_id=about.pk, by=dana, version=1, note="A note " * 40)

    visitor.open(f"/desk/{about.pk}/")
    for fold in visitor.main.locator("summary").all():
        fold.click()

    visitor.look()


@pytest.mark.parametrize("theme", THEMES)
def test_refused_forms_are_sound(new_visitor: Callable[..., Visitor], theme: str) -> None:
    visitor = new_visitor(color_scheme=theme)
    dana, ada = staff_member("dana", FRONT_DESK), staff_member("ada")
    sign_in(visitor, dana)
    about = full("new", "call_today")
    visitor.open(f"/desk/{about.pk}/")
    work_actions.attempt(request_id=about.pk, by=ada, version=1, result=AttemptResult.NO_ANSWER)

    visitor.type("note", "Words " * 500)
    visitor.click(visitor.main.locator('button[value="spoke"]'))
    assert visitor.status == 422
    visitor.look()
    visitor.type("note", "Words of Dana")
    actions.change_status(request_id=about.pk, to="waiting", by=ada, version=2)
    visitor.click(visitor.main.locator('button[value="spoke"]'))
    assert visitor.status == 409
    visitor.look()

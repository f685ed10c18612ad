"""A full day at the desk: twenty people who asked, worked through in eleven ways until nobody is left who was not called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from booking.due_times import office_of
from booking.models import BookedTime, Clinician, ConsultationRequest
from clinic.outbox import Message
from clinic.practice import Location
from clinic.staff import ADMIN, FRONT_DESK
from tests.audit.hands import Hands, Keyboard, Thumb
from tests.booking.conftest import asked
from tests.browser.test_desk_words import sign_in
from tests.browser.visitor import Visitor
from tests.conftest import staff_member

MARKS = ("", "soon", "", "call_today", "", "soon", "")
LANGUAGES = ("en", "es", "other")
PEOPLE = 20
FIRST = ".queue .request h2 a"
CLINICIAN = "Dr. Model"
# Buttons by what they send, since their words may change.
CLAIM, TAKE_OVER, RECORD_TIME = (
    'button[formaction$="/claim/"]',
    'button[formaction$="/take-over/"]',
    'button[name="open"]',
)
NO_ANSWER, LEFT_MESSAGE, SPOKE = (
    f'button[value="{each}"]' for each in ("no_answer", "left_message", "spoke")
)
SAVE_TIME, SAVE_TRY, MERGE = (
    f'form[action$="/{each}/"] button[type="submit"]' for each in ("time", "next-try", "merge")
)


def claimed(hands: Hands, about: ConsultationRequest) -> None:
    hands.press(CLAIM)
    hands.write("#id_note", "Will be back at noon")
    hands.press(NO_ANSWER)


def taken_over(hands: Hands, about: ConsultationRequest) -> None:
    hands.press(TAKE_OVER)
    hands.press(SPOKE)


def waits(hands: Hands, about: ConsultationRequest) -> None:
    hands.press(SPOKE)
    hands.unfold('button[value="records"]')
    hands.press('button[value="records"]')


def records_came(hands: Hands, about: ConsultationRequest) -> None:
    waits(hands, about)
    hands.press('button[formaction$="/replied/"]')


def given_a_time(hands: Hands, about: ConsultationRequest) -> None:
    hands.press(SPOKE)
    hands.press(RECORD_TIME)
    hands.look()
    hands.pick("#id_clinician", CLINICIAN)
    hands.set_moment(open_hour())
    hands.press(SAVE_TIME)
    assert hands.person.main.get_attribute("data-status") == "time_set"
    # The day of the visit.
    BookedTime.objects.filter(request=about).update(starts=timezone.now() - timedelta(hours=1))
    hands.person.reload()


def attended(hands: Hands, about: ConsultationRequest) -> None:
    given_a_time(hands, about)
    hands.press('button[value="attended"]')
    hands.press('button[value="charted"]')


def missed(hands: Hands, about: ConsultationRequest) -> None:
    given_a_time(hands, about)
    hands.press('button[value="missed"]')


def not_reached(hands: Hands, about: ConsultationRequest) -> None:
    for result in (NO_ANSWER, LEFT_MESSAGE, NO_ANSWER):
        hands.press(result)
    hands.unfold('button[value="not_reached"]')
    hands.press('button[value="not_reached"]')


def declined(hands: Hands, about: ConsultationRequest) -> None:
    hands.write("#id_note", "Asks for another kind of care")
    hands.unfold('button[value="declined"]')
    hands.press('button[value="declined"]')


def merged(hands: Hands, about: ConsultationRequest) -> None:
    asked(name=about.name, phone=about.phone, status="tried", attempts=1)
    hands.person.reload()
    hands.press('a[href*="/merge/?with="]')
    hands.look()
    hands.press(MERGE)
    hands.press(SPOKE)


def written_to(hands: Hands, about: ConsultationRequest) -> None:
    """In Spanish, the language they asked for."""
    hands.press('.beside a[href$="/write/"]')
    assert hands.person.main.locator('[name="text"]').get_attribute("lang") == "es"
    hands.write('[name="subject"]', "Su solicitud")
    hands.write('[name="text"]', "Le llamamos mañana por la mañana.")
    hands.press('button[value="preview"]')
    hands.look()
    hands.press('button[value="send"]')
    hands.press(LEFT_MESSAGE)


def second_try(hands: Hands, about: ConsultationRequest) -> None:
    hands.press(LEFT_MESSAGE)
    hands.press('.clock a[href$="/next-try/"]')
    hands.look()
    hands.set_moment(open_hour())
    hands.press(SAVE_TRY)
    hands.press(SPOKE)


@dataclass(frozen=True)
class Way:
    """What is done about somebody, and where their request stands in the evening."""

    goes: Callable[[Hands, ConsultationRequest], None]
    status: str
    attempts: int
    closing_reason: str = ""
    asked: dict[str, Any] = field(default_factory=dict)


WAYS = (
    Way(claimed, "tried", 1),
    Way(waits, "waiting", 1),
    Way(attended, "closed", 1, "charted"),
    Way(not_reached, "closed", 3, "not_reached"),
    Way(merged, "tried", 1),
    # The mail counts as a try.
    Way(written_to, "tried", 2, asked={"language": "es", "email": "someone@example.com"}),
    Way(declined, "closed", 0, "declined"),
    Way(second_try, "tried", 2),
    Way(missed, "missed", 1),
    Way(records_came, "tried", 1),
    Way(taken_over, "tried", 1, asked={"owner": "ada"}),
)  # fmt: skip


def open_hour() -> datetime:
    """Half past ten at the north office, two working days ahead."""
    office = office_of(Location.objects.get(slug="north"))
    closes = office.after_days(timezone.now(), 2) if office else None
    assert closes is not None
    return closes.replace(hour=10, minute=30)


@pytest.fixture
def twenty(new_visitor: Callable[..., Visitor]) -> dict[str, Way]:
    """Mixed ways, languages and urgency, each by its reference; the clinic is there before them."""
    new_visitor()
    Clinician.objects.create(name=CLINICIAN)
    ada, ways = staff_member("ada", ADMIN), {}
    for number in range(PEOPLE):
        way = WAYS[number % len(WAYS)]
        columns: dict[str, Any] = {"language": LANGUAGES[number % len(LANGUAGES)], **way.asked}
        about = asked(
            name=f"Person {number:02d} Example",
            phone=f"+151255501{number:02d}",
            mark=MARKS[number % len(MARKS)],
            voicemail_ok=("yes", "no", "")[number % 3],
            location=Location.objects.get(slug="north"),
            **columns | ({"owner": ada} if "owner" in columns else {}),
        )
        ways[about.reference] = way
    return ways


@pytest.mark.parametrize("kind", [Keyboard, Thumb])
def test_everybody_is_looked_after_urgent_ones_first(
    new_visitor: Callable[..., Visitor], twenty: dict[str, Way], kind: type[Hands]
) -> None:
    dana = new_visitor()
    sign_in(dana, staff_member("dana", FRONT_DESK))
    hands = kind(dana)
    wanted = [
        each.reference
        for each in sorted(ConsultationRequest.objects.all(), key=lambda each: (each.urgency, each.pk))
    ]
    called: list[str] = []

    while len(called) < PEOPLE:
        dana.open("/desk/?show=new")
        hands.press(FIRST)
        reference = dana.main.get_attribute("data-reference") or ""
        called.append(reference)
        assert dana.main.locator('a.button[href^="tel:"]').first.is_visible()
        hands.look()
        twenty[reference].goes(hands, ConsultationRequest.objects.get(reference=reference))
        assert dana.status == 200
        hands.look()

    dana.open("/desk/?show=new")
    assert dana.main.locator(FIRST).count() == 0
    hands.look()
    assert called == wanted
    evening = [(way.goes.__name__, stands(reference)) for reference, way in twenty.items()]
    assert evening == [
        (way.goes.__name__, (way.status, way.attempts, way.closing_reason)) for way in twenty.values()
    ]
    assert Message.objects.filter(kind="message").count() == 2
    assert BookedTime.objects.count() == 4


def stands(reference: str) -> tuple[str, int, str]:
    about = ConsultationRequest.objects.get(reference=reference)
    return about.status, about.attempts, about.closing_reason

"""States of the desk to which only a slip, a refusal or somebody else leads: axe and the Nu checker, light and dark."""

from collections.abc import Callable

import pytest
from django.test import override_settings

from booking import erasure, work_actions
from booking.choices import ErasureReason
from booking.models import BookedTime, Clinician, ConsultationRequest
from clinic.practice import Location
from clinic.staff import FRONT_DESK, StaffMember
from tests.audit.hands import Thumb
from tests.audit.test_desk_work import full
from tests.audit.test_full_day import MERGE, SAVE_TIME, open_hour
from tests.booking.conftest import asked
from tests.browser.test_desk_words import sign_in
from tests.browser.visitor import Visitor
from tests.conftest import staff_member

Walk = Callable[[Visitor, ConsultationRequest], None]


def presses(dana: Visitor, selector: str) -> None:
    dana.click(dana.main.locator(selector).first)


def ada() -> StaffMember:
    return StaffMember.objects.filter(username="ada").first() or staff_member("ada")


def somebody_else_works(about: ConsultationRequest) -> None:
    about.refresh_from_db()
    work_actions.write_note(request_id=about.pk, by=ada(), version=about.version, note="A note " * 20)


def is_erased(about: ConsultationRequest) -> None:
    erasure.erase(request_id=about.pk, by=ada(), reason=ErasureReason.ASKED)


# Erasing


def erase_page(dana: Visitor, about: ConsultationRequest) -> None:
    dana.open(f"/desk/{about.pk}/erase/")


def erased_without_a_reason(dana: Visitor, about: ConsultationRequest) -> None:
    erase_page(dana, about)
    dana.type("reference", "MK7-4QX")
    presses(dana, 'form[action$="/erase/"] button[type="submit"]')


def erased_meanwhile(dana: Visitor, about: ConsultationRequest) -> None:
    dana.open(f"/desk/{about.pk}/")
    dana.type("note", "Words of Dana " * 30)
    is_erased(about)
    presses(dana, 'button[value="spoke"]')


def erased_while_writing(dana: Visitor, about: ConsultationRequest) -> None:
    writes(dana, about)
    is_erased(about)
    presses(dana, 'button[value="send"]')


# Writing


def writes(dana: Visitor, about: ConsultationRequest) -> None:
    dana.open(f"/desk/{about.pk}/write/")
    dana.type("subject", "Su solicitud")
    dana.type("text", "Le llamamos mañana.\n\n" * 12)
    presses(dana, 'button[value="preview"]')


def written_about_something_changed(dana: Visitor, about: ConsultationRequest) -> None:
    writes(dana, about)
    somebody_else_works(about)
    presses(dana, 'button[value="send"]')


def written_to_no_address(dana: Visitor, about: ConsultationRequest) -> None:
    writes(dana, about)
    ConsultationRequest.objects.filter(pk=about.pk).update(email="")
    presses(dana, 'button[value="send"]')


# Time and merging


def records_a_time(dana: Visitor, about: ConsultationRequest) -> None:
    hands = Thumb(dana)
    dana.open(f"/desk/{about.pk}/time/")
    hands.pick("#id_clinician", "Dr. Model")
    hands.set_moment(open_hour())


def time_is_taken(dana: Visitor, about: ConsultationRequest) -> None:
    place, other = Location.objects.get(slug="north"), asked(name="Rosa Sample", status="time_set")
    BookedTime.objects.create(
        request=other, clinician=Clinician.objects.get(), location=place, starts=open_hour(), by=ada()
    )
    records_a_time(dana, about)
    presses(dana, SAVE_TIME)


def time_of_something_changed(dana: Visitor, about: ConsultationRequest) -> None:
    records_a_time(dana, about)
    somebody_else_works(about)
    presses(dana, SAVE_TIME)


def time_left_empty(dana: Visitor, about: ConsultationRequest) -> None:
    dana.open(f"/desk/{about.pk}/time/")
    presses(dana, SAVE_TIME)


def merged_while_changed(dana: Visitor, about: ConsultationRequest) -> None:
    other = ConsultationRequest.objects.exclude(pk=about.pk).get()
    dana.open(f"/desk/{about.pk}/merge/?with={other.pk}")
    somebody_else_works(about)
    presses(dana, MERGE)


# Finding somebody, signing in


def finds(words: str) -> Walk:
    def walk(dana: Visitor, _about: ConsultationRequest) -> None:
        dana.open("/desk/search/")
        dana.type("find", words)
        presses(dana, "form.find button")

    return walk


def signs_in_wrong(dana: Visitor, _about: ConsultationRequest) -> None:
    dana.page.context.clear_cookies()
    dana.open("/staff/sign-in/")
    dana.type("username", "dana")
    dana.type("password", "not this one")
    presses(dana, 'form[action$="/sign-in/"] button')


def signs_in_too_often(dana: Visitor, about: ConsultationRequest) -> None:
    with override_settings(SIGN_IN_TRIES_PER_HOUR=0):
        signs_in_wrong(dana, about)


# Each with the status and the page that it ends on.
STATES: dict[str, tuple[Walk, int, str | None]] = {
    "erase?": (erase_page, 200, "erase"),
    "erased without a reason": (erased_without_a_reason, 422, "erase"),
    "erased meanwhile": (erased_meanwhile, 404, "typed-kept"),
    "erased while writing": (erased_while_writing, 404, "typed-kept"),
    "written, changed meanwhile": (written_about_something_changed, 409, "write"),
    "written, no address any more": (written_to_no_address, 409, "write"),
    "time left empty": (time_left_empty, 422, "time"),
    "time taken": (time_is_taken, 409, "time"),
    "time recorded, changed meanwhile": (time_of_something_changed, 409, "request"),
    "merged, changed meanwhile": (merged_while_changed, 409, "merge"),
    "nothing to find": (finds(""), 422, "search"),
    "nobody found": (finds("Zebedee"), 200, "search"),
    "signed in wrong": (signs_in_wrong, 422, None),
    "signed in too often": (signs_in_too_often, 429, None),
}


@pytest.mark.parametrize("name", STATES)
def test_the_state_is_sound(new_visitor: Callable[..., Visitor], name: str) -> None:
    dana = new_visitor()
    sign_in(dana, staff_member("dana", FRONT_DESK))
    about = full("tried", "soon")
    Clinician.objects.create(name="Dr. Model")
    walk, status, step = STATES[name]

    walk(dana, about)

    assert (dana.status, dana.step) == (status, step)
    for theme in ("light", "dark"):
        dana.page.emulate_media(color_scheme=theme)
        dana.look()

"""Two people press a button in the same moment, each in a browser of their own: one wins, and nothing is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import connection
from playwright.sync_api import Locator

from booking.models import BookedTime, Clinician, ConsultationRequest
from clinic.practice import Location
from clinic.staff import ADMIN, FRONT_DESK, StaffMember
from content.models import Revision
from content.sync import sync
from tests.booking.conftest import asked
from tests.browser.test_desk_words import sign_in
from tests.browser.test_desk_work import open_day
from tests.browser.visitor import Visitor
from tests.conftest import staff_member
from tests.content.desk_of_editors import ABOUT, row_of

pytestmark = pytest.mark.both_databases

Arrive = Callable[..., Visitor]
# Winner and loser, who may be either of the two.
Ranked = tuple[Visitor, Visitor]


@contextmanager
def gate_for_two() -> Iterator[list[tuple[str, str]]]:
    """Nobody's form is looked at before both forms have come; tells which database each of them met."""
    met = threading.Barrier(2)
    databases: list[tuple[str, str]] = []

    def wait(environ: dict[str, Any], **_signal: Any) -> None:
        if environ["REQUEST_METHOD"] == "POST" and environ.get("HTTP_SEC_FETCH_DEST") == "document":
            databases.append((connection.vendor, str(connection.settings_dict["NAME"])))
            with suppress(threading.BrokenBarrierError):
                met.wait()

    request_started.connect(wait)
    try:
        yield databases
    finally:
        request_started.disconnect(wait)
        met.abort()


def press_at_once(*pressed: tuple[Visitor, Locator]) -> Ranked:
    with gate_for_two() as databases, ExitStack() as arrivals:
        for visitor, _button in pressed:
            arrivals.enter_context(visitor.arrives())
        for _visitor, button in pressed:
            button.click(no_wait_after=True)
    assert databases == [(connection.vendor, str(connection.settings_dict["NAME"]))] * 2
    loser, winner = sorted((visitor for visitor, _button in pressed), key=lambda each: -each.status)
    assert (winner.status, loser.status) == (200, 409)
    return winner, loser


@pytest.fixture
def people(new_visitor: Arrive) -> dict[Visitor, StaffMember]:
    """Dana and Ada, each signed in."""
    came = {new_visitor(): ("dana", FRONT_DESK), new_visitor(): ("ada", ADMIN)}
    known = {visitor: staff_member(name, role) for visitor, (name, role) in came.items()}
    for visitor, person in known.items():
        sign_in(visitor, person)
    return known


def words_of(person: StaffMember) -> str:
    return f"Words of {person.first_name}"


def both_write(people: dict[Visitor, StaffMember], path: str) -> None:
    """Each has the page open, with a note in the box."""
    for visitor, person in people.items():
        visitor.open(path)
        visitor.type("note", words_of(person))


def notes(about: ConsultationRequest) -> list[tuple[StaffMember | None, str]]:
    return [(line.by, line.note) for line in about.status_changes.order_by("version")]


def loser_saves_the_note(
    people: dict[Visitor, StaffMember], ranked: Ranked, about: ConsultationRequest
) -> None:
    """The note is still in the box and not in the database; a press later both notes are there."""
    winner, loser = (people[each] for each in ranked)
    page = ranked[1]
    assert page.main.locator("#id_note").input_value() == words_of(loser)
    page.sees(words_of(winner), "Nothing was saved yet.")
    assert notes(about) == [(winner, words_of(winner))]

    page.click(page.main.get_by_role("button", name="Save the note alone"))

    page.sees(words_of(winner), words_of(loser))
    assert notes(about) == [(winner, words_of(winner)), (loser, words_of(loser))]


def test_two_claim_at_once_and_one_is_told_who_has_it(people: dict[Visitor, StaffMember]) -> None:
    about = asked()
    both_write(people, f"/desk/{about.pk}/")

    ranked = press_at_once(*((each, each.main.locator('[formaction$="/claim/"]')) for each in people))

    winner, loser = ranked
    name = people[winner].short_name
    winner.sees("You have it now.", "You have it.")
    loser.sees(f"{name} took this one a moment ago.", f"{name} took it.", f"{name} has it.")
    loser_saves_the_note(people, ranked, about)
    about.refresh_from_db()
    assert (about.owner, about.version) == (people[winner], 3)


def test_two_move_it_at_once_and_one_is_told_where_it_stands(people: dict[Visitor, StaffMember]) -> None:
    about = asked()
    both_write(people, f"/desk/{about.pk}/")
    for each in people:
        each.main.get_by_text("Change the status by hand").click()
    moves = dict(zip(people, ("tried", "waiting"), strict=True))

    ranked = press_at_once(
        *((each, each.main.locator(f'.moves [name="to"][value="{to}"]')) for each, to in moves.items())
    )

    winner, loser = ranked
    about.refresh_from_db()
    assert (about.status, about.version) == (moves[winner], 2)
    winner.sees(f"{about.reference} is now: {about.get_status_display()}.")
    loser.sees("This request was changed while you had it open.", "Meanwhile:", people[winner].short_name)
    assert loser.main.get_attribute("data-status") == about.status
    loser_saves_the_note(people, ranked, about)


def test_two_write_a_note_at_once_and_both_notes_are_kept(people: dict[Visitor, StaffMember]) -> None:
    about = asked()
    both_write(people, f"/desk/{about.pk}/note/")

    ranked = press_at_once(
        *((each, each.main.get_by_role("button", name="Save the note")) for each in people)
    )

    winner, loser = ranked
    winner.sees("Your note is saved. Only staff see it.")
    loser.sees(
        "This request was changed while you had it open.", f"{people[winner].short_name} wrote a note."
    )
    loser_saves_the_note(people, ranked, about)


def test_two_book_one_time_at_once_and_one_is_told_whose_it_is(people: dict[Visitor, StaffMember]) -> None:
    doctor, office = Clinician.objects.create(name="Dr. Model"), Location.objects.get(slug="north")
    requests = {each: asked(name=f"Patient of {person.first_name}") for each, person in people.items()}
    for each, about in requests.items():
        each.open(f"/desk/{about.pk}/time/")
        each.main.locator("#id_clinician").select_option(label="Dr. Model")
        each.main.locator("#id_location").select_option(str(office.pk))
        each.type("day", f"{open_day():%Y-%m-%d}")
        each.type("at", "10:15")
        each.type("note", words_of(people[each]))

    winner, loser = press_at_once(
        *((each, each.main.get_by_role("button", name="Save the time")) for each in people)
    )

    has_it, waits = requests[winner], requests[loser]
    winner.sees("The time is recorded.", "10:15 am", "Dr. Model")
    loser.sees("This time is taken", f"{has_it.name} ({has_it.reference})", "Nothing was saved yet.")
    assert loser.main.locator("#id_note").input_value() == words_of(people[loser])
    assert loser.main.locator("#id_at").input_value() == "10:15"
    assert BookedTime.objects.get().request == has_it
    waits.refresh_from_db()
    assert (waits.status, waits.version, notes(waits)) == ("new", 1, [])

    loser.type("at", "11:00")
    loser.click(loser.main.get_by_role("button", name="Save the time"))
    loser.sees("The time is recorded.", "11 am")
    assert BookedTime.objects.filter(active=True, clinician=doctor).count() == 2
    for each, about in requests.items():
        assert notes(about) == [(people[each], words_of(people[each]))]


def test_two_editors_save_one_page_at_once_and_both_texts_are_kept(
    new_visitor: Arrive, eli: StaffMember, rae: StaffMember
) -> None:
    sync()
    texts = {
        new_visitor(): (eli, "Come early in the morning"),
        new_visitor(): (rae, "Park behind our house"),
    }
    for each, (person, text) in texts.items():
        sign_in(each, person)
        each.open(f"/admin/content/page/{row_of(ABOUT).pk}/change/")
        each.main.locator("#id_body").fill(text)

    winner, loser = press_at_once(
        *((each, each.main.get_by_role("button", name="Save draft").last) for each in texts)
    )

    (saver, saved), (other, kept) = texts[winner], texts[loser]
    winner.sees("Your draft is saved")
    loser.sees("Two texts: which one should stay?", saved, kept)
    assert [(each.author, saved in each.text) for each in Revision.objects.all()] == [(saver, True)]

    loser.click(loser.main.get_by_role("button", name="Keep my text"))
    assert "Your draft is saved" in loser.page.locator("body").inner_text()
    found = Revision.objects.order_by("pk")
    assert [
        (each.author, each.text.strip().endswith(text))
        for each, text in zip(found, (saved, kept), strict=True)
    ] == [
        (saver, True),
        (other, True),
    ]

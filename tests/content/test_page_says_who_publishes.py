"""What the page of a text says about who may publish it is what publishing does."""

import pytest

from clinic.practice import Practice
from clinic.staff import StaffMember
from content import actions
from tests.content.desk_of_editors import RISKS, file_text, form_of, now_of, publish_text, save
from tests.content.rooms import Room

pytestmark = pytest.mark.django_db
ASK = "send it for review"


def test_a_text_that_was_public_before_is_offered_to_the_reviewer_who_brought_it_back(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    publish_text(eli, rae, file_text(RISKS) + "\nWe like to talk.\n", RISKS)
    save(rae, file_text(RISKS), RISKS)
    room = Room(rae, RISKS)

    said = room.words
    room.press("publish")

    assert "Publish now" in said
    assert "You wrote this" not in said
    assert now_of(RISKS).served_text == file_text(RISKS)


def test_who_writes_over_a_withdrawn_clinical_page_is_told_at_once_that_a_reviewer_publishes_it(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    actions.withdraw(**form_of(RISKS, rae), note="Out of date")
    front = file_text(RISKS).split("---\n")[1].replace("kind: clinical", "kind: guide")
    front = "".join(
        "title: Our office\n" if line.startswith("title:") else line
        for line in front.splitlines(keepends=True)
        if not line.startswith(("summary:", "main_message:", "nav:"))
    )
    words = "nav: Office\nsummary: Where we are.\nmain_message: Come in.\n"
    save(eli, f"---\n{front}{words}---\nCall us.\n", RISKS)
    room = Room(eli, RISKS)

    said = room.words
    answer = room.press("publish")

    assert ASK in said
    assert "Publish now" not in said
    assert answer.status_code == 422
    assert ASK in room.words


def test_a_form_that_says_something_else_about_a_text_would_make_its_reviewer_an_author(
    eli: StaffMember, rae: StaffMember
) -> None:
    save(eli, file_text(RISKS) + "\nAsk us.\n", RISKS)
    room = Room(rae, RISKS)

    before = room.words
    room.press("check", wording_only="on")

    assert "Publish now" in before
    assert "Publish now" not in room.words
    assert "another reviewer publishes it" in room.words

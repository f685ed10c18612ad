"""What an editor says about a change is kept, and can be taken back, also when the text itself stays as it is."""

import pytest

from clinic.staff import StaffMember
from content import actions
from content.models import Note, Page, Revision
from tests.content.desk_of_editors import ABOUT, RISKS, deploy, file_text, form_of, now_of, row_of, save
from tests.content.rooms import Room, address, text_of

pytestmark = pytest.mark.django_db
NUMBERS = "\n\nWe answer within 3 days.\n"


def test_only_wording_can_be_taken_back_and_then_it_can_be_sent(eli: StaffMember, rae: StaffMember) -> None:
    room = Room(eli)
    room.press("save", body=room.body + NUMBERS, wording_only="on")
    room.press("send")
    stopped = room.answer.status_code

    room.fields.pop("wording_only")
    room.press("save")
    saved = now_of().draft
    room.press("send")

    assert stopped == 422
    assert saved is not None
    assert saved.kind == Revision.Kind.EDIT
    assert "wording_only" not in room.fields
    assert row_of().stage == Page.Stage.IN_REVIEW


def test_a_note_on_a_text_that_stays_is_kept_once(eli: StaffMember) -> None:
    room = Room(eli)
    room.press("save", body=room.body + "\n\nMore.\n")
    again = room.sent("save") | {"note": "Why I changed it"}

    for _press in range(2):
        assert room.client.post(address("change"), again).status_code == 302
    room.open()
    room.press("save")

    assert [each.note for each in Revision.objects.order_by("number")] == ["", "Why I changed it"]
    assert "Why I changed it" in text_of(room.client.get(address("revisions")))


def test_a_reviewer_who_saves_a_note_alone_does_not_become_an_author(
    eli: StaffMember, rae: StaffMember
) -> None:
    save(eli, file_text(RISKS) + "\nAsk us.\n", RISKS)
    actions.send_for_review(**form_of(RISKS, eli))
    room = Room(rae, RISKS)

    for _press in range(2):
        room.press("save", note="Which page is it on?")

    assert Note.objects.get().text == "Which page is it on?"
    assert "Which page is it on?" in room.words
    assert now_of(RISKS).authors == {eli.pk}
    assert row_of(RISKS).stage == Page.Stage.IN_REVIEW


def test_the_other_text_taken_stays_in_its_review_with_its_author(eli: StaffMember, rae: StaffMember) -> None:
    room = Room(rae, RISKS)
    save(eli, file_text(RISKS) + "\nAsk us.\n", RISKS)
    actions.send_for_review(**form_of(RISKS, eli))
    draft = now_of(RISKS).draft
    room.press("save", body=room.body + "\n\nMine.\n")

    room.press("take_theirs")
    reads = text_of(room.client.get(address("review", RISKS)))

    now = now_of(RISKS)
    assert (now.draft, now.row.stage) == (draft, Page.Stage.IN_REVIEW)
    assert now.authors == {eli.pk}
    assert [each.text.endswith("\nMine.\n") for each in Revision.objects.order_by("number")] == [False, True]
    assert "Give it back to the author" in reads
    assert "You wrote this" not in reads


def test_what_went_live_meanwhile_taken_puts_the_draft_away(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(eli)
    room.press("save", body=room.body + "\n\nMine.\n")
    deploy(monkeypatch, {ABOUT: file_text() + "\nFrom the repository.\n"})
    room.open()
    room.press("publish")
    assert room.answer.status_code == 409

    room.press("take_theirs")

    assert now_of().draft is None
    assert now_of().text.endswith("From the repository.\n")
    assert Revision.objects.get().text.endswith("Mine.\n")

"""A button pressed twice ends where the first press ended, with its words; what another one did is still a conflict."""

from typing import Any

import pytest
from django.test import Client

from clinic.practice import Practice
from clinic.staff import StaffMember
from content import actions
from content.models import Page, Revision, Step
from content.refusals import Refused
from tests.content.desk_of_editors import ABOUT, REASONS, RISKS, now_of, publish, row_of, save
from tests.content.rooms import Room, address

CALL = "\n\nCall us on weekdays.\n"


def reasons(room: Room) -> dict[str, str]:
    return {name: "agreed" for name in room.fields if name.startswith("reason-")}


def twice(room: Room, button: str, **typed: str) -> list[Any]:
    """Both answers to one form, sent twice as a nervous finger does."""
    sent = room.sent(button) | {name.replace("__", "-"): words for name, words in typed.items()}
    return [room.client.post(address("change", room.key), sent) for _press in range(2)]


def events(key: tuple[str, str, str] = ABOUT) -> tuple[int, int]:
    row = row_of(key)
    return Revision.objects.filter(page=row).count(), Step.objects.filter(revision__page=row).count()


@pytest.mark.parametrize(
    ("button", "typed", "words", "count"),
    [
        ("save", {}, "Your draft is saved.", (1, 0)),
        ("send", {"note": "Please read."}, "Sent for review to the reviewers.", (1, 1)),
        ("publish", {}, "Published. Every server shows it", (1, 1)),
        (
            "schedule",
            {"publish_at": "2100-01-04T09:00"},
            "it goes live on Monday, January 4, 2100, 9 am",
            (1, 1),
        ),
    ],
)
@pytest.mark.parametrize("saved_before", [False, True])
def test_second_press_ends_where_the_first_did(
    saved_before: bool,
    button: str,
    typed: dict[str, str],
    words: str,
    count: tuple[int, int],
    eli: StaffMember,
    practice: Practice,
) -> None:
    room = Room(eli)
    room.fields["body"] = room.body + CALL
    if saved_before:
        room.press("save")
    answers = twice(room, button, **typed, **dict.fromkeys(("reason-grade", "reason-twin-older"), "agreed"))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer.headers["Location"] for answer in answers] == [address("change")] * 2
    room.open()
    assert room.words.count(words) == 1
    assert events() == count


def test_a_press_with_other_words_in_between_is_a_conflict(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    room = Room(eli)
    room.fields["body"] = room.body + CALL
    first = room.client.post(address("change"), room.sent("publish") | REASONS_TYPED)
    other = room.client.post(
        address("change"), room.sent("publish") | REASONS_TYPED | {"body": room.body + "\nWrite to us.\n"}
    )

    assert (first.status_code, other.status_code) == (302, 409)
    assert "Write to us." in other.content.decode()


REASONS_TYPED = dict.fromkeys(("reason-grade", "reason-twin-older"), "agreed")


def test_when_another_one_wrote_after_the_first_press_the_second_is_a_conflict(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    room = Room(eli)
    sent = room.sent("send") | {"body": room.body + CALL}
    room.client.post(address("change"), sent)
    save(rae, now_of().text + "\nAsk us.\n")

    answer = room.client.post(address("change"), sent)

    assert answer.status_code == 409


def test_the_same_press_by_somebody_else_is_a_conflict(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    elis, raes = Room(eli), Room(rae)
    words = {"body": elis.body + CALL} | REASONS_TYPED
    elis.client.post(address("change"), elis.sent("publish") | words)

    answer = raes.client.post(address("change"), raes.sent("publish") | words)

    assert answer.status_code == 409


def in_review(eli: StaffMember, key: tuple[str, str, str]) -> None:
    save(eli, now_of(key).text + "\nAsk us.\n", key)
    now = now_of(key)
    actions.send_for_review(page_id=now.row.pk, by=eli, stamp=now.stamp)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "return", "note": "Say it shorter."}, "Given back to its author"),
        ({"do": "publish"} | REASONS_TYPED, "Published. Every server shows it"),
    ],
)
def test_a_reviewer_who_presses_twice_is_told_once(
    sent: dict[str, str], words: str, eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    in_review(eli, RISKS)
    client = Client()
    client.force_login(rae)
    sent = {"stamp": now_of(RISKS).stamp, **sent}
    before = events(RISKS)

    answers = [client.post(address("review", RISKS), sent) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert client.get(address("review", RISKS)).content.decode().count(words) == 1
    assert events(RISKS) == (before[0], before[1] + 1)


@pytest.mark.parametrize("redirect_to", ["", "/contact/"])
def test_withdrawn_twice_is_withdrawn(redirect_to: str, eli: StaffMember, practice: Practice) -> None:
    client = Client()
    client.force_login(eli)
    sent = {"stamp": now_of().stamp, "note": "Out of date.", "redirect_to": redirect_to}

    first, second = (client.post(address("withdraw"), sent) for _press in range(2))
    other = client.post(address("withdraw"), sent | {"note": "Another reason."})

    assert first.headers["Location"] == second.headers["Location"] == address("revisions")
    assert other.status_code == 422
    assert events() == (1, 1)


@pytest.mark.parametrize("do", ["discard", "unschedule"])
def test_put_away_twice_is_put_away(do: str, eli: StaffMember, practice: Practice) -> None:
    save(eli, now_of().text + CALL)
    if do == "unschedule":
        room = Room(eli)
        room.press("schedule", publish_at="2100-01-04T09:00", reason__grade="agreed")
    client = Client()
    client.force_login(eli)
    sent = {"stamp": now_of().stamp, "do": do}

    answers = [client.post(address("put_away"), sent) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_settled_twice_is_settled(eli: StaffMember, rae: StaffMember, practice: Practice) -> None:
    room = Room(eli)
    save(rae, now_of().text + "\nAsk us.\n")
    room.press("save", body=room.body + CALL)
    assert room.answer.status_code == 409

    answers = twice(room, "save")

    assert [answer.status_code for answer in answers] == [302, 302]
    assert now_of().row.stage == Page.Stage.DRAFT


def test_what_was_refused_is_refused_twice(eli: StaffMember, practice: Practice) -> None:
    room = Room(eli, RISKS)
    room.fields["body"] = room.body + CALL

    answers = twice(room, "publish")

    assert [answer.status_code for answer in answers] == [422, 422]
    with pytest.raises(Refused):
        publish(eli, RISKS)
    assert REASONS

"""Two editors at once, a sign-in that ran out, a database that is gone, a text too long: what was typed comes back."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse

from clinic import snapshot
from clinic.practice import Practice
from clinic.staff import StaffMember
from content.models import Revision
from tests.content.desk_of_editors import ABOUT, deploy, file_text, now_of, publish, publish_text
from tests.content.rooms import Room, address, fields_of, text_of

pytestmark = pytest.mark.django_db
MINE, THEIRS = "## Mine\n\nMy long morning’s work.", "## Theirs\n\nWhat the other one wrote."


def test_who_opens_a_page_with_a_draft_is_warned_and_not_locked_out(
    eli: StaffMember, rae: StaffMember
) -> None:
    Room(eli).press("save", body=MINE)

    room = Room(rae)
    said = room.words
    room.press("save", body=THEIRS)

    assert "Eli has a draft from" in said
    assert "What the other one wrote." in now_of().text


def test_stale_save_shows_both_texts_with_differences_and_keeps_every_keystroke(
    eli: StaffMember, rae: StaffMember
) -> None:
    mine, theirs = Room(eli), Room(rae)
    theirs.press("save", body=THEIRS)

    answer = mine.press("save", body=MINE, front_title="My title", note="my note")

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Rae saved at" in mine.words
    assert "Your text" in mine.words
    assert "The other text" in mine.words
    assert "<ins>" in html
    assert "<del>" in html
    assert mine.body == MINE
    assert mine.fields["front_title"] == "My title"
    assert mine.fields["note"] == "my note"
    assert "What the other one wrote." in now_of().text


def test_after_a_stale_save_my_text_can_be_kept(eli: StaffMember, rae: StaffMember) -> None:
    mine = Room(eli)
    Room(rae).press("save", body=THEIRS)
    mine.press("save", body=MINE)

    mine.press("save")

    assert MINE in now_of().text
    assert THEIRS in {
        part for each in Revision.objects.all() for part in [each.text.split("---\n", 2)[2].strip()]
    }


@pytest.mark.parametrize("theirs_is_live", [False, True])
def test_after_a_stale_save_the_other_text_can_be_taken_and_mine_is_still_found(
    eli: StaffMember, rae: StaffMember, practice: Practice, theirs_is_live: bool
) -> None:
    mine, other = Room(eli), Room(rae)
    theirs = other.body + "\n\nWhat the other one wrote.\n"
    other.press("save", body=theirs)
    if theirs_is_live:
        publish(rae)
    mine.press("save", body=MINE)

    mine.press("take_theirs")

    assert "What the other one wrote." in now_of().text
    assert any(MINE in each.text for each in Revision.objects.all())


def test_the_page_went_live_meanwhile_so_publishing_shows_both_and_settles(
    eli: StaffMember, rae: StaffMember, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(eli)
    room.press("save", body=room.body + "\n\nMine.\n")
    deploy(monkeypatch, {ABOUT: file_text() + "\nFrom the repository.\n"})
    room.open()

    answer = room.press("publish")
    said = room.words
    room.press("publish")
    snapshot.refresh()

    assert answer.status_code == 409
    assert "From the repository" in said
    assert now_of().served_text.endswith("Mine.\n")


def test_conflict_with_the_repository_is_settled_by_choosing(
    eli: StaffMember, rae: StaffMember, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = file_text()
    publish_text(eli, rae, body.replace("title:", "title: Our", 1))
    deploy(monkeypatch, {ABOUT: body + "\nFrom the repository.\n"})
    room = Room(eli)

    page = room.client.get(address("settle"))
    together = text_of(page)

    assert "Conflict" in room.words
    assert "As edited here" in together
    assert "do not touch the same lines" in together
    assert "From the repository." in together
    typed = {"stamp": now_of().stamp, "do": "text", "text": _box(page)}
    answer = room.client.post(address("settle"), typed, follow=True)
    assert "conflict is settled" in text_of(answer)
    assert "title: Our" in now_of().text
    assert now_of().text.endswith("From the repository.\n")


def test_conflict_can_be_settled_for_the_file(
    eli: StaffMember, rae: StaffMember, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = file_text()
    publish_text(eli, rae, body.replace("title:", "title: Our", 1))
    deploy(monkeypatch, {ABOUT: body + "\nFrom the repository.\n"})
    room = Room(eli)

    room.client.post(address("settle"), {"stamp": now_of().stamp, "do": "file"})

    assert now_of().served_text.endswith("From the repository.\n")
    assert any("title: Our" in each.text for each in Revision.objects.all())


def test_settling_an_old_page_again_keeps_what_was_typed(eli: StaffMember) -> None:
    room = Room(eli)

    answer = room.client.post(address("settle"), {"stamp": "old", "do": "text", "text": "My merged words"})

    assert answer.status_code == 422
    assert "My merged words" in text_of(answer)


def test_a_sign_in_that_ran_out_gives_the_text_back(eli: StaffMember) -> None:
    eli.set_password("demo-pass-1234")
    eli.save()
    room = Room(eli)
    room.fields |= {"body": MINE, "front_title": "My title"}
    Session.objects.all().delete()

    refused = room.client.post(address("change"), room.sent("save"))
    sign_in = refused.headers["Location"]
    room.client.post(
        reverse("staff:sign_in"), {"username": "eli", "password": "demo-pass-1234", "next": address("change")}
    )
    room.open()

    assert sign_in == f"/staff/sign-in/?next={address('change')}"
    assert "You were signed out before this was saved" in room.words
    assert room.body == MINE
    assert room.fields["front_title"] == "My title"
    room.press("save")
    assert MINE in now_of().text


def test_what_eli_typed_is_not_handed_to_whoever_signs_in_next(eli: StaffMember, rae: StaffMember) -> None:
    room = Room(eli)
    Session.objects.all().delete()
    room.client.post(address("change"), {**room.sent("save"), "body": MINE})

    room.client.force_login(rae)
    room.open()

    assert "My long morning" not in room.answer.content.decode()


def test_strangers_cannot_have_texts_kept(eli: StaffMember) -> None:
    client = Client()

    client.post(address("change"), {"ticket": "made up", "body": "x" * 1000})

    assert Session.objects.count() == 0


def test_a_form_with_an_old_token_comes_back_filled_in(eli: StaffMember) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(eli)
    room = Room(eli, client=client)

    answer = room.press("save", body=MINE)

    assert answer.status_code == 200
    room.fields["csrfmiddlewaretoken"] = "old"
    answer = room.press("save", body=MINE + " More.")
    assert answer.status_code == 403
    assert room.body == MINE + " More."
    assert "Please save it again" in room.words
    room.press("save")
    assert "More." in now_of().text


def test_a_database_that_goes_away_gives_the_text_back(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(eli)
    room.client.raise_request_exception = False
    room.fields |= {"body": MINE, "front_title": "My title"}
    here = address("change")

    def away(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", away)
        answer = room.client.post(here, room.sent("save"))

    assert answer.status_code == 503
    assert "My long morning’s work." in text_of(answer)
    assert "title: My title" in text_of(answer)
    assert "<textarea" in answer.content.decode()


def test_two_megabytes_are_refused_in_clear_words_and_given_back(eli: StaffMember) -> None:
    room = Room(eli)
    long = MINE + " word" * 420_000

    sent = urlencode({**room.sent("save"), "body": long})
    answer = room.client.post(address("change"), sent, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "too long" in text_of(answer)
    assert "My long morning’s work. word word" in text_of(answer)
    assert now_of().draft is None


def test_two_megabytes_of_a_stranger_are_not_read(eli: StaffMember) -> None:
    sent = urlencode({"front": "---\n", "body": "x " * 1_000_000})
    answer = Client().post(address("change"), sent, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in (302, 413)
    assert "x x" not in answer.content.decode()


def test_nul_is_shown_where_it_stands_and_the_text_is_kept(eli: StaffMember) -> None:
    room = Room(eli)

    answer = room.press("save", body="Before\0after")

    assert answer.status_code == 422
    assert room.body == "Before␀after"
    assert "a character that no page can keep" in room.words


def test_script_in_the_text_is_words_and_nothing_more(eli: StaffMember) -> None:
    room = Room(eli)
    evil = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) </textarea><img src=x onerror=alert(1)>"

    room.press("save", body=evil)
    html = room.answer.content.decode()
    preview = room.client.get(address("preview")).content.decode()

    assert room.body == evil
    assert "<script>alert" not in html + preview
    assert "<img src=x" not in html + preview
    assert 'href="javascript' not in html + preview


def test_a_double_click_saves_once(eli: StaffMember) -> None:
    room = Room(eli)
    sent = room.sent("save") | {"body": MINE}

    room.client.post(address("change"), sent)
    room.client.post(address("change"), sent)

    assert Revision.objects.count() == 1


def _box(page: Any) -> str:
    html = page.content.decode().replace('class="settling"', 'id="settling"')
    return fields_of(html, "settling")["text"]


def test_no_form_of_ours_comes_in_parts() -> None:
    """A browser sends parts only where a form says so: what is too long comes as one piece, and can be given back."""
    root = Path(__file__).resolve().parents[2]
    written = [*(root / "templates").rglob("*.html"), *(root / "static" / "js").glob("*.js")]
    words = {file: file.read_text(encoding="utf-8") for file in written}

    assert len(words) > 50
    assert [file.name for file, text in words.items() if re.search("enctype|multipart", text)] == []
    sending = [text for text in words.values() if "new FormData" in text]
    assert sending
    assert all(
        text.count("new FormData") == text.count("new URLSearchParams(new FormData(") for text in sending
    )

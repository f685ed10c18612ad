"""An editor who knows Word opens a page, changes it, sees it, inserts, saves, sends and publishes."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clinic import snapshot
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from content import catalog
from content.models import Note, Page
from tests.content.desk_of_editors import ABOUT, RISKS, file_text, now_of, row_of, save
from tests.content.rooms import Room, address, fields_of, text_of

pytestmark = pytest.mark.django_db
SOURCE = ("source", "mot1", "")
SPANISH = ("page", "about", "es")
A_CLAIM = "About 40 of 100 people walk twice as far after 1 year. 60 did not."


def test_editor_finds_the_text_as_fields_and_saving_changes_nothing_else(eli: StaffMember) -> None:
    room = Room(eli)

    room.press("save", front_title="About us: who we are")

    draft = now_of().text
    assert room.answer.status_code == 200
    assert 'title: "About us: who we are"\n' in draft
    before, after = file_text().split("\n"), draft.split("\n")
    assert [a for a, b in zip(before, after, strict=True) if a != b] == [before[3 + before[3:].index(next(
        line for line in before if line.startswith("title:")))]]  # fmt: skip


@pytest.mark.parametrize("key", [ABOUT, RISKS, SPANISH, SOURCE])
def test_what_is_opened_and_sent_back_untouched_is_the_same_text(
    eli: StaffMember, key: tuple[str, str, str]
) -> None:
    room = Room(eli, key)

    room.press("save")

    assert now_of(key).text == file_text(key)
    assert "You have changed nothing" in room.words


def test_draft_is_not_what_readers_get(eli: StaffMember, client: Client) -> None:
    Room(eli).press("save", body="## Quite new words\n\nHello.")
    snapshot.refresh()

    assert "Quite new words" not in client.get("/about/").content.decode()
    assert "Quite new words" in Room(eli).body


def test_preview_is_the_real_page_for_staff_alone_and_never_kept(eli: StaffMember, client: Client) -> None:
    room = Room(eli)
    room.fields["body"] = "## Words of a draft\n\nHello <script>alert(1)</script>"

    answer = room.client.post(address("preview"), room.sent("preview"))

    html = answer.content.decode()
    assert '<main id="main"' in html
    assert "<h2" in html
    assert "Words of a draft" in html
    assert "<script>alert" not in html
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/about/").headers["Content-Security-Policy"]
    assert client.get(address("preview")).status_code == 302


def test_preview_of_a_spanish_page_speaks_spanish(eli: StaffMember) -> None:
    room = Room(eli, SPANISH)

    html = room.client.get(address("preview", SPANISH)).content.decode()

    assert '<html lang="es">' in html
    assert "Fuente" in html or "Saltar" in html or "Emergencia" in html


def test_preview_says_what_keeps_it_from_being_shown(eli: StaffMember) -> None:
    room = Room(eli)
    room.fields["body"] = "See.[^no-such-source]"

    answer = room.client.post(address("preview"), room.sent("preview"))

    assert answer.status_code == 200
    assert "no-such-source" in text_of(answer)


def test_inserting_a_source_without_scripts_keeps_everything_typed(eli: StaffMember) -> None:
    room = Room(eli)

    room.press("insert_source", body="Typed here.@@ And more.", insert__source="mot1", note="my note")

    assert room.body == "Typed here.[^mot1] And more."
    assert room.fields["note"] == "my note"
    assert now_of().draft is None


@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("8", "🙂 Typed.[^mot1] And more."),
        ("9999", "🙂 Typed. And more.[^mot1]\n"),
        ("x", "🙂 Typed. And more.[^mot1]\n"),
    ],
)
def test_a_script_says_where_she_was_writing_and_no_mark_stays_in_her_text(
    eli: StaffMember, at: str, body: str
) -> None:
    room = Room(eli)

    room.press("insert_source", body="🙂 Typed. And more.", insert__at=at, insert__source="")
    without = room.body
    room.press("insert_source", insert__at=at, insert__source="mot1")

    assert without == "🙂 Typed. And more."
    assert room.body.rstrip("\n") == body.rstrip("\n")


def test_inserting_a_link_and_a_picture_without_scripts(eli: StaffMember) -> None:
    room = Room(eli)

    room.press(
        "insert_link", body="Read about @@.", insert__page="/mild/risks/", insert__link_words="Risks [all]"
    )
    room.press(
        "insert_picture",
        insert__picture="canal.svg",
        insert__alt="Three canals side by side",
        insert__caption="Wide and narrow",
    )

    assert room.body == (
        "Read about [Risks \\[all\\]](/mild/risks/).\n\n"
        '![Three canals side by side](canal.svg "Wide and narrow")\n'
    )


def test_picture_without_words_for_the_blind_is_not_inserted(eli: StaffMember) -> None:
    room = Room(eli)

    answer = room.press("insert_picture", body="Mine.", insert__picture="canal.svg", insert__alt="")

    assert answer.status_code == 422
    assert "write what it shows" in room.words
    assert room.body == "Mine."


def test_findings_name_their_line_and_lead_to_it_without_scripts(eli: StaffMember) -> None:
    room = Room(eli)

    room.press("check", body=f"Fine.\n\n{A_CLAIM}")

    html = room.answer.content.decode()
    assert 'href="#line-3" data-line="3">Line 3</a>' in html
    assert f'id="line-3"><span class="number">3</span><code>{A_CLAIM}</code>' in html
    assert "a statement that needs a source" in room.words
    assert now_of().draft is None


def test_a_finding_in_the_front_matter_leads_to_its_field(eli: StaffMember) -> None:
    room = Room(eli)

    room.press("check", front_path="/cost/")

    assert 'href="#id_front_path"' in room.answer.content.decode()
    assert "stands at this path" in room.words


def test_editor_publishes_a_page_that_states_nothing_clinical(
    eli: StaffMember, practice: Practice, client: Client
) -> None:
    key = ("page", "privacy", "en")
    room = Room(eli, key)
    text = room.body.replace("\n\n", "\n\nWe read every mail.\n\n", 1)

    room.press("publish", body=text, **reasons(room))
    room.open()

    assert "We read every mail" in client.get("/privacy/").content.decode()
    assert "Edited here, and not in the repository yet" in room.words


def reasons(room: Room) -> dict[str, str]:
    """A reason for each warning that may come up."""
    return {f"reason__{rule}": "agreed" for rule in ("grade", "twin-older", "exemption", "twin-sources")}


def test_an_unsourced_claim_is_kept_as_a_draft_and_not_published(eli: StaffMember, rae: StaffMember) -> None:
    Room(eli, RISKS).press("save", body=f"## New\n\n{A_CLAIM}")
    room = Room(rae, RISKS)

    answer = room.read(
        room.client.post(address("review", RISKS), {"stamp": room.fields["stamp"], "do": "publish"})
    )

    assert answer.status_code == 422
    assert "The checks found something that must be changed first" in text_of(answer)
    assert now_of(RISKS).draft is not None


def test_what_the_checks_forbid_is_kept_as_a_draft_and_sent_to_no_reviewer(
    eli: StaffMember, rae: StaffMember
) -> None:
    StaffMember.objects.filter(pk=rae.pk).update(email="rae@example.com")
    room = Room(eli, RISKS)

    room.press("send", body=f"## New\n\n{A_CLAIM}")

    assert room.answer.status_code == 422
    assert "Your draft is saved. It is not sent. The checks found something" in room.words
    assert room.words.casefold().count("not sent") == 1
    assert "Must change" in room.words
    assert A_CLAIM.strip() in room.body
    assert row_of(RISKS).stage == Page.Stage.DRAFT
    assert not Message.objects.exists()

    room.press("send", body="## New\n\nAsk us about it.\n")
    assert "Sent for review" in room.words
    assert row_of(RISKS).stage == Page.Stage.IN_REVIEW
    assert Message.objects.count() == 1


def test_clinical_page_needs_another_person(eli: StaffMember) -> None:
    room = Room(eli, RISKS)

    room.press("publish", body=room.body + "\n\nAsk us.\n")

    assert room.answer.status_code == 422
    assert "Your draft is saved. It is not published." in room.words
    assert now_of(RISKS).draft is not None


def test_reviewer_who_wrote_it_is_told_that_another_must_publish(rae: StaffMember) -> None:
    room = Room(rae, RISKS)

    room.press("publish", body=room.body + "\n\nAsk us.\n")

    assert room.answer.status_code == 422
    assert "Another person" in room.words or "another reviewer" in room.words
    assert "Ask us." in room.body


def test_schedule_names_the_zone_and_refuses_the_past_and_hours_that_do_not_exist(
    eli: StaffMember, practice: Practice
) -> None:
    key = ("page", "privacy", "en")
    wrong = {
        "2027-01-03T09:00": "passed",
        "2027-03-14T02:30": "does not exist",
        "soon": "such as 12/01/2026 9:00 am",
    }

    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False):
        room = Room(eli, key)
        body = room.body + "\n\nCall us.\n"
        assert "day and time in Central Time" in room.words
        for when, why in wrong.items():
            room.press("schedule", body=body, publish_at=when, **reasons(room))
            assert room.answer.status_code == 422, when
            assert why in room.words
            assert room.fields["publish_at"] == when or when == "soon"
            assert now_of(key).scheduled is None
            assert room.body.rstrip("\n") == body.rstrip("\n")
        room.press("schedule", publish_at="2027-03-15T09:00", **reasons(room))

        assert now_of(key).scheduled is not None
    assert "goes live on Monday, March 15, 2027, 9 am (Central Time)" in room.words


def test_a_warning_is_published_only_with_a_reason_that_is_kept(eli: StaffMember, practice: Practice) -> None:
    key = ("page", "privacy", "es")
    room = Room(eli, key)
    body = room.body + "\n\nLlámenos.\n"
    english = ("page", "privacy", "en")
    other = Room(eli, english)
    other.press("publish", body=other.body + "\n\nCall us.\n", **reasons(other))
    snapshot.refresh()

    room.open()
    room.press("publish", body=body, spanish_by="Ana Example")
    refused = room.words
    room.press("publish", spanish_by="Ana Example", **reasons(room))

    assert "Say for each of these why it may stand" in refused
    live = now_of(key).live
    assert live is not None
    step = live.steps.get(kind="published")
    assert step.spanish_by == "Ana Example"
    assert {each["reason"] for each in step.reasons} == {"agreed"}


def test_spanish_page_is_marked_as_made_from_todays_english(eli: StaffMember, practice: Practice) -> None:
    english = ("page", "privacy", "en")
    other = Room(eli, english)
    other.press("publish", body=other.body + "\n\nCall us.\n", **reasons(other))
    snapshot.refresh()
    key = ("page", "privacy", "es")
    room = Room(eli, key)

    room.press("save", up_to_date="on")

    digest = catalog.current().by_id[("privacy", "en")].document.digest
    assert f"translates: {digest}" in now_of(key).text
    assert "made from the English one of today" in room.words


def test_wording_only_is_kept_with_the_draft(eli: StaffMember) -> None:
    room = Room(eli)

    room.press("save", body=room.body + "\n\nBye.\n", wording_only="on")

    draft = now_of().draft
    assert draft is not None
    assert draft.kind == "wording"
    assert room.fields.get("wording_only") == "on"


def test_source_is_edited_with_its_own_fields(eli: StaffMember) -> None:
    room = Room(eli, SOURCE)

    room.press("save", front_limits_es="Límite: «uno», y 2.", front_checked_on="2026-11-20")

    text = now_of(SOURCE).text
    assert 'es: "Límite: «uno», y 2."}' in text
    assert "checked_on: 2026-11-20\n" in text
    assert "Read the source" in text_of(room.client.get(address("preview", SOURCE)))


def test_new_page_and_new_source_begin_with_a_draft(eli: StaffMember) -> None:
    room = Room(eli)

    for kind, name in (("page", "walking"), ("source", "new-study")):
        answer = room.client.post(
            reverse("admin:content_page_add"), {"kind": kind, "document_id": name, "lang": "en"}, follow=True
        )
        assert answer.status_code == 200
        assert "Not published yet" in text_of(answer)
    again = room.client.post(
        reverse("admin:content_page_add"), {"kind": "page", "document_id": "walking", "lang": "en"}
    )

    assert again.status_code == 422
    assert "already" in text_of(again)
    assert Page.objects.filter(page_id="walking", lang="en").exists()


def test_renamed_page_leads_its_old_readers_on(eli: StaffMember, practice: Practice, client: Client) -> None:
    key = ("page", "privacy", "en")
    room = Room(eli, key)

    room.press("publish", front_path="/for-all/", **reasons(room))

    assert client.get("/for-all/").status_code == 200
    assert client.get("/privacy/").headers["Location"] == "/for-all/"


def test_broken_front_matter_is_shown_raw_with_its_fault_and_can_be_mended(eli: StaffMember) -> None:
    save(eli, file_text().replace("title:", "title: [", 1))

    room = Room(eli)

    assert "cannot be read" in room.words
    assert "body" not in room.fields
    assert room.fields["whole"].startswith("---\nid: about")
    room.press("save", whole=file_text().replace("title:", "title: New", 1))
    assert "front_title" in room.fields


def test_front_matter_broken_in_the_box_is_kept(eli: StaffMember) -> None:
    save(eli, "no front matter at all")
    room = Room(eli)

    room.press("save", whole="---\nid: about\n: :\nstill mine")

    assert "still mine" in room.fields["whole"]
    assert "still mine" in now_of().text


def test_account_that_only_reads_sees_the_page_and_no_buttons(ada: StaffMember) -> None:
    room = Room(ada)

    html = room.answer.content.decode()

    assert "Save draft" not in html
    assert room.client.post(address("change"), room.sent("save")).status_code == 403


def test_notes_are_left_for_each_other(eli: StaffMember, rae: StaffMember) -> None:
    room = Room(eli)

    room.client.post(address("note"), {"text": "Is this right?\n<b>bold</b>"})

    assert Note.objects.get().by == eli
    html = Room(rae).answer.content.decode()
    assert "Is this right?" in html
    assert "&lt;b&gt;bold" in html


def test_no_style_and_no_script_stands_in_the_pages(eli: StaffMember) -> None:
    html = Room(eli).answer.content.decode()

    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son[a-z]+=|javascript:|data:", html)
    assert fields_of(html)["stamp"] == now_of().stamp
    assert row_of().draft is None

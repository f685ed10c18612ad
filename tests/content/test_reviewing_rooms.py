"""A reviewer reads what changed, approves or gives back; every text is listed, compared and brought back; the way out."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic.outbox import Message
from clinic.practice import Practice
from clinic.signatures import Signature
from clinic.staff import CONTENT_EDITOR, StaffMember
from content.models import Deputy, Page, Revision
from tests.conftest import staff_member
from tests.content.desk_of_editors import ABOUT, RISKS, file_text, now_of, publish_text, row_of, save
from tests.content.rooms import Room, address, text_of

pytestmark = pytest.mark.django_db
LIST = "/admin/content/page/"


def sent_for_review(eli: StaffMember, rae: StaffMember) -> Room:
    StaffMember.objects.filter(pk=rae.pk).update(email="rae@example.com")
    room = Room(eli, RISKS)
    room.press(
        "send", body=room.body.replace("Some soreness", "A little soreness"), asked=str(rae.pk), note="ok?"
    )
    return room


def test_reviewer_sees_what_changed_as_read_and_as_written(eli: StaffMember, rae: StaffMember) -> None:
    sent_for_review(eli, rae)
    client = Client()
    client.force_login(rae)

    read = client.get(address("review", RISKS)).content.decode()
    written = client.get(address("review", RISKS) + "?as=source").content.decode()

    for html in (read, written):
        assert '<del><span class="visually-hidden">[removed: </span>Some' in html
        assert '<ins><span class="visually-hidden">[added: </span>A little' in html
    assert "[^lg10]" in written
    assert "[^lg10]" not in read
    assert Message.objects.count() == 1


def test_reviewer_approves_and_readers_get_it(
    eli: StaffMember, rae: StaffMember, practice: Practice, client: Client
) -> None:
    sent_for_review(eli, rae)
    reviewer = Client()
    reviewer.force_login(rae)

    answer = reviewer.post(
        address("review", RISKS),
        {"stamp": now_of(RISKS).stamp, "do": "publish", "note": "fine", "reason-grade": "agreed"},
        follow=True,
    )

    assert "Published" in text_of(answer)
    assert "A little soreness" in client.get("/mild/risks/").content.decode()


def test_reviewer_gives_it_back_with_a_word(eli: StaffMember, rae: StaffMember) -> None:
    sent_for_review(eli, rae)
    client = Client()
    client.force_login(rae)
    form = {"stamp": now_of(RISKS).stamp, "do": "return"}

    without = client.post(address("review", RISKS), {**form, "note": ""})
    client.post(address("review", RISKS), {**form, "note": "Say how long."})

    assert without.status_code == 422
    assert row_of(RISKS).stage == Page.Stage.RETURNED
    assert "back with the author" in Room(eli, RISKS).words
    assert "Rae gave it back: “Say how long.”" in Room(eli, RISKS).words
    assert "Say how long." in text_of(client.get(address("revisions", RISKS)))


def test_editor_is_told_that_a_reviewer_approves(eli: StaffMember, rae: StaffMember) -> None:
    sent_for_review(eli, rae)
    client = Client()
    client.force_login(eli)

    answer = client.get(address("review", RISKS))

    assert "Publish now" not in text_of(answer)
    assert "It waits for a clinical reviewer" in text_of(answer)
    assert "It waits for review already" in Room(eli, RISKS).words


def test_author_is_not_offered_to_give_a_draft_back_to_herself(eli: StaffMember, rae: StaffMember) -> None:
    sent_for_review(eli, rae)
    offered = {}

    for person in (eli, rae):
        client = Client()
        client.force_login(person)
        offered[person.username] = text_of(client.get(address("review", RISKS)))

    assert "Give it back to the author" in offered["rae"]
    assert "A word to the author" in offered["rae"]
    assert "Give it back" not in offered["eli"]
    assert "A word to the author" not in offered["eli"]
    assert "send it for review" not in offered["eli"]


def test_an_old_review_page_changes_nothing_and_keeps_the_word(eli: StaffMember, rae: StaffMember) -> None:
    sent_for_review(eli, rae)
    client = Client()
    client.force_login(rae)

    answer = client.post(address("review", RISKS), {"stamp": "old", "do": "return", "note": "My long word"})

    assert answer.status_code == 422
    assert "My long word" in answer.content.decode()
    assert row_of(RISKS).stage == Page.Stage.IN_REVIEW


def test_reviewer_signs_what_readers_get(rae: StaffMember, practice: Practice) -> None:
    client = Client()
    client.force_login(rae)
    page = client.get(address("review", RISKS))
    digest = page.context["sign_form"].initial["digest"]

    day = (timezone.localdate() + timedelta(days=300)).isoformat()
    answer = client.post(address("sign", RISKS), {"digest": digest, "good_until": day}, follow=True)

    assert "Signed" in text_of(answer)
    assert Signature.objects.get().digest == digest


def test_deputy_is_named_for_some_days_and_may_then_approve(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    ben = staff_member("ben", CONTENT_EDITOR, enters_admin=True)
    sent_for_review(eli, rae)
    client = Client()
    client.force_login(rae)
    days = {"first_day": timezone.localdate().isoformat(), "last_day": date(2100, 1, 1).isoformat()}

    named = client.post(reverse("admin:content_page_deputies"), {"deputy": ben.pk, **days}, follow=True)
    approved = Room(ben, RISKS)
    approved.press("publish", reason__grade="agreed")

    assert "Ben" in text_of(named) or "ben" in text_of(named)
    assert now_of(RISKS).live is not None
    client.post(reverse("admin:content_page_deputies"), {"end": Deputy.objects.get().pk})
    assert Deputy.objects.get().ended is not None


def test_deputy_is_not_named_by_an_editor_nor_backwards_in_time(eli: StaffMember, rae: StaffMember) -> None:
    days = {"first_day": "2030-02-02", "last_day": "2030-01-01"}
    editor, reviewer = Client(), Client()
    editor.force_login(eli)
    reviewer.force_login(rae)

    refused = editor.post(reverse("admin:content_page_deputies"), {"deputy": rae.pk, **days})
    backwards = reviewer.post(reverse("admin:content_page_deputies"), {"deputy": eli.pk, **days})
    unknown = reviewer.post(reverse("admin:content_page_deputies"), {"end": "9" * 30})

    assert (refused.status_code, backwards.status_code, unknown.status_code) == (403, 422, 422)
    assert "last day" in text_of(backwards).casefold()


def test_any_two_texts_are_compared_and_any_is_brought_back(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    publish_text(eli, rae, file_text().replace("title:", "title: First", 1))
    publish_text(eli, rae, file_text().replace("title:", "title: Second", 1))
    room = Room(eli)

    listed = text_of(room.client.get(address("revisions")))
    compared = text_of(room.client.get(address("compare") + "?old=1&new=2&as=source"))
    answer = room.client.post(address("restore"), {"stamp": now_of().stamp, "number": "0"}, follow=True)

    assert "File as deployed" in listed
    assert "published before" in listed
    assert "[removed: First ]" in compared
    assert "[added: Second ]" in compared
    assert "Readers get this text again" in text_of(answer)
    assert now_of().served_text == file_text()


def test_a_text_that_is_not_there_is_not_compared_and_not_brought_back(eli: StaffMember) -> None:
    room = Room(eli)

    for number in ("99", "-1", "x", "9" * 40):
        assert room.client.get(address("compare") + f"?old={number}").status_code == 404
        assert room.client.get(address("preview") + f"?text={number}").status_code == 404
        answer = room.client.post(address("restore"), {"stamp": now_of().stamp, "number": number})
        assert answer.status_code == 422


def test_page_is_withdrawn_to_another_page_and_comes_back(
    eli: StaffMember, practice: Practice, client: Client
) -> None:
    room = Room(eli)
    form = {"stamp": now_of().stamp, "redirect_to": "/contact/", "note": "Merged"}

    without = room.client.post(address("withdraw"), {**form, "note": ""})
    room.client.post(address("withdraw"), form)
    led = client.get("/about/")
    room.client.post(address("restore"), {"stamp": now_of().stamp, "number": "0"})

    assert without.status_code == 422
    assert "Say why it is withdrawn." in text_of(without)
    assert "This field is required" not in text_of(without)
    assert led.headers["Location"] == "/contact/"
    assert client.get("/about/").status_code == 200


def test_emergency_page_is_never_withdrawn(rae: StaffMember) -> None:
    key = ("page", "emergency", "en")
    room = Room(rae, key)

    answer = room.client.post(address("withdraw", key), {"stamp": now_of(key).stamp, "note": "no"})

    assert answer.status_code == 422
    assert "can never be withdrawn" in text_of(answer)
    assert "no" in answer.content.decode()


def test_draft_is_put_away_and_a_schedule_cancelled(eli: StaffMember, practice: Practice) -> None:
    room = Room(eli)
    room.press("save", body=room.body + "\n\nMore.\n")
    room.client.post(address("put_away"), {"stamp": now_of().stamp, "do": "discard"})
    away = now_of().draft
    room.open()
    room.press(
        "schedule", body=room.body + "\n\nLater.\n", publish_at="2100-01-04T09:00", reason__grade="agreed"
    )

    scheduled = now_of().scheduled
    room.client.post(address("put_away"), {"stamp": now_of().stamp, "do": "unschedule"})

    assert away is None
    assert scheduled is not None
    assert now_of().scheduled is None
    assert now_of().text.endswith("Later.\n")


def test_work_list_tells_what_waits(eli: StaffMember, rae: StaffMember, practice: Practice) -> None:
    sent_for_review(eli, rae)
    publish_text(eli, rae, file_text().replace("title:", "title: Our", 1))
    client = Client()
    client.force_login(rae)

    everything = text_of(client.get(LIST))
    waits = text_of(client.get(LIST + "?show=review"))
    ahead = text_of(client.get(LIST + "?show=ahead"))
    found = text_of(client.get(LIST + "?q=riesgos&lang=es"))

    assert "waits for review" in waits
    assert "Review “Risks of MILD”" in waits
    assert "/about/" not in waits
    assert "Edited here today, not in the repository yet" in ahead
    assert "Riesgos de MILD" in found
    assert "Not signed by a clinician yet" in everything


def test_work_list_asks_as_little_for_300_pages_as_for_a_few(
    eli: StaffMember,
) -> None:
    client = Client()
    client.force_login(eli)
    client.get(LIST)
    few = _queries(client)
    rows = Page.objects.bulk_create(
        [Page(kind="page", page_id=f"page-{number}", lang="en") for number in range(300)]
    )
    texts = [
        Revision(
            page=row, number=number, text=f"---\nid: {row.page_id}\n---\n", digest=f"{number:064}", author=eli
        )
        for row in rows
        for number in range(1, 31)
    ]
    Revision.objects.bulk_create(texts, batch_size=500)
    for row in rows[:50]:
        Page.objects.filter(pk=row.pk).update(draft=Revision.objects.get(page=row, number=30), stage="draft")

    assert _queries(client) == few


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(LIST).status_code == 200
    return len(seen)


def test_edits_are_downloaded_as_one_file_that_git_applies(
    eli: StaffMember, rae: StaffMember, practice: Practice, tmp_path: Path
) -> None:
    publish_text(eli, rae, file_text().replace("title:", "title: Our", 1))
    client = Client()
    client.force_login(eli)

    page = text_of(client.get(reverse("admin:content_page_repository")))
    answer = client.get(reverse("admin:content_page_patch"))

    assert "content/pages/en/about.md" in page
    assert "attachment" in answer.headers["Content-Disposition"]
    copy = tmp_path / "content" / "pages" / "en"
    copy.mkdir(parents=True)
    source = Path(settings.BASE_DIR) / "content" / "pages" / "en" / "about.md"
    (copy / "about.md").write_bytes(source.read_bytes())
    (tmp_path / "edits.patch").write_bytes(answer.content)
    subprocess.run(["git", "apply", "edits.patch"], cwd=tmp_path, check=True)
    assert (copy / "about.md").read_text(encoding="utf-8") == now_of().served_text


def test_stale_restore_shows_the_list_again(eli: StaffMember) -> None:
    save(eli, file_text() + "\nMore.\n")
    room = Room(eli)

    answer = room.client.post(address("restore", ABOUT), {"stamp": "old", "number": "0"})

    assert answer.status_code == 422
    assert "Somebody else has changed this" in text_of(answer)


def test_editor_sets_the_site_notice_and_nothing_else_of_the_practice(
    eli: StaffMember, practice: Practice, client: Client
) -> None:
    editor = Client()
    editor.force_login(eli)
    place = reverse("admin:content_page_notice")
    words = {"notice_en": "Closed on Monday for snow.", "notice_es": "Cerrado el lunes por nieve."}

    wrong = editor.post(
        place, {**words, "notice_from": "2030-01-02T09:00", "notice_until": "2030-01-01T09:00"}
    )
    alone = editor.post(place, {"notice_en": "Closed on Monday for snow."})
    editor.post(place, {**words, "name": "Another name", "phone": "1"})

    assert wrong.status_code == 422
    assert "must end after it starts" in text_of(wrong)
    assert alone.status_code == 422
    assert "Closed on Monday for snow." in client.get("/about/").content.decode()
    assert "Cerrado el lunes" in client.get("/es/").content.decode()
    practice.refresh_from_db()
    assert practice.name != "Another name"
    assert editor.get("/admin/clinic/practice/").status_code == 403

"""A text of before is restored after a question: what readers would get, whether at once, and why its warnings may stand."""

import pytest
from django.test import Client

from clinic.practice import Practice
from clinic.staff import StaffMember
from content.models import Page
from tests.content.desk_of_editors import ABOUT, RISKS, file_text, now_of, publish_text, row_of, save
from tests.content.rooms import address, fields_of_page, text_of

pytestmark = pytest.mark.django_db


def signed_in(person: StaffMember) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_question_comes_first_and_shows_what_readers_would_get(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    publish_text(eli, rae, file_text().replace("title:", "title: First", 1))
    client = signed_in(eli)
    listed = client.get(address("revisions"))

    asked = client.get(address("restore") + "?number=0")
    before = now_of().served_text
    done = client.post(address("restore"), fields_of_page(asked), follow=True)

    assert "Restore this text… 0" in text_of(listed)
    assert "Bring back" not in text_of(listed)
    assert "[removed: First ]" in text_of(asked)
    assert "Readers get it at once" in text_of(asked)
    assert f'href="{address("preview")}?text=0"' in asked.content.decode()
    assert "title: First" in before
    assert "Readers get this text again" in text_of(done)
    assert now_of().served_text == file_text()


def test_what_readers_get_and_the_draft_itself_have_nothing_to_restore(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    publish_text(eli, rae, file_text().replace("title:", "title: First", 1))
    save(eli, file_text().replace("title:", "title: Second", 1))
    client = signed_in(eli)

    listed = client.get(address("revisions")).content.decode()
    asked = client.get(address("restore") + "?number=1")

    assert "?number=0" in listed
    assert "?number=1" not in listed
    assert "?number=2" not in listed
    assert "Nothing to restore" in text_of(asked)
    assert "number" not in fields_of_page(asked)


def test_who_may_not_publish_is_told_that_it_becomes_the_draft(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    publish_text(eli, rae, file_text(RISKS) + "\nWe like to talk.\n", RISKS)
    save(rae, file_text(RISKS) + "\nWe like to listen.\n", RISKS)
    client = signed_in(eli)

    asked = client.get(address("restore", RISKS) + "?number=0")
    client.post(address("restore", RISKS), fields_of_page(asked))

    words = text_of(asked)
    assert "Readers do not get it yet. This text makes clinical statements." in words
    assert "takes the place of the draft by Rae" in words
    assert now_of(RISKS).text == file_text(RISKS)
    assert row_of(RISKS).stage == Page.Stage.DRAFT
    assert now_of(RISKS).served_text.endswith("We like to talk.\n")


def test_two_warnings_of_one_rule_take_one_reason_and_no_refusal_takes_it_away(
    eli: StaffMember, practice: Practice
) -> None:
    save(eli, file_text() + "\n{! one !}\n\nWe talk. {! not needed !}\n\nWe listen. {! not needed !}\n")
    save(eli, file_text() + "\nWe write.\n")
    client = signed_in(eli)

    asked = client.get(address("restore") + "?number=1")
    given = fields_of_page(asked)
    names = [name for name in given if name.startswith("reason-")]
    refused = client.post(address("restore"), given | {"reason-exemption": "my reason", "stamp": "old"})

    assert names.count("reason-exemption") == 1
    assert asked.content.decode().count('name="reason-exemption"') == 1
    assert refused.status_code == 422
    assert fields_of_page(refused)["reason-exemption"] == "my reason"
    assert fields_of_page(refused)["number"] == "1"


def test_a_text_that_does_not_exist_is_not_asked_about(eli: StaffMember) -> None:
    client = signed_in(eli)

    assert client.get(address("restore") + "?number=99").status_code == 404
    assert client.get(address("restore") + "?number=x").status_code == 404
    assert client.get(address("restore")).headers["Location"] == address("revisions", ABOUT)

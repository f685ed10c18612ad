"""What somebody types or sends into the editors' rooms by mistake or on purpose: refused in words, and nothing breaks."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic import snapshot
from clinic.practice import Practice
from clinic.staff import StaffMember
from content import actions
from content.documents import BadDocument, page_from, parse
from content.models import Step
from content.refusals import BadText, BadTime, NotAllowed
from tests.content.desk_of_editors import ABOUT, REASONS, RISKS, file_text, form_of, now_of, publish, save
from tests.content.rooms import Room, address

pytestmark = pytest.mark.django_db
NUL = "a\0b"
CLAIM = "mild helps most people with leg pain"


def with_front(key: str, words: str) -> str:
    lines = [f"{key}: {words}" if line.startswith(f"{key}: ") else line for line in file_text().split("\n")]
    return "\n".join(lines)


@pytest.mark.parametrize("key", ["title", "nav", "summary", "main_message"])
def test_an_editor_puts_no_medical_statement_into_the_front_matter_alone(eli: StaffMember, key: str) -> None:
    save(eli, with_front(key, CLAIM))

    with pytest.raises(NotAllowed, match="clinical reviewer publishes it"):
        publish(eli)

    assert CLAIM not in now_of().served_text


@pytest.mark.parametrize(
    "place",
    [
        f"## {CLAIM}",
        f"![{CLAIM}](spine.svg)",
        f'!!! info "{CLAIM}"\n    Hello.',
        f"| {CLAIM} | b |\n|---|---|\n| c | d |",
        f"| a | b |\n|---|---|\n| {CLAIM} | d |",
    ],
)
def test_an_editor_puts_no_medical_statement_beside_the_sentences_alone(eli: StaffMember, place: str) -> None:
    save(eli, f"{file_text()}\n{place}\n")

    with pytest.raises(NotAllowed, match="clinical reviewer publishes it"):
        publish(eli)

    assert CLAIM not in now_of().served_text


@pytest.mark.parametrize("months", ["99999999999999", "0", "-5", "61"])
def test_a_review_in_a_number_of_months_that_no_calendar_holds_is_a_fault(months: str) -> None:
    with pytest.raises(BadDocument, match="months from 1 to 60"):
        page_from(parse("about.md", with_front("review_every", months)))


def test_a_path_longer_than_any_address_is_a_fault() -> None:
    with pytest.raises(BadDocument, match="160 characters at most"):
        page_from(parse("about.md", with_front("path", f"/{'a' * 160}/")))


def test_the_last_moment_that_can_be_written_is_refused_and_the_text_stays(eli: StaffMember) -> None:
    save(eli, file_text() + "\nMore.\n")

    with pytest.raises(BadTime, match="Check the year"):
        actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=datetime(9999, 12, 31, 23, 59))

    assert now_of().draft is not None


@pytest.mark.parametrize(
    ("room", "typed"),
    [
        ("review", {"do": "return", "note": NUL}),
        ("review", {"do": "publish", "note": NUL}),
        ("put_away", {"note": NUL}),
        ("restore", {"number": "0", "note": NUL}),
        ("restore", {"number": "0", "spanish_by": "z" * 161}),
    ],
)
def test_a_note_that_no_database_can_hold_is_refused_in_words(
    eli: StaffMember, rae: StaffMember, room: str, typed: dict[str, str]
) -> None:
    save(eli, file_text(RISKS) + "\nMore.\n", RISKS)
    actions.send_for_review(**form_of(RISKS, eli))
    reviewer = Room(rae, RISKS)
    before = Step.objects.count()

    answer = reviewer.client.post(address(room, RISKS), {**typed, "stamp": now_of(RISKS).stamp})

    assert answer.status_code == 422
    assert Step.objects.count() == before
    assert now_of(RISKS).draft is not None


def test_a_note_to_the_reviewer_that_no_database_can_hold_is_refused(eli: StaffMember) -> None:
    save(eli, file_text() + "\nMore.\n")

    with pytest.raises(BadText):
        actions.send_for_review(**form_of(ABOUT, eli), note=NUL)


@pytest.mark.parametrize("year", ["9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("name", ["notice_from", "notice_until"])
def test_no_notice_starts_or_ends_when_python_cannot_say_it(
    eli: StaffMember, practice: Practice, name: str, year: str
) -> None:
    """PostgreSQL kept it, and from then on no server could read its practice."""
    editor = Client()
    editor.force_login(eli)
    words: dict[str, Any] = {"notice_en": "Closed for snow.", "notice_es": "Cerrado por nieve.", name: year}

    answer = editor.post(reverse("admin:content_page_notice"), words)

    assert answer.status_code == 422
    assert "Check the year" in answer.content.decode()
    assert snapshot.refresh().practice.notice == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clinic_practice WHERE notice_en <> ''")
        assert cursor.fetchone() == (0,)


def test_a_withdrawn_medical_page_does_not_become_a_harmless_one_by_one_person(
    eli: StaffMember, rae: StaffMember
) -> None:
    actions.withdraw(**form_of(RISKS, rae), note="It is no longer so.")
    front = file_text(RISKS).split("---\n")[1].replace("kind: clinical", "kind: guide")
    save(eli, f"---\n{front}---\nHello.\n", RISKS)

    with pytest.raises(NotAllowed, match="clinical reviewer publishes it"):
        publish(eli, RISKS)

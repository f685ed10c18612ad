"""The editors' work list says of every document what it waits for, in a constant number of queries."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic import snapshot
from clinic.practice import Practice
from clinic.signatures import sign
from clinic.staff import StaffMember
from content import actions, catalog, work_list
from content.ageing import LOOKED_AT_AGAIN_AFTER
from content.documents import digest_of
from content.live import Key
from content.work_list import Work
from tests.content.desk_of_editors import ABOUT, REASONS, RISKS, file_text, form_of, publish_text, save
from tests.content.rooms import text_of

pytestmark = pytest.mark.django_db


def work_on(key: Key) -> Work:
    return next(each for each in work_list.rows() if each.key == key)


def test_a_page_as_deployed_has_its_title_path_and_grade() -> None:
    work = work_on(RISKS)

    assert (work.title, work.path, work.page_kind) == ("Risks of MILD", "/mild/risks/", "clinical")
    assert (work.state, work.case, work.review, work.ahead_days) == ("live", "file", "unsigned", None)
    assert work.grade is not None
    assert work.grade.score < 9
    assert work.twin == ("page", "risks", "es")


def test_who_writes_and_what_waits_is_said(eli: StaffMember) -> None:
    save(eli, f"{file_text(RISKS)}\nMILD relieves pain in most people.\n", RISKS)
    assert (work_on(RISKS).state, work_on(RISKS).editor, work_on(RISKS).errors) == ("draft", eli, 1)

    save(eli, f"{file_text(RISKS)}\nWe like to talk.\n", RISKS)
    actions.send_for_review(**form_of(RISKS, eli))

    assert work_on(RISKS).state == "in review"


def test_what_the_repository_lacks_is_counted_in_days(eli: StaffMember) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
        assert work_on(ABOUT).ahead_days == 3


def test_scheduled_and_withdrawn_pages_say_so(eli: StaffMember) -> None:
    save(eli, f"{file_text()}\nWe like to talk.\n")
    at = timezone.now() + timedelta(days=1)
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=at)
    assert (work_on(ABOUT).state, work_on(ABOUT).scheduled_for) == ("scheduled", at)

    actions.withdraw(**form_of(ABOUT, eli), note="We are moving.")

    assert work_on(ABOUT).state == "withdrawn"


def test_an_older_spanish_twin_is_marked(eli: StaffMember) -> None:
    assert not work_on(("page", "about", "es")).twin_is_older

    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")

    assert work_on(("page", "about", "es")).twin_is_older


@pytest.mark.parametrize(("days", "colour"), [(200, "signed"), (30, "amber"), (1, "red")])
def test_a_review_shows_amber_before_it_is_due_and_red_after(
    practice: Practice, rae: StaffMember, days: int, colour: str
) -> None:
    due = timezone.localdate() + timedelta(days=days)
    sign(by=rae, subject="page", key="risks", lang="en", digest=digest_of(file_text(RISKS)), good_until=due)

    with time_machine.travel(timezone.now() + timedelta(days=2 if colour == "red" else 0)):
        snapshot.refresh()

        assert (work_on(RISKS).review, work_on(RISKS).review_due) == (colour, due)


def test_a_signature_on_other_words_is_told_from_one_on_these(practice: Practice, rae: StaffMember) -> None:
    due = timezone.localdate() + timedelta(days=200)
    sign(by=rae, subject="page", key="risks", lang="en", digest="0" * 64, good_until=due)
    snapshot.refresh()

    assert work_on(RISKS).review == "changed"


def test_a_broken_draft_is_one_error_and_keeps_its_row(eli: StaffMember) -> None:
    save(eli, "no front matter")

    assert (work_on(ABOUT).errors, work_on(ABOUT).title) == (1, "about")


def test_the_list_takes_as_many_queries_for_many_edits_as_for_one(
    eli: StaffMember, rae: StaffMember, django_assert_max_num_queries: Any
) -> None:
    for words in ("We talk.", "We listen.", "We write."):
        for page_id in ("about", "contact", "ask"):
            key = ("page", page_id, "en")
            publish_text(eli, rae, f"{file_text(key)}\n{words}\n", key)

    with django_assert_max_num_queries(3):
        work_list.rows()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-80, "Look at it again by"),
        (-20, "Look at it again soon: by"),
        (5, "Not looked at for a year: overdue"),
    ],
)
def test_a_source_in_the_list_says_why_it_is_due(
    eli: StaffMember, practice: Practice, days: int, said: str
) -> None:
    looked_at = catalog.current().sources["mot1"].checked_on
    due = datetime.fromisoformat(f"{looked_at}T18:00+00:00") + LOOKED_AT_AGAIN_AFTER
    client = Client()

    with time_machine.travel(due + timedelta(days=days)):
        client.force_login(eli)
        listed = text_of(client.get(reverse("admin:content_page_changelist") + "?q=mot1&kind=source"))

    assert said in listed

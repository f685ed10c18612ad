"""The counts that an open queue asks for: bare numbers, which read no patient and keep no login alive."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.audit import AuditEntry
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked

ClientFor = Callable[[StaffMember], Client]


def test_counts_are_bare_numbers(client_for: ClientFor, dana: StaffMember, practice: Practice) -> None:
    asked(owner=dana)
    last = asked(name="Rosa Sample", due=timezone.now() - timedelta(hours=1))

    answer = client_for(dana).get("/desk/counts/")

    assert answer.json() == {
        "newest": last.pk,
        "counts": {
            "all": "2",
            "new": "2",
            "mine": "1",
            "overdue": "1",
            "waiting": "0",
            "time_set": "0",
            "closed": "0",
        },
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_counts_read_no_patient_and_leave_no_line_in_the_audit(
    client_for: ClientFor, dana: StaffMember, practice: Practice
) -> None:
    asked(name="Rosa Sample")
    browser = client_for(dana)

    with CaptureQueriesContext(connection) as captured:
        browser.get("/desk/counts/")

    asked_for = " ".join(each["sql"] for each in captured if "consultationrequest" in each["sql"])
    assert asked_for
    assert not [
        column for column in ('"name"', '"phone"', '"email"', '"shared_answers"') if column in asked_for
    ]
    assert not AuditEntry.objects.exists()


def test_counts_keep_no_login_alive(client_for: ClientFor, dana: StaffMember, practice: Practice) -> None:
    browser = client_for(dana)
    before = list(Session.objects.values_list("session_key", "session_data", "expire_date"))

    with CaptureQueriesContext(connection) as captured:
        answer = browser.get("/desk/counts/")

    assert answer.status_code == 200
    assert not answer.cookies
    assert list(Session.objects.values_list("session_key", "session_data", "expire_date")) == before
    assert not [query["sql"] for query in captured if not query["sql"].startswith("SELECT")]


def test_whoever_is_signed_out_or_has_no_right_is_told_so_in_json(
    client: Client, client_for: ClientFor, sam: StaffMember, practice: Practice
) -> None:
    stranger, other = client.get("/desk/counts/"), client_for(sam).get("/desk/counts/")

    assert (stranger.status_code, stranger.json()) == (401, {"error": "signed out"})
    assert (other.status_code, other.json()) == (403, {"error": "signed out"})


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_counts_are_only_read(
    client_for: ClientFor, dana: StaffMember, practice: Practice, method: str
) -> None:
    assert getattr(client_for(dana), method)("/desk/counts/").status_code == 405

"""Many people, or many clicks, in the same moment: on PostgreSQL, through the address, as several servers would have it."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from pytest_django import Settings

from booking import actions, merge_actions
from booking.models import ConsultationRequest
from booking.wish import Wish
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import Typed, hidden

# Each of them is a thread with a connection of its own: tools/with_postgres.sh allows as many for several processes.
AT_ONCE = 50

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_postgresql(practice: Practice, settings: Settings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; ten clicks at once are tried elsewhere.")
    settings.BOOKING_LIMIT_PER_ADDRESS = settings.BOOKING_LIMIT_GLOBAL = 1000


def together(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Does all of them, in crowds that start at the same moment."""
    done: list[Any] = []
    for first in range(0, len(deeds), AT_ONCE):
        crowd = deeds[first : first + AT_ONCE]
        start = threading.Barrier(len(crowd))
        with ThreadPoolExecutor(len(crowd)) as people:
            done += people.map(lambda deed, start=start: _on_the_mark(deed, start), crowd)
    return done


def _on_the_mark(deed: Callable[[], Any], start: threading.Barrier) -> Any:
    start.wait()
    try:
        return deed()
    finally:
        connections.close_all()


def posting(path: str, fields: Typed) -> Callable[[], Any]:
    return lambda: Client().post(path, fields)


def test_fifty_clicks_of_one_request_make_one_and_all_see_it(sealed: str) -> None:
    answers = together([posting("/book/send/", {"request": sealed})] * AT_ONCE)

    stored = ConsultationRequest.objects.get()
    assert Counter(answer.status_code for answer in answers) == {303: AT_ONCE}
    assert {answer.cookies["sent"].value for answer in answers} == {stored.send_token}
    assert Client(headers={"Cookie": f"sent={stored.send_token}"}).get("/book/sent/").status_code == 200
    assert [each.kind for each in Message.objects.all()] == ["staff"]


def test_two_hundred_people_each_get_their_request_and_their_mail(client: Client, typed: Typed) -> None:
    reviews = [
        client.post("/book/", typed | {"name": f"Pat {number}", "email": f"pat{number}@example.com"})
        for number in range(200)
    ]

    answers = together([posting("/book/send/", {"request": hidden(review, "request")}) for review in reviews])

    assert Counter(answer.status_code for answer in answers) == {303: 200}
    stored = ConsultationRequest.objects.all()
    assert {each.name for each in stored} == {f"Pat {number}" for number in range(200)}
    assert len({each.reference for each in stored}) == 200
    mails = {each.to: each for each in Message.objects.filter(kind="received")}
    assert set(mails) == {f"pat{number}@example.com" for number in range(200)}
    assert all(each.reference in mails[each.email].text for each in stored)
    assert Message.objects.filter(kind="staff").count() == 200


def test_a_crowd_is_never_let_through_beyond_the_limit(
    sealed: str, client: Client, typed: Typed, settings: Settings
) -> None:
    settings.BOOKING_LIMIT_PER_ADDRESS = 7
    reviews = [client.post("/book/", typed | {"name": f"Pat {number}"}) for number in range(AT_ONCE)]

    answers = together([posting("/book/send/", {"request": hidden(review, "request")}) for review in reviews])

    assert Counter(answer.status_code for answer in answers) == {303: 7, 429: AT_ONCE - 7}
    assert ConsultationRequest.objects.count() == 7


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        return cursor.fetchone() is not None


def test_link_that_is_stopped_during_a_merge_is_stopped_for_both(
    dana: StaffMember, client_for: Callable[[StaffMember], Client]
) -> None:
    wish = Wish(name="Rosa Sample", phone="+15125550123", agreement="2026-11")
    other, keep = [actions.send_request(send_token=token, wish=wish) for token in ("a", "b")]
    desk, patience = client_for(dana), time.monotonic() + 60

    with ThreadPoolExecutor(1) as people:
        with transaction.atomic():
            merge_actions.merge(
                keep_id=keep.pk, keep_version=1, closes_id=other.pk, closes_version=1, by=dana
            )
            stopping = people.submit(
                _on_the_mark, lambda: desk.post(f"/desk/{keep.pk}/link/"), threading.Barrier(1)
            )
            while not somebody_waits_for_us():
                assert time.monotonic() < patience, "nobody waits"
                time.sleep(0.05)
        answer = stopping.result()

    assert answer.status_code == 303
    for old in (other, keep):
        assert Client().get(f"/r/{old.link_token}/").status_code == 404
    keep.refresh_from_db()
    assert Client().get(f"/r/{keep.link_token}/").status_code == 200


def test_cancelling_on_ten_telephones_at_once_cancels_once(sealed: str) -> None:
    Client().post("/book/send/", {"request": sealed})
    asked = ConsultationRequest.objects.get()

    answers = together([posting(f"/r/{asked.link_token}/cancel/", {})] * 10)

    assert {answer.status_code for answer in answers} == {303}
    assert [(each.from_status, each.to_status) for each in asked.status_changes.all()] == [("new", "closed")]
    assert Counter(each.subject for each in Message.objects.filter(kind="staff")) == {
        "1 new request": 1,
        "1 request was cancelled by the person who asked": 1,
    }

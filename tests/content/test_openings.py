"""Who opens a page is told who else has just opened it; nobody is locked out, and nobody waits for it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from clinic.staff import StaffMember
from content.models import Opening
from tests.content.desk_of_editors import RISKS, now_of
from tests.content.rooms import Room, address

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


def test_the_second_one_is_told_before_anything_was_saved_and_may_go_on(
    eli: StaffMember, rae: StaffMember
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        first = Room(rae)
        clock.shift(timedelta(minutes=3))
        second = Room(eli)
        alone = Room(eli, RISKS)
        first.open()
        second.press("save", body=second.body + "\n\nMore.\n")

    assert "opened this" not in alone.words
    assert "Eli opened this just now." in first.words
    assert "Rae opened this" not in first.words
    assert now_of().text.endswith("More.\n")


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 minute ago."), (3, "3 minutes ago."), (31, "")])
def test_what_is_half_an_hour_ago_is_no_longer_said(
    eli: StaffMember, rae: StaffMember, minutes: int, said: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Room(rae)
        clock.shift(timedelta(minutes=minutes))
        words = Room(eli).words

    assert (f"Rae opened this {said}" in words) is bool(said)
    assert ("opened this" in words) is bool(said)


def test_who_may_only_read_is_not_waited_for(ada: StaffMember, eli: StaffMember) -> None:
    Room(ada)

    assert "opened this" not in Room(eli).words


def test_one_row_a_person_and_nothing_is_written_for_a_reload(eli: StaffMember) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        room = Room(eli)
        with CaptureQueriesContext(connection) as reloaded:
            room.open()
        queries = [each["sql"] for each in reloaded.captured_queries]
        clock.shift(timedelta(minutes=5))
        room.open()

    opening = Opening.objects.get()
    assert opening.at == NOON + timedelta(minutes=5)
    assert not [each for each in queries if "INSERT INTO" in each]
    assert len([each for each in queries if "content_opening" in each]) == 1


def test_a_database_that_takes_no_writes_shows_the_page_all_the_same(eli: StaffMember) -> None:
    def refuse(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if sql.startswith("INSERT INTO") and "content_opening" in sql:
            raise DatabaseError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    room = Room(eli, RISKS)
    Opening.objects.all().delete()

    with connection.execute_wrapper(refuse):
        answer = room.client.get(address("change", RISKS))

    assert answer.status_code == 200
    assert "id_body" in answer.content.decode()
    assert not Opening.objects.exists()

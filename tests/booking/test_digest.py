"""The morning's mail: counts and nothing else, once a day for each of the staff, on working days alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Thread

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from booking import digest
from booking.models import BookedTime, Clinician, ConsultationRequest
from booking.queue import Look, Tab, standing
from clinic import outbox, snapshot
from clinic.outbox import Message
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked
from tests.booking.test_messages import HEALTH_WORDS

# Monday, 8:00 and 10:00 in Chicago; Sunday; Thanksgiving.
OPENING, TEN = datetime(2026, 11, 23, 14, 0, tzinfo=UTC), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
SUNDAY, HOLIDAY = datetime(2026, 11, 22, 16, 0, tzinfo=UTC), datetime(2026, 11, 26, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def first_look() -> Iterator[None]:
    digest._seen_to.clear()
    yield
    digest._seen_to.clear()


@pytest.fixture
def staff(settings: Settings) -> list[str]:
    addresses = ["desk@example.com", "boss@example.com"]
    settings.MAIL_STAFF = addresses
    return addresses


def run(**options: bool) -> str:
    out = StringIO()
    call_command("desk_digest", stdout=out, **options)
    return out.getvalue()


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="digest").order_by("pk"))


def a_morning(dana: StaffMember) -> None:
    """Two new, one of them overdue; one tried and overdue; one that waits too long; one time today, one tomorrow."""
    now = timezone.now()
    late, early = now - timedelta(hours=1), now + timedelta(days=2)
    dana_s = Clinician.objects.create(name="Dr. Example")
    north = Location.objects.get(slug="north")
    asked(name="New One"), asked(name="New Late"), asked(status="tried"), asked(status="waiting")
    ConsultationRequest.objects.update(due=early)
    ConsultationRequest.objects.filter(name="New Late").update(due=late)
    ConsultationRequest.objects.filter(status__in=("tried", "waiting")).update(due=late)
    for number, hours in enumerate((3, 27)):
        about = asked(status="time_set")
        BookedTime.objects.create(
            request=about,
            clinician=dana_s,
            location=north,
            by=dana,
            starts=now + timedelta(hours=hours + number),
        )
    ConsultationRequest.objects.filter(status="time_set").update(due=early)
    asked(status="closed")


def test_mail_holds_counts_and_nothing_else(practice: Practice, dana: StaffMember, staff: list[str]) -> None:
    with time_machine.travel(TEN, tick=False):
        a_morning(dana)
        run()

    first, second = mails()
    assert [first.to, second.to] == staff
    assert first.subject == "The desk on Monday, November 23"
    numbers = [line.split()[0] for line in first.text.splitlines()[:5]]
    assert numbers == ["2", "3", "1", "1", "0"]
    assert HEALTH_WORDS.findall(first.text.replace("today", "")) == []
    assert "Example" not in first.text
    assert "New One" not in first.text


def test_counts_match_what_stands_at_the_desk(practice: Practice, dana: StaffMember) -> None:
    office = snapshot.current().practice.main_location
    assert office is not None
    with time_machine.travel(TEN, tick=False):
        a_morning(dana)

        counted = digest.counts(office, timezone.now())

    assert counted == {"new": 2, "overdue": 3, "waiting": 1, "today": 1, "unsent": 0}


def test_overdue_means_in_the_mail_what_it_means_at_the_desk(practice: Practice, dana: StaffMember) -> None:
    office = snapshot.current().practice.main_location
    assert office is not None
    with time_machine.travel(TEN, tick=False):
        a_morning(dana)
        now = timezone.now()
        ConsultationRequest.objects.filter(name="New One").update(due=now)

        counted = digest.counts(office, now)

        at_the_desk = standing(Look(me=dana, now=now)).counts
    assert counted["overdue"] == at_the_desk[Tab.OVERDUE] == 4
    assert counted["new"] == at_the_desk[Tab.NEW] == 2


def test_second_run_of_a_day_sends_nothing(practice: Practice, staff: list[str]) -> None:
    with time_machine.travel(TEN, tick=False):
        assert "2 written" in run()
        assert "0 written" in run()
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        assert "2 written" in run()

    assert len(mails()) == 4


def test_who_joins_later_in_the_day_gets_theirs_alone(practice: Practice, settings: Settings) -> None:
    settings.MAIL_STAFF = ["desk@example.com"]
    with time_machine.travel(TEN, tick=False):
        run()
        settings.MAIL_STAFF = ["desk@example.com", "boss@example.com"]
        run()

    assert [each.to for each in mails()] == ["desk@example.com", "boss@example.com"]


@pytest.mark.parametrize("moment", [SUNDAY, HOLIDAY])
def test_closed_days_are_quiet(practice: Practice, staff: list[str], moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        assert "stays closed today" in run()
        assert digest.send_when_open() == 0

    assert mails() == []


def test_sender_of_mail_writes_it_when_the_office_opens(practice: Practice, staff: list[str]) -> None:
    sent = []
    for moment in (OPENING - timedelta(minutes=1), OPENING, OPENING + timedelta(seconds=5), TEN):
        with time_machine.travel(moment, tick=False):
            sent.append(digest.send_when_open())

    assert sent == [0, 2, 0, 0]
    assert digest.send_when_open in outbox.every_look


def test_sender_that_starts_anew_does_not_send_again(practice: Practice, staff: list[str]) -> None:
    with time_machine.travel(TEN, tick=False):
        digest.send_when_open()
        digest._seen_to.clear()

        assert digest.send_when_open() == 0

    assert len(mails()) == 2


def test_nobody_to_tell(practice: Practice, settings: Settings) -> None:
    settings.MAIL_STAFF = []
    with time_machine.travel(TEN, tick=False):
        assert "names nobody" in run()
        assert digest.send_when_open() == 0


def test_site_without_an_office_says_what_to_do(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.MODE = "staging"

    with pytest.raises(CommandError, match="no office yet"):
        run()


def test_counts_can_be_looked_at_without_sending(practice: Practice, staff: list[str]) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        assert "New requests" in run(show=True)

    assert mails() == []


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_write_one_mail_each_day(staff: list[str]) -> None:
    from clinic.demo_practice import save_demo_rows

    save_demo_rows()
    snapshot.refresh()
    office = snapshot.current().practice.main_location
    assert office is not None
    written: list[int] = []

    def sends() -> None:
        written.append(digest.send(office, TEN))
        connection.close()

    senders = [Thread(target=sends) for _each in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sum(written) == 2
    assert len(mails()) == 2

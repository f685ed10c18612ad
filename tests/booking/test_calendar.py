"""The times of visits by mail: calendar files that every calendar reads alike, and a reminder that never lies."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from icalendar import Calendar

from booking import actions, visit_mails
from booking.calendar import Visit, Words, event_file
from booking.messages import REMINDER
from booking.models import ConsultationRequest
from booking.wish import Wish
from clinic import snapshot
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.mails import VISIT_MAILS
from tests.booking.test_messages import HEALTH_WORDS

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)


def visit(**changes: Any) -> Visit:
    details: dict[str, Any] = {
        "uid": "abc@example.com",
        "sequence": 0,
        "starts": datetime(2026, 12, 8, 9, 30, tzinfo=CHICAGO),
        "minutes": 45,
        "zone": "America/Chicago",
        "place": "North office, 100 Sample Street; Exampleville",
    }
    return Visit(**(details | changes))


def file_of(made: Visit, *, cancelled: bool = False) -> str:
    return event_file(
        made,
        words=Words(title="Visit at Example Clinic", details="Questions? Call us."),
        organizer="clinic@example.com",
        guest="rosa@example.com",
        written=NOW,
        cancelled=cancelled,
    )


def parsed(text: str) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(text)
    return calendar, calendar.walk("VEVENT")[0]


@pytest.fixture
def rosas(practice: Practice) -> ConsultationRequest:
    """Rosa's request at a clinic that mails times."""
    Practice.objects.update(mail_times=True, name="Example Clinic")
    snapshot.refresh()
    with time_machine.travel(NOW):
        about = actions.send_request(
            send_token="rosa", wish=Wish(name="Rosa Sample", email="rosa@example.com", agreement="2026-11")
        )
    Message.objects.all().delete()
    return about


def waiting(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind, state="waiting"))


# The file

AROUND_THE_CHANGES = [
    datetime(2026, 3, 7, 9, tzinfo=CHICAGO),  # the day before summer time
    datetime(2026, 3, 8, 9, tzinfo=CHICAGO),  # the day itself
    datetime(2026, 3, 9, 9, tzinfo=CHICAGO),
    datetime(2026, 10, 31, 9, tzinfo=CHICAGO),  # the day before winter time
    datetime(2026, 11, 1, 9, tzinfo=CHICAGO),
    datetime(2026, 11, 2, 9, tzinfo=CHICAGO),
    datetime(2026, 12, 31, 16, tzinfo=CHICAGO),
]


@pytest.mark.parametrize("starts", AROUND_THE_CHANGES, ids=str)
@pytest.mark.parametrize("zone", ["America/Chicago", "America/Denver", "America/Phoenix", "Pacific/Honolulu"])
def test_time_is_the_same_moment_by_the_zone_rules_inside_the_file(starts: datetime, zone: str) -> None:
    calendar, event = parsed(file_of(visit(starts=starts, zone=zone)))

    rules = calendar.walk("VTIMEZONE")[0]
    # As a program reads it that knows no zones but these rules.
    inside = rules.to_tz(lookup_tzid=False)
    for name, moment in (("DTSTART", starts), ("DTEND", starts.astimezone(UTC) + timedelta(minutes=45))):
        written = event[name]
        assert written.params["TZID"] == str(rules["TZID"]) == zone
        local = written.dt.replace(tzinfo=None)
        assert local.replace(tzinfo=inside).astimezone(UTC) == moment.astimezone(UTC)
        assert written.dt.astimezone(UTC) == moment.astimezone(UTC)


def test_clocks_change_at_two_in_the_time_before() -> None:
    calendar, _event = parsed(file_of(visit()))

    summer = {str(each["DTSTART"].dt) for each in calendar.walk("DAYLIGHT")}
    winter = {str(each["DTSTART"].dt) for each in calendar.walk("STANDARD")}
    assert {"2026-03-08 02:00:00", "2027-03-14 02:00:00"} <= summer
    assert {"2026-11-01 02:00:00", "2027-11-07 02:00:00"} <= winter


def test_visit_over_the_change_of_clocks_keeps_its_length() -> None:
    night = visit(starts=datetime(2026, 3, 8, 1, 30, tzinfo=CHICAGO), minutes=60)

    assert night.ends == datetime(2026, 3, 8, 3, 30, tzinfo=CHICAGO)


def test_update_and_cancellation_speak_of_the_same_event() -> None:
    _first, made = parsed(file_of(visit()))
    second, moved = parsed(file_of(visit(sequence=1, starts=datetime(2026, 12, 9, 9, tzinfo=CHICAGO))))
    third, gone = parsed(file_of(visit(sequence=2), cancelled=True))

    assert made["UID"] == moved["UID"] == gone["UID"]
    assert [each["SEQUENCE"] for each in (made, moved, gone)] == [0, 1, 2]
    assert (second["METHOD"], moved["STATUS"]) == ("REQUEST", "CONFIRMED")
    assert (third["METHOD"], gone["STATUS"]) == ("CANCEL", "CANCELLED")


def test_commas_and_lines_in_a_place_stay_in_it() -> None:
    _calendar, event = parsed(file_of(visit(place="North, 1st floor; left\r\nATTENDEE:mailto:x@example.com")))

    assert str(event["LOCATION"]).startswith("North, 1st floor; left")
    assert str(event["ATTENDEE"]) == "mailto:rosa@example.com"


# The mails


@pytest.mark.parametrize("language", ["en", "es"])
def test_mails_about_a_time_speak_of_no_health(rosas: ConsultationRequest, language: str) -> None:
    ConsultationRequest.objects.update(language=language)
    rosas.refresh_from_db()
    with time_machine.travel(NOW, tick=False):
        visit_mails.queue_time(rosas, visit())
        visit_mails.queue_time(rosas, visit(sequence=1))
        visit_mails.queue_cancellation(rosas, visit(sequence=2))
        visit_mails.queue_time(rosas, visit(sequence=3))

    mails = list(Message.objects.all())
    assert {each.kind for each in mails} == {each.name for each in VISIT_MAILS}
    for each in mails:
        words = " ".join([each.subject, each.text, each.html, each.calendar.partition("BEGIN:VEVENT")[2]])
        assert HEALTH_WORDS.findall(words.replace(rosas.link_token, "")) == [], each.kind
        assert "Rosa" not in words
        assert "9:30 am (Central Time)" in each.text or "9:30 am (hora del Centro)" in each.text


def test_clinic_that_does_not_mail_times_mails_none(rosas: ConsultationRequest) -> None:
    Practice.objects.update(mail_times=False)

    visit_mails.queue_time(rosas, visit())
    visit_mails.queue_cancellation(rosas, visit(sequence=1))

    assert not Message.objects.exists()


def test_confirmation_carries_the_file_as_calendars_want_it(rosas: ConsultationRequest) -> None:
    visit_mails.queue_time(rosas, visit(uid=visit_mails.uid_of(rosas)))
    call_command("send_messages", verbosity=0)

    name, content, kind = mail.outbox[0].attachments[0]
    _calendar, event = parsed(str(content))
    assert (name, kind) == ("appointment.ics", "text/calendar; charset=utf-8; method=REQUEST")
    assert str(event["SUMMARY"]) == "Visit at Example Clinic"
    assert str(rosas.pk) != str(event["UID"]).split("@")[0]


def test_reminder_goes_out_two_days_before(rosas: ConsultationRequest) -> None:
    with time_machine.travel(NOW, tick=False):
        visit_mails.queue_time(rosas, visit())
        call_command("send_messages", verbosity=0)
    assert [each.subject for each in mail.outbox] == ["The time of your visit"]

    with time_machine.travel(visit().starts - timedelta(days=2) + timedelta(minutes=1), tick=False):
        call_command("send_messages", verbosity=0)
    assert [each.subject for each in mail.outbox][1:] == ["A reminder of your visit"]
    assert mail.outbox[1].attachments == []


def test_visit_of_tomorrow_needs_no_reminder(rosas: ConsultationRequest) -> None:
    with time_machine.travel(visit().starts - timedelta(days=1), tick=False):
        visit_mails.queue_time(rosas, visit())

    assert waiting(REMINDER) == []


@pytest.fixture
def reminded(rosas: ConsultationRequest) -> ConsultationRequest:
    """A reminder of Rosa's time waits."""
    with time_machine.travel(NOW, tick=False):
        visit_mails.queue_time(rosas, visit())
    ConsultationRequest.objects.update(status="time_set")
    assert len(waiting(REMINDER)) == 1
    return rosas


def test_new_time_has_one_reminder_of_its_own(reminded: ConsultationRequest) -> None:
    with time_machine.travel(NOW, tick=False):
        visit_mails.queue_time(reminded, visit(sequence=1, starts=datetime(2026, 12, 10, 14, tzinfo=CHICAGO)))

    left = waiting(REMINDER)
    assert len(left) == 1
    assert "December 10, 2 pm" in left[0].text


def test_nobody_is_reminded_of_a_time_that_is_gone(reminded: ConsultationRequest, dana: StaffMember) -> None:
    actions.change_status(request_id=reminded.pk, to="waiting", by=dana, version=1)

    assert waiting(REMINDER) == []


def test_who_cancels_is_not_reminded(reminded: ConsultationRequest) -> None:
    actions.cancel_by_patient(request_id=reminded.pk)

    assert waiting(REMINDER) == []


@pytest.mark.parametrize(
    ("typed", "left"), [({"email": "new@example.com"}, ["new@example.com"]), ({"no_email": "on"}, [])]
)
def test_reminder_follows_the_wishes_of_the_patient(
    client: Any, reminded: ConsultationRequest, typed: dict[str, str], left: list[str]
) -> None:
    ConsultationRequest.objects.update(phone="+15125550123")

    client.post(f"/r/{reminded.link_token}/contact/", typed)

    assert [each.to for each in waiting(REMINDER)] == left

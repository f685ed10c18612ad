"""Times of visits as the EHR holds them: recorded, moved, cancelled, never twice by mistake, on the office's own clock."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from booking import actions
from booking.models import BookedTime, Clinician, ConsultationRequest
from clinic import snapshot
from clinic.outbox import Message
from clinic.practice import Closure, Hours, Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of
from tests.booking.desk import MONDAY, at, last_line, send

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture(autouse=True)
def monday_morning() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def model(practice: Practice) -> Clinician:
    return Clinician.objects.create(name="Dr. Model")


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


@pytest.fixture
def slot(model: Clinician) -> dict[str, Any]:
    """Thursday at ten, as Dana reads it in the EHR."""
    place = Location.objects.get(slug="north")
    return {
        "clinician": model.pk,
        "location": place.pk,
        "day": "2026-10-22",
        "at": "10:00",
        "minutes": 30,
    }


def mails() -> list[str]:
    return [mail.kind for mail in Message.objects.exclude(kind="staff").order_by("pk")]


def test_time_is_recorded_on_the_clock_of_the_office(desk: Client, slot: dict[str, Any]) -> None:
    about = asked(email="frank@example.com")
    form = text_of(desk.get(f"/desk/{about.pk}/time/"))
    assert "North office (Central Time)" in form
    assert "this practice does not mail times" in form

    answer = send(desk, about, "time/", **slot, note="Her son drives her")

    assert answer.status_code == 303
    page = text_of(desk.get(f"/desk/{about.pk}/"))
    assert "Thursday, October 22, 10 am Dr. Model · North office · 30 minutes" in page
    assert "Dana recorded the time: Thu, Oct 22, 10 am, Dr. Model." in page
    about.refresh_from_db()
    assert (about.status, about.due) == ("time_set", at(22, 11, 30))
    assert about.booked_time.starts == datetime(2026, 10, 22, 15, tzinfo=UTC)
    assert last_line(about)[2] == "Her son drives her"
    assert mails() == []


@pytest.mark.parametrize("typed", ["2:30 pm", "2:30PM", "14:30", "14:30:00"])
def test_hour_may_be_written_in_any_usual_way(desk: Client, slot: dict[str, Any], typed: str) -> None:
    about = asked()

    send(desk, about, "time/", **(slot | {"at": typed, "day": "10/22/2026"}))

    assert BookedTime.objects.get().starts == at(22, 14, 30)


def test_time_is_mailed_moved_and_cancelled_in_one_calendar_event(desk: Client, slot: dict[str, Any]) -> None:
    Practice.objects.update(mail_times=True)
    about = asked(email="frank@example.com")

    send(desk, about, "time/", **slot)
    send(desk, about, "time/", **(slot | {"at": "11:00"}))
    page = send(desk, about, "time/cancel/", note="She has a cold")

    assert page.status_code == 303
    assert "Free it in the EHR too." in text_of(desk.get(f"/desk/{about.pk}/"))
    assert mails() == ["time_confirmed", "time_changed", "time_cancelled"]
    calendars = [mail.calendar for mail in Message.objects.exclude(calendar="").order_by("pk")]
    assert len({line for each in calendars for line in each.splitlines() if line.startswith("UID")}) == 1
    assert [f"SEQUENCE:{each}" in calendar for each, calendar in enumerate(calendars)] == [True] * 3
    about.refresh_from_db()
    assert (about.status, about.waits_for, about.booked_time.active) == ("waiting", "patient", False)
    kinds = about.status_changes.order_by("version").values_list("kind", flat=True)
    assert list(kinds) == ["time_recorded", "time_moved", "time_cancelled"]


def test_time_cancelled_before_can_be_recorded_again(desk: Client, slot: dict[str, Any]) -> None:
    about = asked()
    send(desk, about, "time/", **slot)
    send(desk, about, "time/cancel/")

    assert send(desk, about, "time/", **slot).status_code == 303

    booked = BookedTime.objects.get()
    assert (booked.active, booked.sequence) == (True, 2)


@pytest.mark.parametrize("way", ["wait", "close", "patient"])
def test_leaving_a_set_time_behind_frees_it_and_takes_it_out_of_the_calendar(
    desk: Client, client: Client, slot: dict[str, Any], way: str
) -> None:
    Practice.objects.update(mail_times=True)
    about = asked(email="frank@example.com")
    send(desk, about, "time/", **slot)

    if way == "wait":
        send(desk, about, "wait/", waits_for="referral")
    elif way == "close":
        send(desk, about, "close/", closing_reason="declined")
    else:
        actions.cancel_by_patient(request_id=about.pk)

    assert not BookedTime.objects.get().active
    assert "time_cancelled" in mails()
    assert "reminder" not in mails()
    assert last_line(about)[0] == "time_cancelled"
    assert "Thu, Oct 22, 10 am, Dr. Model" in text_of(desk.get(f"/desk/{about.pk}/"))
    other = asked()
    assert send(desk, other, "time/", **slot).status_code == 303


@pytest.mark.parametrize("to", ["attended", "missed"])
def test_visit_that_took_place_keeps_its_time(desk: Client, slot: dict[str, Any], to: str) -> None:
    about = asked()
    send(desk, about, "time/", **(slot | {"day": "2026-10-19"}))

    with time_machine.travel(at(19, 10)):
        page = desk.get(f"/desk/{about.pk}/")
        answer = send(desk, about, to=to)
        send(desk, about, "close/", closing_reason="charted")

    assert f'name="to" value="{to}"' in page.content.decode()
    assert answer.status_code == 303
    assert BookedTime.objects.get().active


@pytest.mark.parametrize("to", ["attended", "missed"])
def test_nobody_came_or_stayed_away_before_the_visit_begins(
    desk: Client, slot: dict[str, Any], to: str
) -> None:
    about = asked(email="frank@example.com")
    send(desk, about, "time/", **(slot | {"day": "2026-10-19"}))

    with time_machine.travel(at(19, 9, 59)):
        page = desk.get(f"/desk/{about.pk}/").content.decode()
        answer = send(desk, about, to=to, note="She will not come")

    assert f'value="{to}"' not in page
    assert 'value="closed"' in page
    assert answer.status_code == 422
    assert "The visit is still ahead." in text_of(answer)
    assert "She will not come" in answer.content.decode()
    about.refresh_from_db()
    assert (about.status, about.booked_time.active) == ("time_set", True)
    assert mails() == []


def test_visit_is_refused_also_where_no_form_looks(
    desk: Client, dana: StaffMember, slot: dict[str, Any]
) -> None:
    about = asked()
    send(desk, about, "time/", **slot)

    with pytest.raises(actions.VisitAhead):
        actions.change_status(request_id=about.pk, to="missed", by=dana, version=2)


@pytest.mark.parametrize(("status", "way"), [("missed", "close"), ("attended", "close"), ("missed", "wait")])
def test_time_that_was_left_standing_by_mistake_is_freed(
    desk: Client, slot: dict[str, Any], status: str, way: str
) -> None:
    about = asked()
    send(desk, about, "time/", **slot)
    ConsultationRequest.objects.update(status=status)

    send(desk, about, f"{way}/", closing_reason="declined", waits_for="patient")

    assert not BookedTime.objects.get().active
    assert last_line(about)[0] == "time_cancelled"
    assert send(desk, asked(), "time/", **slot).status_code == 303


# Times that cannot be meant


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2026-10-16"}, "This time has passed."),
        ({"at": "08:30", "day": "2026-10-19"}, "This time has passed."),
        ({"day": "2036-10-22"}, "This is more than a year ahead."),
        ({"day": "2026-10-24"}, "The office is closed on that day."),
        ({"day": "2026-11-26"}, "The office is closed on that day. Choose another one. (Thanksgiving"),
        ({"day": "2026-11-11"}, "(Veterans Day)"),
        ({"day": "2026-10-23"}, "(Inventory)"),
        ({"at": "02:00"}, "The office is not open at that hour. Check am and pm."),
        ({"at": "25:00"}, "Write the time as the office's clock shows it"),
        ({"at": "10:00+02:00"}, "Write the time as the office's clock shows it"),
        ({"at": "10:00Z"}, "Write the time as the office's clock shows it"),
        ({"at": "10 Uhr"}, "Write the time as the office's clock shows it"),
        ({"day": "2026-02-30"}, "Write the day as month/day/year"),
        ({"day": "2026-10-22T10:00:00+09:00"}, "Write the day as month/day/year"),
        ({"day": ""}, "Choose the day."),
        ({"minutes": "0"}, "A visit takes at least 5 minutes."),
        ({"minutes": "9999"}, "A visit takes at most 480 minutes."),
        ({"minutes": "half"}, "Write the minutes as a number"),
        ({"clinician": "999"}, "This clinician sees nobody here any more."),
        ({"clinician": ""}, "Choose the clinician."),
        ({"location": "999"}, "There is no such office any more."),
    ],
)
def test_time_that_cannot_be_meant_is_refused_in_clear_words(
    desk: Client, practice: Practice, slot: dict[str, Any], typed: dict[str, str], words: str
) -> None:
    Closure.objects.create(
        practice=practice, first_day=at(23, 0).date(), last_day=at(23, 0).date(), name="Inventory"
    )
    snapshot.refresh()
    about = asked()

    page = send(desk, about, "time/", **(slot | {"note": "Kept words"} | typed))

    assert page.status_code == 422
    assert words in text_of(page)
    assert "Kept words" in page.content.decode()
    assert not BookedTime.objects.exists()


def test_posted_time_zone_changes_nothing(desk: Client, slot: dict[str, Any]) -> None:
    about = asked()

    send(desk, about, "time/", **slot, zone="Asia/Tokyo", timezone="Asia/Tokyo", tz="+09:00")

    assert BookedTime.objects.get().starts == at(22, 10)


def test_hour_that_comes_twice_is_asked_about(desk: Client, slot: dict[str, Any]) -> None:
    north = Location.objects.get(slug="north")
    for weekday in (5, 6):
        Hours.objects.create(location=north, weekday=weekday, opens=time(0), closes=time(6))
    snapshot.refresh()
    about, night = asked(), slot | {"day": "2026-11-01", "at": "01:30"}

    page = send(desk, about, "time/", **night)

    assert page.status_code == 422
    assert "this time comes twice" in text_of(page)
    assert 'name="which"' in page.content.decode()
    assert send(desk, about, "time/", **night, which="second").status_code == 303
    assert BookedTime.objects.get().starts == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_hour_that_the_clocks_skip_is_refused(desk: Client, slot: dict[str, Any]) -> None:
    Hours.objects.create(
        location=Location.objects.get(slug="north"), weekday=6, opens=time(0), closes=time(6)
    )
    snapshot.refresh()

    page = send(desk, asked(), "time/", **(slot | {"day": "2027-03-14", "at": "02:30"}))

    assert "this time does not exist" in text_of(page)


# Two at one time


def test_second_visit_at_one_time_is_shown_and_may_be_meant(desk: Client, slot: dict[str, Any]) -> None:
    first, second = asked(name="Ruth Sampleton"), asked(name="Omar Template")
    send(desk, first, "time/", **slot)

    page = send(desk, second, "time/", **slot, note="Twins")

    assert page.status_code == 409
    text = text_of(page)
    assert f"Ruth Sampleton ({first.reference}) : Dr. Model, Thursday, October 22, 10 am" in text
    assert "Both are meant" in text
    assert "Twins" in page.content.decode()
    assert BookedTime.objects.count() == 1
    assert send(desk, second, "time/", **slot, meant="on").status_code == 303
    assert list(BookedTime.objects.order_by("pk").values_list("meant_double", flat=True)) == [False, True]
    assert "side by side with another one" in text_of(desk.get(f"/desk/{second.pk}/"))


@pytest.mark.parametrize(
    ("hour", "minutes", "taken"), [("9:45", 30, True), ("10:15", 15, True), ("10:30", 30, False)]
)
def test_visits_that_overlap_are_seen_too(
    desk: Client, slot: dict[str, Any], hour: str, minutes: int, taken: bool
) -> None:
    send(desk, asked(), "time/", **slot)

    page = send(desk, asked(), "time/", **(slot | {"at": hour, "minutes": minutes}))

    assert page.status_code == (409 if taken else 303)


def test_meaning_it_where_nobody_else_is_changes_nothing(desk: Client, slot: dict[str, Any]) -> None:
    send(desk, asked(), "time/", **slot, meant="on")

    assert not BookedTime.objects.get().meant_double


def test_database_itself_refuses_the_same_time_twice(
    slot: dict[str, Any], model: Clinician, dana: StaffMember
) -> None:
    def book() -> None:
        BookedTime.objects.create(
            request=asked(), clinician=model, location_id=slot["location"], starts=at(22, 10), by=dana
        )

    book()
    with pytest.raises(IntegrityError), transaction.atomic():
        book()

    assert BookedTime.objects.count() == 1


def test_clinician_who_left_is_offered_no_more(desk: Client, slot: dict[str, Any], model: Clinician) -> None:
    Clinician.objects.update(active=False)
    about = asked()

    assert "Dr. Model" not in text_of(desk.get(f"/desk/{about.pk}/time/"))
    assert "sees nobody here any more" in text_of(send(desk, about, "time/", **slot))


def test_typed_note_goes_along_to_the_page_of_the_time(desk: Client) -> None:
    about = asked()

    page = desk.post(f"/desk/{about.pk}/time/", {"version": 1, "note": "Mornings only", "open": "on"})

    assert page.status_code == 200
    assert "Mornings only</textarea>" in page.content.decode()
    assert ConsultationRequest.objects.get().version == 1

"""By when we call: counted in working days, in the office's own time, and told with the zone's name."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from booking import promise
from booking.models import ConsultationRequest
from clinic import snapshot
from clinic.practice import Location, Practice
from tests.booking.conftest import Typed, hidden, text_of

CENTRAL = ZoneInfo("America/Chicago")


def central(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CENTRAL)


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        (central(23, 9), central(24, 17)),  # Monday morning: by Tuesday
        (central(21, 12), central(23, 17)),  # Saturday: by Monday
        (central(25, 16), central(30, 17)),  # before Thanksgiving, and the closed Friday behind it
        (central(24, 23), central(25, 17)),  # an hour before midnight: the next day counts
        (central(10, 12), central(12, 17)),  # Veterans Day
    ],
)
def test_promise_counts_working_days(practice: Practice, asked: datetime, called: datetime) -> None:
    assert promise.due(office="north", after=asked) == called


def test_midnight_is_that_of_the_office(practice: Practice) -> None:
    late_on_monday = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)

    assert promise.due(office="north", after=late_on_monday) == central(24, 17)


def test_promise_is_told_in_the_time_of_the_chosen_office(practice: Practice) -> None:
    Location.objects.filter(slug="south").update(timezone="America/Denver")
    snapshot.refresh()
    by = promise.due(office="south", after=central(23, 9))

    told = promise.in_words(by, office="south", contact_by="call")

    assert told == "We will call you by Tuesday, November 24, 5 pm (Mountain Time)."


@pytest.mark.parametrize(
    ("contact_by", "told"),
    [
        ("", "We will call you by Tuesday, November 24, 5 pm (Central Time)."),
        ("call", "We will call you by Tuesday, November 24, 5 pm (Central Time)."),
        ("text", "We will send you a text message by Tuesday, November 24, 5 pm (Central Time)."),
        ("email", "We will write to you by Tuesday, November 24, 5 pm (Central Time)."),
    ],
)
def test_promise_names_the_way_that_was_wished(practice: Practice, contact_by: str, told: str) -> None:
    assert promise.in_words(central(24, 17), office="", contact_by=contact_by) == told


def test_promise_is_told_in_spanish(practice: Practice) -> None:
    with override("es"):
        told = promise.in_words(central(24, 17), office="", contact_by="call")

    assert told == "Le llamaremos a más tardar el martes 24 de noviembre, 5 pm (hora del Centro)."


def test_office_that_never_opens_promises_no_day(practice: Practice) -> None:
    for office in Location.objects.all():
        office.hours.all().delete()
    snapshot.refresh()

    by = promise.due(office="north", after=central(23, 9))

    assert by is None
    assert (
        promise.in_words(by, office="north", contact_by="call") == "We will get in touch as soon as we can."
    )


def test_what_was_promised_is_kept_with_the_request(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    with time_machine.travel(central(23, 9), tick=False):
        review = review_of(typed)
        page = client.post("/book/send/", {"request": hidden(review, "request")}, follow=True)

    assert ConsultationRequest.objects.get().promised_by == central(24, 17)
    assert "We will call you by Tuesday, November 24, 5 pm (Central Time)." in text_of(page)
    assert "This is a request, not an appointment." in text_of(page)

"""Whom to call today, by the hour: us, our after-hours number, the own doctor; never urgent care for an emergency doubt."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from clinic import snapshot
from clinic.practice import Practice
from tests.screener.patients import TYPICAL, post_step
from tests.screener.test_walk import main_of

TUESDAY_NOON = "2026-11-24 18:00:00Z"
SUNDAY_NIGHT = "2026-11-22 08:00:00Z"


def told(client: Client, moment: str, *, doubt_about_emergency: bool = False) -> str:
    with time_machine.travel(moment, tick=False):
        if doubt_about_emergency:
            response: Any = client.post("/check/emerg/", {"emerg": "not_sure"})
        else:
            post_step(client, "emerg", TYPICAL)
            response = client.post("/check/today/", {"today": "t_fever"})
    return main_of(response)


def test_patient_with_a_fever_is_told_to_call_while_we_are_open(client: Client) -> None:
    text = told(client, TUESDAY_NOON)

    assert 'at <a href="tel:+15125550100">(512) 555-0100</a> (Monday to Friday' in text
    assert "Many people with one of these do not have a serious problem." in text
    assert "If an emergency sign starts, call 911." in text
    assert text.index("tel:+1") < text.index("/book/")


def test_patient_with_a_fever_at_night_is_sent_to_the_own_doctor_or_urgent_care(client: Client) -> None:
    text = told(client, SUNDAY_NIGHT)

    assert "Call your own doctor." in text
    assert "urgent care" in text
    assert "Please call us today" not in text


def test_after_hours_number_is_given_where_the_practice_has_one(client: Client, practice: Practice) -> None:
    practice.after_hours_phone = "+15125550199"
    practice.save()
    snapshot.refresh()

    text = told(client, SUNDAY_NIGHT)

    assert "tel:+15125550199" in text
    assert "urgent care" not in text


@pytest.mark.parametrize("moment", [TUESDAY_NOON, SUNDAY_NIGHT])
def test_doubt_about_an_emergency_sign_leads_to_an_emergency_room_never_to_urgent_care(
    client: Client, moment: str
) -> None:
    text = told(client, moment, doubt_about_emergency=True)

    assert "If we are closed, or you cannot reach us, go to an emergency room. Do not wait." in text
    assert "urgent care" not in text

"""A button pressed twice, or a form sent again: it is done once, and both ends are the same page with the same words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking import work_actions
from booking.models import BookedTime, Clinician
from clinic.outbox import Message
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of
from tests.booking.desk import MONDAY, at, last_line, race, send

ClientFor = Callable[[StaffMember], Client]
NOTE = "Rang long"


@pytest.fixture(autouse=True)
def monday_morning() -> Any:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    Practice.objects.update(mail_times=True)
    return client_for(dana)


@pytest.fixture
def slot(practice: Practice) -> dict[str, Any]:
    """Thursday at ten, as Dana reads it in the EHR."""
    return {
        "clinician": Clinician.objects.create(name="Dr. Model").pk,
        "location": Location.objects.get(slug="north").pk,
        "day": "2026-10-22",
        "at": "10:00",
        "minutes": 30,
    }


# Where it stands, the button, what is chosen, something else to choose, and what is said.
BUTTONS: list[tuple[str, str, dict[str, str], dict[str, str], str]] = [
    ("new", "claim/", {}, {}, "You have it now."),
    ("new", "take-over/", {}, {}, "You have it now."),
    ("new", "attempt/", {"result": "no_answer"}, {"result": "spoke"}, "No answer."),
    ("tried", "replied/", {}, {}, "Noted. The clock runs again."),
    ("tried", "wait/", {"waits_for": "records"}, {"waits_for": "referral"}, "It waits: "),
    ("waiting", "wait/", {"waits_for": "records"}, {"waits_for": "referral"}, "It waits: "),
    ("time_set", "wait/", {"waits_for": "patient"}, {"waits_for": "referral"}, "It waits: "),
    ("tried", "close/", {"closing_reason": "declined"}, {"closing_reason": "not_reached"}, " is closed."),
    ("tried", "", {"to": "closed"}, {"to": "waiting"}, " is now: Closed."),
    ("new", "", {"to": "tried"}, {"to": "closed"}, " is now: Contact tried."),
    ("time_set", "", {"to": "missed"}, {"to": "attended"}, " is now: Did not attend."),
    ("closed", "", {"to": "new"}, {}, " is now: New."),
    ("time_set", "time/cancel/", {}, {}, "Free it in the EHR too."),
    ("new", "note/", {}, {}, "Your note is saved."),
]


@pytest.mark.parametrize(("start", "button", "typed", "other", "said"), BUTTONS)
def test_second_click_ends_where_the_first_one_did(
    desk: Client, start: str, button: str, typed: dict[str, str], other: dict[str, str], said: str
) -> None:
    about = asked(status=start, email="frank@example.com")
    sent = typed | {"version": 1, "note": NOTE}

    clicks = [desk.post(f"/desk/{about.pk}/{button}", sent) for _click in "12"]

    assert [(each.status_code, each.headers["Location"]) for each in clicks] == [
        (303, f"/desk/{about.pk}/")
    ] * 2
    page = text_of(desk.get(f"/desk/{about.pk}/"))
    assert page.count(said) >= 2
    assert "It was saved once." in page
    assert about.status_changes.count() == 1
    assert len({(each.kind, each.to) for each in Message.objects.all()}) == Message.objects.count()


@pytest.mark.parametrize(("start", "button", "typed", "other", "said"), BUTTONS)
def test_whatever_differs_is_a_conflict(
    desk: Client,
    client_for: ClientFor,
    ada: StaffMember,
    start: str,
    button: str,
    typed: dict[str, str],
    other: dict[str, str],
    said: str,
) -> None:
    about = asked(status=start, email="frank@example.com")
    sent = typed | {"version": 1, "note": NOTE}
    desk.post(f"/desk/{about.pk}/{button}", sent)

    by_another = client_for(ada).post(f"/desk/{about.pk}/{button}", sent)
    other_words = desk.post(f"/desk/{about.pk}/{button}", sent | {"note": "Rang again"})
    choices = [desk.post(f"/desk/{about.pk}/{button}", sent | other)] if other else []
    work_actions.write_note(request_id=about.pk, by=ada, version=2, note="Her sister called")
    after_another = desk.post(f"/desk/{about.pk}/{button}", sent)

    for refused in (by_another, other_words, *choices, after_another):
        assert refused.status_code == 409
        assert "It was saved once." not in text_of(refused)
    assert "Rang again" in other_words.content.decode()
    assert "Her sister called" in text_of(after_another)
    assert about.status_changes.count() == 2


def test_giving_it_back_twice_gives_it_back_once(desk: Client, dana: StaffMember) -> None:
    about = asked(owner=dana)

    clicks = [
        desk.post(f"/desk/{about.pk}/release/", {"version": 1, "note": note}) for note in (NOTE, NOTE, "")
    ]

    assert [each.status_code for each in clicks] == [303, 303, 409]
    assert last_line(about) == ("released", "", NOTE)
    assert about.status_changes.count() == 1


def test_taking_it_from_a_colleague_twice_names_them_once(desk: Client, ada: StaffMember) -> None:
    about = asked(owner=ada)

    first, second = (
        desk.post(f"/desk/{about.pk}/take-over/", {"version": 1, "note": NOTE}) for _click in "12"
    )
    page = text_of(desk.get(f"/desk/{about.pk}/"))

    assert (first.status_code, second.status_code) == (303, 303)
    assert page.count("Let Ada know.") == 1
    assert "Let Dana know." not in page
    assert about.status_changes.count() == 1


def test_note_that_comes_with_a_claim_of_ones_own_is_never_dropped(desk: Client, dana: StaffMember) -> None:
    about = asked(owner=dana)

    kept = send(desk, about, "claim/", note="Kept words")
    refused = desk.post(f"/desk/{about.pk}/claim/", {"version": 1, "note": "Other words"})
    again = send(desk, about, "take-over/", note="More words")
    plain = desk.post(f"/desk/{about.pk}/claim/", {"version": 1})

    assert [each.status_code for each in (kept, refused, again, plain)] == [303, 409, 303, 303]
    assert "Other words" in refused.content.decode()
    assert [each.note for each in about.status_changes.all()] == ["Kept words", "More words"]


@pytest.mark.parametrize(("button", "typed"), [("attempt/", {"result": "no_answer"}), ("replied/", {})])
def test_second_call_some_time_later_is_not_taken_for_a_second_click(
    desk: Client, monday_morning: Any, button: str, typed: dict[str, str]
) -> None:
    about = asked(status="tried")
    sent = typed | {"version": 1, "note": ""}
    desk.post(f"/desk/{about.pk}/{button}", sent)

    monday_morning.shift(timedelta(minutes=20))
    later = desk.post(f"/desk/{about.pk}/{button}", sent)

    assert later.status_code == 409


def test_closing_sent_again_after_a_long_wait_for_the_server_is_no_conflict(
    desk: Client, monday_morning: Any
) -> None:
    about = asked(mark="soon")
    sent = {"version": 1, "note": NOTE, "closing_reason": "declined"}
    desk.post(f"/desk/{about.pk}/close/", sent)

    monday_morning.shift(timedelta(minutes=20))
    again = desk.post(f"/desk/{about.pk}/close/", sent)

    assert again.status_code == 303
    assert about.status_changes.count() == 1


def test_next_try_is_planned_once(desk: Client) -> None:
    about = asked(status="tried")
    sent = {"version": 1, "day": "2026-10-22", "at": "10:00"}

    clicks = [desk.post(f"/desk/{about.pk}/next-try/", sent) for _click in "12"]
    other = desk.post(f"/desk/{about.pk}/next-try/", sent | {"at": "11:00"})

    assert [each.status_code for each in clicks] == [303, 303]
    assert other.status_code == 409
    assert about.status_changes.count() == 1


# Times


def test_time_is_recorded_moved_and_cancelled_once_each(desk: Client, slot: dict[str, Any]) -> None:
    about = asked(email="frank@example.com")
    deeds = [("time/", slot), ("time/", slot | {"at": "11:00"}), ("time/cancel/", {})]

    for version, (place, typed) in enumerate(deeds, 1):
        sent = typed | {"version": version, "note": NOTE}
        clicks = [desk.post(f"/desk/{about.pk}/{place}", sent) for _click in "12"]
        assert [(each.status_code, each.headers.get("Location")) for each in clicks] == [
            (303, f"/desk/{about.pk}/")
        ] * 2

    kinds = about.status_changes.order_by("version").values_list("kind", flat=True)
    assert list(kinds) == ["time_recorded", "time_moved", "time_cancelled"]
    mails = Message.objects.filter(kind__startswith="time_").order_by("pk").values_list("kind", flat=True)
    assert list(mails) == ["time_confirmed", "time_changed", "time_cancelled"]
    assert BookedTime.objects.get().sequence == 2
    assert "The time is recorded. It was saved once." in text_of(desk.get(f"/desk/{about.pk}/"))


@pytest.mark.parametrize(
    "changed", [{"at": "11:00"}, {"minutes": 45}, {"day": "2026-10-21"}, {"note": "Other words"}]
)
def test_other_time_from_the_same_old_page_is_a_conflict(
    desk: Client, slot: dict[str, Any], changed: dict[str, Any]
) -> None:
    about = asked()
    sent = slot | {"version": 1, "note": NOTE}
    desk.post(f"/desk/{about.pk}/time/", sent)

    refused = desk.post(f"/desk/{about.pk}/time/", sent | changed)

    assert refused.status_code == 409
    assert BookedTime.objects.get().starts == at(22, 10)


def test_time_that_a_colleague_wrote_down_alike_is_still_shown(
    desk: Client, client_for: ClientFor, ada: StaffMember, slot: dict[str, Any]
) -> None:
    about = asked()
    client_for(ada).post(f"/desk/{about.pk}/time/", slot | {"version": 1, "note": NOTE})

    refused = desk.post(f"/desk/{about.pk}/time/", slot | {"version": 1, "note": NOTE})

    assert refused.status_code == 409
    assert "Ada recorded the time" in text_of(refused)


# Merging


@pytest.mark.parametrize("from_the_other", [False, True])
def test_pair_is_merged_once(desk: Client, from_the_other: bool) -> None:
    keep, closes = asked(), asked(name="F. Example")
    about, other = (closes, keep) if from_the_other else (keep, closes)
    sent = {"with": other.pk, "version": 1, "other_version": 1, "goes_on": keep.pk, "note": NOTE}

    clicks = [desk.post(f"/desk/{about.pk}/merge/", sent) for _click in "12"]

    assert [(each.status_code, each.headers.get("Location")) for each in clicks] == [
        (303, f"/desk/{keep.pk}/")
    ] * 2
    assert text_of(desk.get(f"/desk/{keep.pk}/")).count(f"Merged. {keep.reference} goes on.") == 2
    assert (keep.status_changes.count(), closes.status_changes.count()) == (1, 1)


def test_merging_the_other_way_or_by_another_or_with_other_words_is_refused(
    desk: Client, client_for: ClientFor, ada: StaffMember
) -> None:
    keep, closes = asked(), asked(name="F. Example")
    sent = {"with": closes.pk, "version": 1, "other_version": 1, "goes_on": keep.pk, "note": NOTE}
    desk.post(f"/desk/{keep.pk}/merge/", sent)

    other_way = desk.post(f"/desk/{keep.pk}/merge/", sent | {"goes_on": closes.pk})
    by_another = client_for(ada).post(f"/desk/{keep.pk}/merge/", sent)
    other_words = desk.post(f"/desk/{keep.pk}/merge/", sent | {"note": "Other words"})

    assert [each.status_code for each in (other_way, by_another, other_words)] == [409, 409, 409]
    assert "Other words" in other_words.content.decode()


# In the same moment


def twin_of(browser: Client) -> Client:
    twin = Client()
    twin.cookies.update(browser.cookies)
    return twin


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", ["time", "cancel", "close", "claim", "merge"])
def test_two_clicks_in_one_moment_are_one_deed(desk: Client, slot: dict[str, Any], deed: str) -> None:
    about, other = asked(email="frank@example.com"), asked(name="F. Example")
    if deed == "cancel":
        desk.post(f"/desk/{about.pk}/time/", slot | {"version": 1})
        about.refresh_from_db()
    place, typed = {
        "time": ("time/", slot),
        "cancel": ("time/cancel/", {}),
        "close": ("close/", {"closing_reason": "declined"}),
        "claim": ("claim/", {}),
        "merge": ("merge/", {"with": other.pk, "other_version": 1, "goes_on": about.pk}),
    }[deed]
    sent = typed | {"version": about.version, "note": NOTE}

    clicks = race(
        *(
            lambda browser=browser: browser.post(f"/desk/{about.pk}/{place}", sent)
            for browser in (desk, twin_of(desk))
        )
    )

    assert [(each.status_code, each.headers.get("Location")) for each in clicks] == [
        (303, f"/desk/{about.pk}/")
    ] * 2
    assert about.status_changes.filter(version__gt=sent["version"]).count() == 1
    assert len({(each.kind, each.to) for each in Message.objects.all()}) == Message.objects.count()

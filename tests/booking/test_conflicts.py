"""Two people at one request, an old token, a database that is away: nothing typed is lost, one of two wins."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from booking import actions, erasure, request_page, time_actions, work_actions
from booking.actions import IllegalMove
from booking.changes import StaleVersion
from booking.choices import AttemptResult, ErasureReason
from booking.merge_actions import CannotMerge, merge
from booking.models import BookedTime, Clinician, ConsultationRequest
from booking.time_actions import Slot, SlotTaken
from booking.wish import Wish
from booking.work_actions import Taken
from clinic.demo_practice import save_demo_rows
from clinic.practice import Location, Practice
from clinic.staff import FRONT_DESK, StaffMember
from tests.booking.conftest import asked, hidden, text_of
from tests.booking.desk import race, send

ClientFor = Callable[[StaffMember], Client]
EVERY_FORM: list[tuple[str, dict[str, str]]] = [
    ("", {"to": "tried"}),
    ("claim/", {}),
    ("take-over/", {}),
    ("release/", {}),
    ("attempt/", {"result": "spoke"}),
    ("replied/", {}),
    ("wait/", {"waits_for": "records"}),
    ("close/", {"closing_reason": "declined"}),
    ("note/", {}),
    ("time/cancel/", {}),
]


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


# The page is old


@pytest.mark.parametrize(("place", "typed"), EVERY_FORM)
def test_old_page_saves_nothing_keeps_the_note_and_tells_who_did_what(
    desk: Client, ada: StaffMember, place: str, typed: dict[str, str]
) -> None:
    about = asked(status="tried")
    work_actions.attempt(request_id=about.pk, by=ada, version=1, result=AttemptResult.LEFT_MESSAGE)
    work_actions.write_note(request_id=about.pk, by=ada, version=2, note="Her sister called")

    page = desk.post(f"/desk/{about.pk}/{place}", typed | {"version": 1, "note": "Words of Dana"})

    assert page.status_code == 409
    text = text_of(page)
    assert "changed while you had it open" in text
    assert "Ada tried to reach them: left a message." in text
    assert "Ada wrote a note." in text
    assert "Her sister called" in text
    assert "Words of Dana</textarea>" in page.content.decode()
    about.refresh_from_db()
    assert about.version == 3


def test_page_of_a_merged_request_says_where_it_went(desk: Client, ada: StaffMember) -> None:
    about, keeps = asked(), asked()
    merge(keep_id=keeps.pk, keep_version=1, closes_id=about.pk, closes_version=1, by=ada)

    page = desk.post(f"/desk/{about.pk}/attempt/", {"version": 1, "result": "spoke", "note": "Words of Dana"})

    assert page.status_code == 409
    assert f"Ada merged it into {keeps.reference}, which goes on." in text_of(page)
    assert "Words of Dana" in page.content.decode()


@pytest.mark.parametrize(("place", "typed"), [*EVERY_FORM, ("time/", {}), ("merge/", {})])
def test_note_on_a_request_that_is_gone_is_given_back(
    desk: Client, place: str, typed: dict[str, str]
) -> None:
    about = asked()
    number = about.pk
    ConsultationRequest.objects.all().delete()

    page = desk.post(f"/desk/{number}/{place}", typed | {"version": 1, "note": "Words of Dana"})

    assert page.status_code == 404
    assert "This request is no longer here" in text_of(page)
    assert "Words of Dana" in page.content.decode()


@pytest.mark.parametrize("note", ["Words of Dana", ""])
@pytest.mark.parametrize(("place", "typed"), EVERY_FORM)
def test_request_erased_after_it_was_read_is_gone_and_no_fault(
    desk: Client,
    ada: StaffMember,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    typed: dict[str, str],
    note: str,
) -> None:
    about, read = asked(status="tried"), request_page.find

    def read_then_erased(request: HttpRequest, pk: int) -> ConsultationRequest | None:
        found = read(request, pk)
        erasure.erase(request_id=pk, by=ada, reason=ErasureReason.JUNK)
        return found

    with monkeypatch.context() as erasing:
        erasing.setattr(request_page, "find", read_then_erased)
        page = desk.post(f"/desk/{about.pk}/{place}", typed | {"version": 1, "note": note})

    # The page for a note alone asks for one before it asks for the request.
    assert page.status_code == (422 if (place, note) == ("note/", "") else 404)
    assert ("This request is no longer here" in text_of(page)) == bool(note)
    assert page.content.decode().count("Words of Dana") == bool(note)


@pytest.mark.django_db(transaction=True)
def test_erasing_beside_a_note_and_a_cancelling_is_a_fault_for_none(
    desk: Client, client_for: ClientFor, ada: StaffMember, practice: Practice
) -> None:
    about = actions.send_request(
        send_token="rosa", wish=Wish(name="Rosa Sample", email="rosa@example.com", agreement="2026-11")
    )
    adas, rosas = client_for(ada), Client()

    pages = race(
        lambda: adas.post(f"/desk/{about.pk}/erase/", {"reason": "junk", "reference": about.reference}),
        lambda: desk.post(f"/desk/{about.pk}/note/", {"version": 1, "note": "Words of Dana"}),
        lambda: desk.post(f"/desk/{about.pk}/link/"),
        lambda: rosas.post(f"/r/{about.link_token}/cancel/"),
    )

    assert pages[0].status_code == 303
    assert {each.status_code for each in pages} <= {303, 404, 409}
    assert not ConsultationRequest.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30])
def test_version_that_no_page_has_is_not_believed(desk: Client, version: str) -> None:
    about = asked()

    page = desk.post(f"/desk/{about.pk}/", {"to": "tried", "version": version, "note": "Words of Dana"})

    assert page.status_code in (409, 422)
    assert "Words of Dana" in page.content.decode()
    about.refresh_from_db()
    assert about.version == 1


# The token is old


@pytest.mark.parametrize("place", ["note/", "time/", "attempt/", "next-try/", "merge/"])
def test_note_outlives_an_old_token(dana: StaffMember, practice: Practice, place: str) -> None:
    about, other = asked(status="tried"), asked()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(dana)

    page = browser.post(
        f"/desk/{about.pk}/{place}",
        {"version": 1, "note": "Words of Dana", "at": "10:00", "with": other.pk, "result": "spoke"},
    )

    assert page.status_code == 403
    assert "This form waited too long" in text_of(page)
    kept = 'value="10:00' if place == "next-try/" else "Words of Dana"
    assert kept in page.content.decode()


def test_request_typed_by_hand_outlives_an_old_token(dana: StaffMember, practice: Practice) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(dana)

    page = browser.post("/desk/new/", {"name": "Rosa Sample", "days": ["mon"]})

    assert page.status_code == 403
    assert 'value="Rosa Sample"' in page.content.decode()
    assert hidden(page, "begun")


# The database is away


@pytest.mark.parametrize(
    ("place", "typed", "action"),
    [
        ("note/", {"note": "Words of Dana"}, (work_actions, "write_note")),
        ("attempt/", {"note": "Words of Dana", "result": "spoke"}, (work_actions, "attempt")),
        ("", {"note": "Words of Dana", "to": "tried"}, (actions, "change_status")),
    ],
)
def test_note_is_given_back_when_the_database_goes_away(
    desk: Client,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    typed: dict[str, str],
    action: tuple[Any, str],
) -> None:
    def away(**_given: Any) -> None:
        raise OperationalError("the server closed the connection")

    about = asked()
    monkeypatch.setattr(*action, away)
    desk.raise_request_exception = False

    page = send(desk, about, place, **typed)

    assert page.status_code == 503
    assert "Words of Dana" in page.content.decode()
    assert 'href="tel:' in page.content.decode()


def test_request_typed_by_hand_is_given_back_when_the_database_goes_away(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_given: Any) -> None:
        raise OperationalError("the server closed the connection")

    begun = hidden(desk.get("/desk/new/"), "begun")
    monkeypatch.setattr(actions, "send_request", away)
    desk.raise_request_exception = False
    typed = {
        "begun": begun,
        "came_by": "fax",
        "patient_kind": "new",
        "for_whom": "self",
        "name": "Rosa Sample",
        "phone": "(512) 555-0123",
    }

    page = desk.post("/desk/new/", typed)

    assert page.status_code == 503
    for words in ("Rosa Sample", "(512) 555-0123"):
        assert words in page.content.decode()


# At the same moment


@pytest.fixture
def team(transactional_db: None) -> list[StaffMember]:
    """Five people at the desk."""
    save_demo_rows()
    people = [StaffMember.objects.create_user(f"desk{each}", first_name=f"Desk {each}") for each in range(5)]
    group = Group.objects.get(name=FRONT_DESK)
    for person in people:
        person.groups.add(group)
    return people


at_once = pytest.mark.django_db(transaction=True)


@at_once
def test_of_five_who_claim_at_once_one_wins_and_four_learn_who(team: list[StaffMember]) -> None:
    about = asked()

    results = race(*(lambda by=by: work_actions.claim(request_id=about.pk, by=by, version=1) for by in team))

    about.refresh_from_db()
    lost = [each for each in results if isinstance(each, Taken)]
    assert len(lost) == 4
    assert {each.owner for each in lost} == {about.owner}
    assert (about.version, about.status_changes.count()) == (2, 1)


@at_once
def test_of_five_who_move_it_at_once_one_wins(team: list[StaffMember]) -> None:
    about = asked()
    moves = ("tried", "waiting", "time_set", "closed", "tried")

    results = race(
        *(
            lambda by=by, to=to: actions.change_status(request_id=about.pk, to=to, by=by, version=1)
            for by, to in zip(team, moves, strict=True)
        )
    )

    about.refresh_from_db()
    won = [each for each in results if isinstance(each, ConsultationRequest)]
    assert [each.status for each in won] == [about.status]
    assert sum(isinstance(each, StaleVersion) for each in results) == 4
    assert about.status_changes.count() == 1


@at_once
def test_of_five_notes_at_once_one_is_saved_and_four_are_given_back(
    team: list[StaffMember], client_for: ClientFor
) -> None:
    about = asked()
    browsers = [client_for(each) for each in team]

    pages = race(
        *(
            lambda browser=browser, by=by: browser.post(
                f"/desk/{about.pk}/note/", {"version": 1, "note": f"Words of {by.first_name}"}
            )
            for browser, by in zip(browsers, team, strict=True)
        )
    )

    assert sorted(page.status_code for page in pages) == [303, 409, 409, 409, 409]
    saved = about.status_changes.get().note
    for page, by in zip(pages, team, strict=True):
        own = f"Words of {by.first_name}"
        assert own == saved or (own in page.content.decode() and saved in page.content.decode())


@at_once
def test_of_five_who_book_one_time_at_once_one_has_it(team: list[StaffMember]) -> None:
    requests = [asked(name=f"Patient {each}") for each in range(5)]
    slot = Slot(
        clinician=Clinician.objects.create(name="Dr. Model"),
        location=Location.objects.get(slug="north"),
        starts=timezone.now() + timedelta(days=3),
        minutes=30,
    )

    results = race(
        *(
            lambda by=by, about=about: time_actions.record_time(
                request_id=about.pk, by=by, version=1, slot=slot
            )
            for by, about in zip(team, requests, strict=True)
        )
    )

    booked = BookedTime.objects.get()
    lost = [each for each in results if isinstance(each, SlotTaken)]
    assert len(lost) == 4
    assert {other for each in lost for other in each.others} == {booked}
    assert ConsultationRequest.objects.filter(status="time_set").get() == booked.request
    assert ConsultationRequest.objects.filter(status="new", version=1).count() == 4


@at_once
def test_two_who_merge_a_pair_both_ways_at_once_never_lose_both(team: list[StaffMember]) -> None:
    one, two = asked(), asked()

    results = race(
        lambda: merge(keep_id=one.pk, keep_version=1, closes_id=two.pk, closes_version=1, by=team[0]),
        lambda: merge(keep_id=two.pk, keep_version=1, closes_id=one.pk, closes_version=1, by=team[1]),
    )

    assert sum(isinstance(each, ConsultationRequest) for each in results) == 1
    assert sum(isinstance(each, CannotMerge | StaleVersion) for each in results) == 1
    assert ConsultationRequest.objects.filter(status="new", merged_into=None).count() == 1
    assert ConsultationRequest.objects.exclude(merged_into=None).count() == 1


@at_once
def test_patient_who_cancels_while_staff_records_a_time_leaves_no_time_behind(
    team: list[StaffMember],
) -> None:
    about = asked()
    slot = Slot(
        clinician=Clinician.objects.create(name="Dr. Model"),
        location=Location.objects.get(slug="north"),
        starts=timezone.now() + timedelta(days=3),
        minutes=30,
    )

    results = race(
        lambda: time_actions.record_time(request_id=about.pk, by=team[0], version=1, slot=slot),
        lambda: actions.cancel_by_patient(request_id=about.pk),
    )

    about.refresh_from_db()
    assert about.status == "closed"
    assert not BookedTime.objects.filter(active=True).exists()
    assert not [
        each
        for each in results
        if isinstance(each, Exception) and not isinstance(each, StaleVersion | IllegalMove)
    ]

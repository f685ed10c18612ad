"""The clock of a request: open hours only, over weekends, holidays and changes of the clocks; and what comes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from booking import actions, clock_actions, work_actions
from booking.choices import AttemptResult, WaitsFor
from booking.clock import BACK_AFTER_DAYS, Case, Office, due, state
from booking.models import ConsultationRequest
from booking.next_try import suggest
from booking.statuses import Status
from booking.visit_times import WrongTime, read
from booking.wish import Wish
from clinic import outbox, snapshot
from clinic.hours import ClosedDays, OpenHours
from clinic.practice import Closure, Hours, Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked
from tests.booking.desk import MONDAY, at, last_line

WEEK = tuple(OpenHours(day, time(8), time(17)) for day in range(5))
OFFICE = Office("America/Chicago", WEEK, (ClosedDays(date(2026, 10, 21), date(2026, 10, 21), "Inventory"),))


def counted(case: Case, office: Office | None = OFFICE) -> datetime | None:
    return due(case, office, reply_days=1)


# Counting


@pytest.mark.parametrize(
    ("mark", "since", "expected"),
    [
        ("call_today", at(19, 9), at(19, 11)),
        ("call_today", at(19, 16), at(20, 9)),
        ("call_today", at(20, 16, 30), at(22, 9, 30)),
        ("call_today", at(23, 16, 30), at(26, 9, 30)),
        ("call_today", at(24, 12), at(26, 10)),
        ("call_today", at(19, 23, 59), at(20, 10)),
        ("soon", at(19, 9), at(19, 13)),
        ("soon", at(23, 15), at(26, 10)),
        ("", at(19, 9), at(20, 17)),
        ("", at(20, 9), at(22, 17)),
        ("", at(24, 0), at(26, 17)),
    ],
)
def test_first_contact_is_due_in_open_hours(mark: str, since: datetime, expected: datetime) -> None:
    assert counted(Case("new", since, mark=mark)) == expected


def test_first_contact_is_never_due_later_than_was_promised() -> None:
    promised = at(19, 17)

    assert counted(Case("new", at(19, 9), promised_by=promised)) == promised
    assert counted(Case("new", at(19, 9), promised_by=at(30, 17))) == at(20, 17)
    assert counted(Case("new", at(19, 9), promised_by=promised), None) == promised


def test_two_open_hours_are_two_hours_when_the_clocks_change() -> None:
    nights = tuple(OpenHours(day, time(0), time(6)) for day in range(7))
    office = Office("America/Chicago", nights, ())

    back = counted(Case("new", at(1, 0, 30, month=11), mark="call_today"), office)
    ahead = counted(
        Case("new", datetime(2026, 3, 8, 1, tzinfo=ZoneInfo("America/Chicago")), mark="call_today"), office
    )

    assert back is not None
    assert back.astimezone(UTC) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert ahead == datetime(2026, 3, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case("tried", at(20, 9, 30)), at(20, 9, 30)),
        (Case("tried", at(21, 9, 30)), at(22, 8)),
        (Case("waiting", at(19, 9), waits_for="patient"), at(23, 17)),
        (Case("waiting", at(19, 9), waits_for="records"), at(27, 17)),
        (Case("time_set", at(19, 9)), at(19, 13)),
        (Case("time_set", at(19, 9), visit_ends=at(22, 10, 30)), at(22, 11, 30)),
        (Case("time_set", at(19, 9), visit_ends=at(23, 16, 30)), at(26, 8, 30)),
        (Case("attended", at(19, 9)), at(22, 17)),
        (Case("missed", at(23, 9)), at(26, 17)),
        (Case("closed", at(19, 9)), None),
    ],
)
def test_each_status_has_its_own_clock(case: Case, expected: datetime | None) -> None:
    assert counted(case) == expected


@pytest.mark.parametrize("status", [each.value for each in Status if each != Status.CLOSED])
def test_office_without_hours_forgets_nobody(status: str) -> None:
    closed_for_ever = replace(OFFICE, hours=())

    assert counted(Case(status, MONDAY), None) is not None
    assert counted(Case(status, MONDAY), closed_for_ever) is not None


def test_everything_that_can_be_waited_for_comes_back() -> None:
    assert set(BACK_AFTER_DAYS) == set(WaitsFor.values)


def test_state_turns_within_the_hour_before() -> None:
    assert state(at(19, 12), at(19, 10, 59)) == "on time"
    assert state(at(19, 12), at(19, 11)) == "due soon"
    assert state(at(19, 12), at(19, 12)) == "overdue"
    assert state(None, at(19, 12)) == "on time"


# The next try


@pytest.mark.parametrize(
    ("tried", "result", "best_time", "expected"),
    [
        (at(19, 9), "no_answer", "", at(19, 14, 30)),
        (at(19, 15), "no_answer", "", at(20, 9, 30)),
        (at(19, 9), "no_answer", "midday", at(19, 12)),
        (at(19, 9), "no_answer", "morning", at(19, 14, 30)),
        (at(19, 15), "no_answer", "morning", at(20, 9, 30)),
        (at(20, 15), "no_answer", "morning", at(22, 9, 30)),
        (at(23, 15), "no_answer", "", at(26, 9, 30)),
        (at(19, 9), "left_message", "", at(20, 14, 30)),
        (at(19, 9), "spoke", "any", at(20, 14, 30)),
    ],
)
def test_next_try_is_at_another_part_of_the_day_and_in_open_hours(
    tried: datetime, result: str, best_time: str, expected: datetime
) -> None:
    assert suggest(tried=tried, result=result, attempts=1, best_time=best_time, office=OFFICE) == expected


def test_many_tries_get_more_time_between_them() -> None:
    third = suggest(tried=at(19, 9), result="no_answer", attempts=3, best_time="", office=OFFICE)

    assert third == at(20, 14, 30)


def test_next_try_exists_whatever_the_hours_are() -> None:
    saturdays = replace(OFFICE, hours=(OpenHours(5, time(9), time(10)),))

    for office in (None, replace(OFFICE, hours=()), saturdays):
        again = suggest(tried=MONDAY, result="no_answer", attempts=1, best_time="midday", office=office)
        assert again > MONDAY


# A time as it is typed


@pytest.mark.parametrize(
    ("day", "hour", "reason"),
    [
        (date(2026, 10, 16), time(10), "past"),
        (date(2026, 10, 19), time(8, 59), "past"),
        (date(2028, 10, 19), time(10), "far"),
        (date(2026, 10, 21), time(10), "closed"),
        (date(2026, 10, 24), time(10), "closed"),
        (date(2026, 10, 20), time(2, 30), "outside"),
        (date(2026, 10, 20), time(17), "outside"),
    ],
)
def test_time_that_cannot_be_meant_is_refused(day: date, hour: time, reason: str) -> None:
    with pytest.raises(WrongTime) as refused:
        read(day, hour, office=OFFICE, now=MONDAY)

    assert refused.value.reason == reason
    assert refused.value.why == ("Inventory" if day == date(2026, 10, 21) else "")


def test_time_of_the_night_when_clocks_change_is_refused_or_asked() -> None:
    nights = Office("America/Chicago", tuple(OpenHours(day, time(0), time(6)) for day in range(7)), ())
    back, ahead, now = date(2026, 11, 1), date(2027, 3, 14), MONDAY

    with pytest.raises(WrongTime, match="gap"):
        read(ahead, time(2, 30), office=nights, now=now)
    with pytest.raises(WrongTime, match="twice"):
        read(back, time(1, 30), office=nights, now=now)
    first = read(back, time(1, 30), office=nights, now=now, which="first")
    second = read(back, time(1, 30), office=nights, now=now, which="second")

    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


# Stored with the request


@pytest.fixture
def sent(practice: Practice) -> Callable[..., ConsultationRequest]:
    def send(**wishes: Any) -> ConsultationRequest:
        wish = Wish(name="Rosa Sample", phone="+15125550123", agreement="2026-11", location="north", **wishes)
        return actions.send_request(send_token=str(wishes), wish=wish)

    return send


@time_machine.travel(MONDAY, tick=False)
def test_clock_is_stored_when_somebody_asks_and_when_it_is_opened_again(
    sent: Callable[..., ConsultationRequest], dana: StaffMember
) -> None:
    urgent, plain = sent(mark="call_today"), sent()

    assert (urgent.due, plain.due) == (at(19, 11), at(20, 17))
    closed = actions.change_status(request_id=plain.pk, to="closed", by=dana, version=1)
    assert closed.due is None
    with time_machine.travel(at(27, 9), tick=False):
        again = actions.change_status(request_id=plain.pk, to="new", by=dana, version=2)
    assert (again.due, again.promised_by) == (at(28, 17), at(28, 17))


@time_machine.travel(MONDAY, tick=False)
def test_clock_is_counted_anew_when_hours_or_closures_change_in_the_admin(
    sent: Callable[..., ConsultationRequest], ada: StaffMember, client_for: Callable[[StaffMember], Client]
) -> None:
    about = sent(mark="call_today")
    closed = {"first_day": "2026-10-19", "last_day": "2026-10-19", "location": "", "name": "Power cut"}

    answer = client_for(ada).post("/admin/clinic/closure/add/", closed)

    assert answer.status_code == 302
    about.refresh_from_db()
    assert (about.due, about.version) == (at(20, 10), 1)
    assert not about.status_changes.exists()


@time_machine.travel(MONDAY, tick=False)
def test_command_fills_what_has_no_clock_yet_and_follows_changed_hours(practice: Practice) -> None:
    north = Location.objects.get(slug="north")
    about = asked(mark="call_today", location=north, created=at(19, 9), clock_from=at(19, 9))
    out = StringIO()

    call_command("desk_clock", stdout=out)

    about.refresh_from_db()
    assert about.due == at(19, 11)
    assert "1 clocks were set anew" in out.getvalue()
    Hours.objects.filter(location=north, weekday=0).update(closes=time(10))
    snapshot.refresh()
    call_command("desk_clock", stdout=out)
    about.refresh_from_db()
    assert about.due == at(20, 9)


def test_sender_of_mail_looks_at_the_clock_too() -> None:
    assert clock_actions.look_at_the_clock in outbox.every_look
    assert clock_actions.count_anew in snapshot.edited


@time_machine.travel(MONDAY, tick=False)
def test_clock_looks_once_a_minute_and_when_hours_have_changed(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_actions, "_last", {})
    about = asked(mark="call_today", created=at(19, 9), clock_from=at(19, 9))
    clock_actions.look_at_the_clock()
    about.refresh_from_db()
    first = about.due
    Closure.objects.create(practice=practice, first_day=MONDAY, last_day=MONDAY, name="Power cut")

    clock_actions.look_at_the_clock()
    about.refresh_from_db()
    at_once = about.due
    clock_actions._last["looked"] -= clock_actions.EVERY_SECONDS
    clock_actions.look_at_the_clock()
    about.refresh_from_db()

    assert (first, at_once, about.due) == (at(19, 11), at(19, 11), at(20, 10))


# Coming back


def test_what_waits_too_long_comes_back_once(
    sent: Callable[..., ConsultationRequest], dana: StaffMember
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        about = sent()
        work_actions.claim(request_id=about.pk, by=dana, version=1)
        work_actions.wait(request_id=about.pk, by=dana, version=2, waits_for=WaitsFor.RECORDS)
        assert clock_actions.bring_back() == 0

    with time_machine.travel(at(26, 17, 1), tick=False):
        assert clock_actions.bring_back() == 1
        assert clock_actions.bring_back() == 0
        about.refresh_from_db()
        assert (about.owner, about.status, about.waits_for) == (None, "waiting", "records")
        assert about.due is not None
        assert state(about.due, at(26, 17, 1)) == "overdue"
        assert last_line(about) == ("came_back", "waited", "")
        assert about.status_changes.get(kind="came_back").by is None

        work_actions.wait(request_id=about.pk, by=dana, version=4, waits_for=WaitsFor.RECORDS)
        assert clock_actions.bring_back() == 0
    with time_machine.travel(at(5, 9, month=11), tick=False):
        assert clock_actions.bring_back() == 1


def test_their_reply_lets_the_clock_run_again(
    sent: Callable[..., ConsultationRequest], dana: StaffMember
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        about = sent()
        work_actions.wait(request_id=about.pk, by=dana, version=1, waits_for=WaitsFor.PATIENT)
    with time_machine.travel(at(20, 15), tick=False):
        work_actions.replied(request_id=about.pk, by=dana, version=2)

    about.refresh_from_db()
    assert (about.status, about.waits_for, about.due) == ("tried", "", at(21, 10))


@pytest.mark.parametrize(
    ("waits_for", "typed", "stands"),
    [
        ("patient", {"contact_by": "call", "phone": "512 555 0177"}, ("tried", "", at(21, 10))),
        # All is as it was: that is an answer too.
        ("patient", {}, ("tried", "", at(21, 10))),
        ("", {"contact_by": "call"}, ("tried", "", at(21, 10))),
        ("records", {"contact_by": "call"}, ("waiting", "records", at(26, 17))),
    ],
)
def test_answer_on_their_own_page_lets_the_clock_run_again(
    sent: Callable[..., ConsultationRequest],
    dana: StaffMember,
    client: Client,
    waits_for: str,
    typed: dict[str, str],
    stands: tuple[str, str, datetime],
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        about = sent()
        own = f"/r/{about.link_token}/"
        work_actions.wait(request_id=about.pk, by=dana, version=1, waits_for=WaitsFor(waits_for))
    with time_machine.travel(at(20, 15), tick=False):
        page = client.post(f"{own}contact/", typed, follow=True)

        about.refresh_from_db()
        assert (about.status, about.waits_for, about.due) == stands
        answered = about.status == "tried"
        assert ("We have your answer" in page.content.decode()) == answered
        client.force_login(dana)
        told = (
            "The patient answered on their own page."
            if answered
            else "The patient changed how to reach them."
        )
        assert told in client.get(f"/desk/{about.pk}/").content.decode()


@pytest.mark.parametrize("change", [{"away_from": date(2026, 10, 20)}, {"is_active": False}])
def test_what_somebody_away_had_comes_back_to_everybody(
    sent: Callable[..., ConsultationRequest], dana: StaffMember, ada: StaffMember, change: dict[str, Any]
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        left, stays = sent(), sent(language="es")
        work_actions.claim(request_id=left.pk, by=dana, version=1)
        work_actions.claim(request_id=stays.pk, by=ada, version=1)
    StaffMember.objects.filter(pk=dana.pk).update(**change)

    with time_machine.travel(at(20, 0, 5), tick=False):
        assert clock_actions.bring_back() == 1
        assert clock_actions.bring_back() == 0

    left.refresh_from_db()
    stays.refresh_from_db()
    assert (left.owner, stays.owner) == (None, ada)
    assert last_line(left) == ("came_back", "owner away|Dana", "")


def test_day_away_begins_on_the_clock_of_the_office(
    sent: Callable[..., ConsultationRequest], dana: StaffMember
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        about = sent()
        work_actions.claim(request_id=about.pk, by=dana, version=1)
    StaffMember.objects.filter(pk=dana.pk).update(away_from=date(2026, 10, 20))

    # Already the 20th in Greenwich, still the 19th at the clinic.
    with time_machine.travel(at(19, 22), tick=False):
        assert clock_actions.bring_back() == 0


@time_machine.travel(MONDAY, tick=False)
def test_tries_set_the_first_contact_once_and_the_next_try_each_time(
    sent: Callable[..., ConsultationRequest], dana: StaffMember
) -> None:
    about = sent()
    work_actions.attempt(request_id=about.pk, by=dana, version=1, result=AttemptResult.NO_ANSWER)
    with time_machine.travel(at(19, 14, 30), tick=False):
        work_actions.attempt(request_id=about.pk, by=dana, version=2, result=AttemptResult.LEFT_MESSAGE)

    about.refresh_from_db()
    assert (about.first_contact, about.attempts, about.due) == (MONDAY, 2, at(20, 9, 30))

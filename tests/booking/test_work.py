"""The desk's daily work through its pages: who has a request, how a call went, what it waits for, closing it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import Clinician, ConsultationRequest, StatusChange
from booking.sharing import _frozen
from booking.statuses import NEXT_STATUSES, Status
from booking.wish import Wish
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from screener import flow
from tests.booking.conftest import REVIEW_ANSWERS, asked, text_of
from tests.booking.desk import MONDAY, at, last_line, send

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


def after(answer: Any, client: Client) -> str:
    """What the page says that the answer leads to."""
    assert answer.status_code == 303, text_of(answer)
    return text_of(client.get(answer.headers["Location"]))


def mails() -> list[str]:
    return [mail.kind for mail in Message.objects.exclude(kind="staff").order_by("pk")]


# Who has it


def test_whoever_is_first_has_it_and_gives_it_back(desk: Client, dana: StaffMember) -> None:
    about = asked()

    assert "You have it now." in after(send(desk, about, "claim/"), desk)
    about.refresh_from_db()
    assert (about.owner, last_line(about)) == (dana, ("claimed", "", ""))

    assert "Anybody may take it now." in after(send(desk, about, "release/"), desk)
    about.refresh_from_db()
    assert (about.owner, about.version) == (None, 3)


def test_late_claim_is_told_kindly_who_has_it(desk: Client, client_for: ClientFor, ada: StaffMember) -> None:
    about = asked()
    client_for(ada).post(f"/desk/{about.pk}/claim/", {"version": 1})

    page = desk.post(f"/desk/{about.pk}/claim/", {"version": 1, "note": "She called me"})

    assert page.status_code == 409
    assert "Ada took this one a moment ago." in text_of(page)
    assert "She called me" in page.content.decode()
    about.refresh_from_db()
    assert about.owner == ada


def test_anybody_may_take_over_and_the_history_says_from_whom(
    desk: Client, client_for: ClientFor, ada: StaffMember, dana: StaffMember
) -> None:
    about = asked(owner=ada)

    page = after(send(desk, about, "take-over/", note="Ada is in a meeting"), desk)

    assert "Let Ada know." in page
    assert "Dana took it over from Ada." in page
    assert last_line(about) == ("taken_over", "Ada", "Ada is in a meeting")


def test_claiming_twice_is_no_fault_and_closed_ones_belong_to_nobody(desk: Client, dana: StaffMember) -> None:
    mine, closed = asked(owner=dana), asked(status="closed")

    assert send(desk, mine, "claim/").status_code == 303
    assert send(desk, closed, "claim/").status_code == 409
    assert not StatusChange.objects.exists()


# Reaching them


@pytest.mark.parametrize(
    ("result", "mail"), [("no_answer", ["tried"]), ("left_message", ["tried"]), ("spoke", [])]
)
def test_one_click_notes_how_the_call_went(desk: Client, result: str, mail: list[str]) -> None:
    about = asked(email="frank@example.com")

    page = after(send(desk, about, "attempt/", result=result, note="After the third ring"), desk)

    about.refresh_from_db()
    assert (about.status, about.attempts) == ("tried", 1)
    assert about.first_contact is not None
    assert last_line(about) == ("attempt", result, "After the third ring")
    assert mails() == mail
    assert ("They get a mail: “We tried to reach you”." in page) == bool(mail)
    assert ("You have just talked." in page) == (result == "spoke")


def test_who_has_no_address_is_not_promised_a_mail(desk: Client) -> None:
    page = after(send(desk, asked(), "attempt/", result="no_answer"), desk)

    assert "No mail goes out: we have no e-mail address." in page
    assert mails() == []


@pytest.mark.parametrize(("start", "then"), [("tried", "tried"), ("waiting", "waiting"), ("missed", "tried")])
def test_tries_go_on_and_are_counted_each_time(desk: Client, start: str, then: str) -> None:
    about = asked(
        status=start, attempts=1, email="frank@example.com", waits_for="records" if start == "waiting" else ""
    )

    send(desk, about, "attempt/", result="no_answer")
    send(desk, about, "attempt/", result="left_message")
    page = text_of(desk.get(f"/desk/{about.pk}/"))

    about.refresh_from_db()
    assert (about.status, about.attempts) == (then, 3)
    assert "tried 3 times" in page
    assert "You may close it as not reached" in page
    assert mails() == (["tried"] if start == "missed" else [])


def test_who_was_spoken_with_is_not_called_unreached(desk: Client) -> None:
    about = asked(status="tried", attempts=2)

    page = after(send(desk, about, "attempt/", result="spoke"), desk)

    assert "tried 3 times" in page
    assert "not reached; they" not in page


@time_machine.travel(MONDAY, tick=False)
def test_next_try_is_suggested_and_can_be_changed(desk: Client) -> None:
    about = asked(best_time="afternoon")
    page = after(send(desk, about, "attempt/", result="no_answer"), desk)
    assert "Next try due today 2:30 pm" in page
    form = desk.get(f"/desk/{about.pk}/next-try/").content.decode()
    assert 'value="2026-10-19"' in form
    assert 'value="14:30"' in form
    assert "Central Time" in form

    page = after(send(desk, about, "next-try/", day="10/22/2026", at="10 am"), desk)

    assert "Next try due Thu, Oct 22, 10 am" in page or "Oct 22" in page
    about.refresh_from_db()
    assert about.due == at(22, 10)


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2026-10-16", "at": "10:00"}, "This time has passed."),
        ({"day": "2026-10-24", "at": "10:00"}, "The office is closed on that day."),
        ({"day": "2026-10-20", "at": "03:00"}, "The office is not open at that hour."),
        ({"day": "2026-02-30", "at": "10:00"}, "Write the day as month/day/year"),
        ({"day": "2026-10-20", "at": "10:00+05:00"}, "Write the time as the office's clock shows it"),
        ({}, "Choose the day."),
    ],
)
def test_next_try_that_makes_no_sense_is_explained(desk: Client, typed: dict[str, str], words: str) -> None:
    about = asked(status="tried")

    page = send(desk, about, "next-try/", **typed)

    assert page.status_code == 422
    assert words in text_of(page)
    assert about.status_changes.count() == 0


# Waiting, and what ends it


@pytest.mark.parametrize("start", ["new", "tried", "time_set", "missed"])
@pytest.mark.parametrize("what", ["patient", "records", "referral", "insurance"])
def test_it_waits_for_what_is_said(desk: Client, start: str, what: str) -> None:
    about = asked(status=start)

    page = after(send(desk, about, "wait/", waits_for=what, note="Asked by fax"), desk)

    about.refresh_from_db()
    assert (about.status, about.waits_for) == ("waiting", what)
    assert last_line(about) == ("moved", what, "Asked by fax")
    assert "No mail goes out: What we wait for is different each time" in page


def test_it_waits_on_for_something_else(desk: Client) -> None:
    about = asked(status="waiting", waits_for="records")

    page = after(send(desk, about, "wait/", waits_for="insurance"), desk)

    assert "Dana lets it wait on: The insurance." in page


@pytest.mark.parametrize(
    ("waits_for", "button"), [("patient", "They got in touch"), ("records", "It has come")]
)
def test_their_call_ends_the_waiting(desk: Client, waits_for: str, button: str) -> None:
    about = asked(status="waiting", waits_for=waits_for, email="frank@example.com")
    assert button in text_of(desk.get(f"/desk/{about.pk}/"))

    page = after(send(desk, about, "replied/", note="Tuesdays are good"), desk)

    assert "They have just been in touch themselves." in page
    about.refresh_from_db()
    assert (about.status, about.waits_for) == ("tried", "")
    assert mails() == []


def test_patient_who_talked_with_us_does_not_read_that_we_missed_them(desk: Client, client: Client) -> None:
    about = actions.send_request(
        send_token="rosa", wish=Wish(name="Rosa Sample", phone="+15125550123", agreement="2026-11")
    )
    own = f"/r/{about.link_token}/"
    send(desk, about, "attempt/", result="no_answer")
    assert "We tried to reach you" in text_of(client.get(own))

    send(desk, about, "attempt/", result="spoke")

    assert "We have talked with each other" in text_of(client.get(own))


# Closing and opening again


@pytest.mark.parametrize("mark", ["soon", "call_today"])
def test_urgent_one_is_not_closed_without_a_reason(desk: Client, mark: str) -> None:
    about = asked(mark=mark)

    page = send(desk, about, to="closed", note="Wants no more")

    assert page.status_code == 422
    assert "Choose below why you close it." in text_of(page)
    assert "Wants no more" in page.content.decode()
    assert 'id="id_closing_reason_0"' in page.content.decode()
    assert send(desk, about, to="closed", closing_reason="declined").status_code == 303


def test_plain_close_of_one_without_a_mark_stays_possible(desk: Client) -> None:
    about = asked()

    assert send(desk, about, to="closed").status_code == 303


def test_closing_says_why_and_opening_again_tells_them(desk: Client) -> None:
    about = asked(email="frank@example.com", mark="soon")

    page = after(send(desk, about, "close/", closing_reason="not_reached", untried="on"), desk)
    assert "Dana moved it from New to Closed (Not reached)." in page
    page = after(send(desk, about, to="new"), desk)

    assert "They get a mail: “Your request is open again”." in page
    assert mails() == ["closed", "reopened"]
    about.refresh_from_db()
    assert (about.status, about.closing_reason, about.promised_by is not None) == ("new", "", True)


def test_whoever_asks_again_is_tried_anew(desk: Client) -> None:
    about = asked(email="frank@example.com")
    for _try in range(3):
        send(desk, about, "attempt/", result="no_answer")
    page = text_of(desk.get(f"/desk/{about.pk}/"))
    assert "You have tried 3 times. You may close it as not reached" in page
    tired = about.status_changes.filter(kind="attempt").count()
    send(desk, about, "close/", closing_reason="not_reached")

    send(desk, about, to="new")
    send(desk, about, "attempt/", result="no_answer")

    about.refresh_from_db()
    assert about.attempts == 1
    fresh = asked()
    send(desk, fresh, "attempt/", result="no_answer")
    fresh.refresh_from_db()
    assert about.clock_from == fresh.clock_from
    page = text_of(desk.get(f"/desk/{about.pk}/"))
    assert "You may close it" not in page
    assert page.count("Dana tried to reach them: no answer.") == tired + 1


def test_visit_is_noted_and_charted(desk: Client) -> None:
    about = asked(status="time_set", email="frank@example.com")

    assert "No mail goes out: The person was just here." in after(send(desk, about, to="attended"), desk)
    page = after(send(desk, about, "close/", closing_reason="charted"), desk)

    assert "Closed" in page
    about.refresh_from_db()
    assert (about.status, about.closing_reason) == ("closed", "charted")
    assert mails() == []


def test_missed_visit_is_told_and_called_about(desk: Client) -> None:
    about = asked(status="time_set", email="frank@example.com")

    page = after(send(desk, about, to="missed"), desk)

    assert "Call about the missed visit" in page
    assert mails() == ["missed"]


# The table and the page


@pytest.mark.parametrize("start", Status)
def test_page_shows_exactly_the_moves_of_the_table(desk: Client, start: Status) -> None:
    about = asked(status=start)

    html = desk.get(f"/desk/{about.pk}/").content.decode()

    shown = set(re.findall(r'name="to" value="(\w+)"', html))
    assert shown == set(NEXT_STATUSES[start])
    tries = start in ("new", "tried", "waiting", "missed")
    assert ('name="result" value="no_answer"' in html) == tries
    assert ('name="waits_for"' in html) == (start == "waiting" or Status.WAITING in NEXT_STATUSES[start])
    assert ('name="closing_reason"' in html) == (Status.CLOSED in NEXT_STATUSES[start])


@pytest.mark.parametrize("start", Status)
@pytest.mark.parametrize(
    ("place", "typed", "works_from"),
    [
        ("attempt/", {"result": "no_answer"}, {"new", "tried", "waiting", "missed"}),
        ("replied/", {}, {"tried", "waiting", "missed"}),
        ("wait/", {"waits_for": "records"}, {"new", "tried", "waiting", "time_set", "missed"}),
        ("close/", {"closing_reason": "declined"}, {each.value for each in Status} - {"closed"}),
        ("time/cancel/", {}, {"time_set"}),
        ("claim/", {}, {each.value for each in Status} - {"closed"}),
        ("note/", {"note": "x"}, {each.value for each in Status}),
    ],
)
def test_each_step_works_where_it_makes_sense_and_is_refused_in_words_elsewhere(
    desk: Client, start: Status, place: str, typed: dict[str, str], works_from: set[str]
) -> None:
    about = asked(status=start)

    answer = send(desk, about, place, **({"note": "Kept words"} | typed))

    if start in works_from:
        assert answer.status_code == 303
        assert about.status_changes.count() == 1
    else:
        assert answer.status_code == 409
        assert "cannot move there" in text_of(answer)
        assert "Kept words" in answer.content.decode()
        assert about.status_changes.count() == 0


@time_machine.travel(MONDAY, tick=False)
def test_every_step_every_look_and_every_refusal_leaves_one_row_in_the_audit(
    desk: Client, dana: StaffMember, ada: StaffMember
) -> None:
    about = asked(email="frank@example.com", owner=ada)
    slot: dict[str, Any] = {
        "clinician": Clinician.objects.create(name="Dr. Model").pk,
        "location": Location.objects.get(slug="north").pk,
        "day": "2026-10-22",
        "at": "10:00",
        "minutes": 30,
    }
    steps: list[tuple[str, dict[str, Any]]] = [
        ("take-over/", {}),
        ("release/", {}),
        ("claim/", {}),
        ("attempt/", {"result": "no_answer"}),
        ("next-try/", {"day": "10/22/2026", "at": "10 am"}),
        ("wait/", {"waits_for": "records"}),
        ("replied/", {}),
        ("note/", {"note": "A note"}),
        ("time/", slot),
        ("time/", slot | {"at": "11:00"}),
        ("time/cancel/", {}),
        ("close/", {"closing_reason": "declined"}),
        ("", {"to": "new"}),
        ("", {"to": "tried"}),
    ]
    looks = ["", "note/", "next-try/", "time/", "merge/", "write/", "script/", "erase/"]
    invalid: list[tuple[str, dict[str, Any]]] = [
        ("", {"to": "nowhere"}),
        ("attempt/", {"result": "who knows"}),
        ("wait/", {"waits_for": "rain"}),
        ("close/", {"closing_reason": "no idea"}),
        ("note/", {"note": ""}),
        ("next-try/", {}),
        ("time/", slot | {"day": "2026-10-24"}),
        ("write/", {}),
        ("erase/", {"reference": "no"}),
    ]
    # Somebody else was faster, or the table does not allow it.
    too_late: list[tuple[str, dict[str, Any]]] = [
        ("", {"to": "waiting", "version": 1}),
        ("note/", {"note": "Late", "version": 1}),
        ("close/", {"closing_reason": "declined", "version": 1}),
        ("time/", slot | {"version": 1}),
        ("next-try/", {"day": "10/23/2026", "at": "10 am", "version": 1}),
        ("time/cancel/", {}),
        ("", {"to": "attended"}),
    ]

    def one_row(answer: Any, status: int, action: str) -> None:
        done = answer.wsgi_request.method, answer.wsgi_request.path
        assert (*done, answer.status_code) == (*done, status)
        rows = AuditEntry.objects.filter(pk__gt=known[-1]).order_by("pk")
        found = list(rows.values_list("by", "action", "subject", "subject_ids"))
        assert found == [(dana.pk, action, "request", [about.pk])], done
        known.append(rows[0].pk)

    known = [0]
    for place, typed in steps:
        one_row(send(desk, about, place, **typed), 303, "changed")
    for place in looks:
        one_row(desk.get(f"/desk/{about.pk}/{place}"), 200, "viewed")
    for place, typed in invalid:
        one_row(send(desk, about, place, **typed), 422, "viewed")
    for place, typed in too_late:
        one_row(send(desk, about, place, **typed), 409, "viewed")
    one_row(desk.get(f"/desk/{about.pk}/chart-sheet/"), 200, "exported")


# Notes


def test_note_is_kept_apart_from_what_patients_read(desk: Client) -> None:
    about = asked(email="frank@example.com")

    page = after(send(desk, about, "note/", note="Hard of hearing:\r\nspeak slowly"), desk)

    assert "Your note is saved. Only staff see it." in page
    assert last_line(about) == ("note", "", "Hard of hearing:\nspeak slowly")
    assert mails() == []
    about.refresh_from_db()
    assert about.status == "new"


@pytest.mark.parametrize("place", ["", "note/", "attempt/", "wait/", "claim/"])
def test_note_that_is_too_long_is_given_back_with_its_length(desk: Client, place: str) -> None:
    about, words = asked(), "word " * 500
    typed = {"": {"to": "tried"}, "attempt/": {"result": "spoke"}, "wait/": {"waits_for": "patient"}}.get(
        place, {}
    )

    page = send(desk, about, place, note=words, **typed)

    assert page.status_code == 422
    assert "This note has 2,499 characters; we keep 2,000." in text_of(page)
    assert words.strip() in page.content.decode()
    assert about.status_changes.count() == 0


def test_empty_note_is_not_written_down(desk: Client) -> None:
    about = asked()

    page = send(desk, about, "note/", note="  ")

    assert page.status_code == 422
    assert "Write the note first." in text_of(page)


@pytest.mark.parametrize("place", ["close/", ""])
@pytest.mark.parametrize("mark", ["", "soon"])
def test_not_reached_without_a_single_try_is_asked_about_first(desk: Client, place: str, mark: str) -> None:
    about = asked(email="frank@example.com", mark=mark)
    typed = {"closing_reason": "not_reached"} | ({} if place else {"to": "closed"})

    once = send(desk, about, place, note="Words of Dana", **typed)
    still_open, mailed = ConsultationRequest.objects.get().is_open, mails()
    meant = send(desk, about, place, untried="on", **typed)

    assert once.status_code == 422
    assert "Nobody has tried to reach them yet." in text_of(once)
    assert "Words of Dana" in once.content.decode()
    assert (still_open, mailed) == (True, [])
    assert meant.status_code == 303
    about.refresh_from_db()
    assert (about.status, about.closing_reason) == ("closed", "not_reached")


def test_not_reached_after_a_try_needs_no_second_word(desk: Client) -> None:
    about = asked()
    send(desk, about, "attempt/", result="no_answer")

    assert "id_untried" not in desk.get(f"/desk/{about.pk}/").content.decode()
    assert send(desk, about, "close/", closing_reason="not_reached").status_code == 303


# What the page tells


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"email": "a@example.com"}, "If you did not talk: They get a mail: “We tried to reach you”."),
        ({"email": ""}, "Spoke with them No mail goes out: we have no e-mail address."),
        (
            {"email": "a@example.com", "status": "tried"},
            "If you did not talk: No mail goes out: a mail for each try would be too much.",
        ),
        ({"email": "a@example.com", "status": "time_set"}, "They get a mail: “We did not meet”."),
        ({"email": "a@example.com"}, "They get a mail: “Your request is closed”."),
        ({"email": "a@example.com", "status": "closed"}, "They get a mail: “Your request is open again”."),
    ],
)
def test_each_button_says_before_it_is_pressed_which_mail_goes_out(
    desk: Client, columns: dict[str, str], words: str
) -> None:
    assert words in text_of(desk.get(f"/desk/{asked(**columns).pk}/"))


def test_page_says_who_tried_last_while_nobody_has_it(desk: Client, ada: StaffMember) -> None:
    about = asked()
    send(desk, about, "attempt/", result="no_answer")

    page = text_of(desk.get(f"/desk/{about.pk}/"))

    assert "Nobody has it yet. Dana tried last." in page


@pytest.mark.parametrize(
    ("said", "words"),
    [("", "Left a message (they did not say we may)"), ("no", "Left a message (they said: leave none)")],
)
def test_leaving_a_message_is_marked_where_they_never_agreed_to_it(
    desk: Client, said: str, words: str
) -> None:
    assert words in text_of(desk.get(f"/desk/{asked(voicemail_ok=said).pk}/"))
    assert words not in text_of(desk.get(f"/desk/{asked(voicemail_ok='yes').pk}/"))


def test_page_names_the_helper_and_whose_number_it_is(desk: Client) -> None:
    about = asked(
        name="Rosa Sample Núñez",
        for_whom="other",
        helper_name="Lucía Sample",
        relationship="hija",
        phone_is="mine",
        may_talk_with="yes",
    )

    page, queue = (text_of(desk.get(each)) for each in (f"/desk/{about.pk}/", "/desk/"))

    assert "The number is Lucía Sample (hija)’s" in page
    assert "Lucía Sample (hija) asks for Rosa Sample Núñez" in page
    assert "you may talk with Lucía Sample about Rosa Sample Núñez" in page
    assert "Call Lucía Sample (hija), for Rosa Sample Núñez: (512) 555-0140" in queue


def test_page_tells_what_to_mind_before_the_call(desk: Client) -> None:
    about = asked(
        language="es",
        needs_text="hearing",
        voicemail_ok="no",
        helper_name="Lucía Sample",
        relationship="daughter",
        may_talk_with="no",
        contact_by="email",
        email="rosa@example.com",
    )

    page = text_of(desk.get(f"/desk/{about.pk}/"))

    for words in ("Leave no message", "do not talk with Lucía Sample about", "They wish: E-mail", "Spanish"):
        assert words in page


def test_timeline_tells_everything_in_order_with_its_mails(desk: Client) -> None:
    about = asked(email="frank@example.com", created=at(1, 9))
    send(desk, about, "claim/")
    send(desk, about, "attempt/", result="no_answer", note="Rang long")
    Message.objects.filter(kind="tried").update(state="dead")
    send(desk, about, "wait/", waits_for="referral")

    page = desk.get(f"/desk/{about.pk}/")

    told = [line.words for line in page.context["lines"]]
    assert told == [
        "The patient asked.",
        "Dana took it.",
        "Dana tried to reach them: no answer.",
        "Mail could not be sent: “We tried to reach you”. Tell them by phone.",
        "Dana moved it from Contact tried to Waiting (A referral).",
    ]
    assert page.context["lines"][2].note == "Rang long"
    assert page.context["lines"][3].fault


def test_answers_stand_under_for_against_not_known_and_to_be_checked(
    client: Client, desk: Client, practice: Practice
) -> None:
    walk = flow.replay(REVIEW_ANSWERS)
    decision = flow.outcome(REVIEW_ANSWERS)
    assert decision is not None
    about = asked(shared_answers=json.dumps(_frozen(walk.answers, decision)))

    page = desk.get(f"/desk/{about.pk}/").content.decode()

    for effect, words in (("check", "Needs a check"), ("toward", "Points toward")):
        assert f'<p class="effect {effect}">{words}</p>' in page
    assert "rules version" in page


def test_request_page_asks_the_database_a_fixed_number_of_times(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    about = asked(phone="+15125550140")
    for number in range(30):
        asked(phone="+15125550140", name=f"Patient {number}")
    for _each in range(5):
        send(desk, about, "note/", note="x")
    ConsultationRequest.objects.filter(pk=about.pk).update(email="frank@example.com")

    with django_assert_max_num_queries(14):
        desk.get(f"/desk/{about.pk}/")

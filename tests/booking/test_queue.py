"""The queue: nobody who asked is lost, whom to call stands first, and every list leaves one line in the audit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.choices import Mark, WaitsFor
from booking.models import BookedTime, Clinician, ConsultationRequest
from booking.queue import MOST_COUNTED, Tab
from booking.statuses import FINISHED, Status
from clinic.audit import AuditEntry
from clinic.practice import Location, Practice
from clinic.staff import FRONT_DESK, StaffMember
from tests.booking.conftest import asked, text_of
from tests.conftest import staff_member

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


def names_in(page: Any) -> list[str]:
    assert page.status_code == 200
    return [card.about.name for card in page.context["cards"]]


def counted(page: Any) -> dict[str, str]:
    return {tab["name"]: tab["count"] for tab in page.context["tabs"]}


def everybody_in(browser: Client, query: str) -> list[str]:
    """The names on all pages of a list, by following its own links."""
    names: list[str] = []
    while True:
        page = browser.get(f"/desk/?{query}")
        names += names_in(page)
        query = page.context["next"]
        if not query:
            return names


# Who stands where


def test_every_open_request_stands_in_all_open_for_everybody_at_the_desk(
    client_for: ClientFor, dana: StaffMember, ada: StaffMember, practice: Practice
) -> None:
    gus = staff_member("gus", FRONT_DESK)
    left = staff_member("left")
    left.is_active = False
    left.save()
    offices = [None, *Location.objects.all()]
    now = timezone.now()
    number = 0
    for status in Status:
        for owner in (None, dana, gus, ada, left):
            for mark in Mark.values:
                about = asked(
                    name=f"{status} {number}",
                    status=status,
                    owner=owner,
                    mark=mark,
                    location=offices[number % len(offices)],
                    waits_for=WaitsFor.values[number % len(WaitsFor.values)],
                    due=(None, now - timedelta(days=1), now + timedelta(days=1))[number % 3],
                    created=now - timedelta(days=number % 40),
                )
                if status in FINISHED and number % 2:
                    ConsultationRequest.objects.filter(pk=about.pk).update(merged_into=about.pk - 1)
                number += 1
    expected = sorted(each.name for each in ConsultationRequest.objects.all() if each.status not in FINISHED)

    for person in (dana, ada, gus):
        assert sorted(everybody_in(client_for(person), "")) == expected

    # Whatever stands in another tab of open requests stands in the first one too; the closed ones stand nowhere else.
    for tab in set(Tab) - {Tab.CLOSED}:
        assert set(everybody_in(client_for(dana), f"show={tab}")) <= set(expected)
    closed = everybody_in(client_for(dana), "show=closed")
    assert len(closed) + len(expected) == ConsultationRequest.objects.count()


def test_each_tab_holds_its_own_and_counts_them(desk: Client, dana: StaffMember, ada: StaffMember) -> None:
    now = timezone.now()
    asked(name="New", due=now + timedelta(days=1))
    asked(name="Late", due=now - timedelta(hours=2))
    asked(name="Mine", owner=dana, status="tried")
    asked(name="Ada's", owner=ada, status="missed")
    asked(name="Waits", status="waiting", waits_for="records")
    asked(name="Comes", status="time_set")
    asked(name="Done", status="closed", due=None)

    tabs = {tab: sorted(names_in(desk.get("/desk/", {"show": tab}))) for tab in Tab.values}

    assert tabs == {
        "all": ["Ada's", "Comes", "Late", "Mine", "New", "Waits"],
        "new": ["Late", "New"],
        "mine": ["Mine"],
        "overdue": ["Late"],
        "waiting": ["Waits"],
        "time_set": ["Comes"],
        "closed": ["Done"],
    }
    assert counted(desk.get("/desk/")) == {tab: str(len(names)) for tab, names in tabs.items()}


@pytest.mark.parametrize("tab", ["", "new", "overdue"])
def test_most_urgent_and_longest_waiting_come_first(desk: Client, tab: str) -> None:
    now = timezone.now()
    for name, mark, hours in [
        ("Waits a day", "", 24),
        ("Soon, new", "soon", 1),
        ("Call today, new", "call_today", 0),
        ("Waits an hour", "", 1),
        ("Soon, old", "soon", 30),
        ("Call today, old", "call_today", 2),
    ]:
        asked(name=name, mark=mark, created=now - timedelta(hours=hours), due=now - timedelta(minutes=1))
    asked(name="Closed", status="closed", mark="call_today")

    page = desk.get("/desk/", {"show": tab})

    assert names_in(page) == [
        "Call today, old",
        "Call today, new",
        "Soon, old",
        "Soon, new",
        "Waits a day",
        "Waits an hour",
    ]
    assert "All open 6" in text_of(page)


def test_closed_ones_stand_by_their_last_change(desk: Client) -> None:
    now = timezone.now()
    for days in (3, 1, 2):
        asked(name=f"Closed {days} days ago", status="closed", changed=now - timedelta(days=days))

    page = desk.get("/desk/?show=closed")

    assert names_in(page) == ["Closed 1 days ago", "Closed 2 days ago", "Closed 3 days ago"]


def test_counts_stop_at_a_thousand(desk: Client) -> None:
    columns = {"patient_kind": "new", "for_whom": "self", "phone": "+15125550140"}
    ConsultationRequest.objects.bulk_create(
        ConsultationRequest(name="Pat Example", reference=f"R{number}", send_token=str(number), **columns)
        for number in range(MOST_COUNTED + 2)
    )

    shown = counted(desk.get("/desk/"))

    assert (shown["all"], shown["new"], shown["mine"]) == ("1,000+", "1,000+", "0")


@pytest.mark.parametrize("tab", Tab.values)
def test_long_list_comes_in_pages_and_loses_nobody(desk: Client, dana: StaffMember, tab: str) -> None:
    now = timezone.now()
    status = {"waiting": "waiting", "time_set": "time_set", "closed": "closed"}.get(tab, "new")
    for number in range(120):
        moment = now - timedelta(minutes=number // 3)
        asked(
            name=f"Patient {number}",
            status=status,
            mark=Mark.values[number % 3],
            owner=dana,
            created=moment,
            changed=moment,
            due=moment,
        )

    seen = everybody_in(desk, f"show={tab}")

    assert len(seen) == 120
    assert len(set(seen)) == 120


def test_the_next_page_goes_on_where_a_request_stood_that_was_closed_meanwhile(desk: Client) -> None:
    now = timezone.now()
    for number in range(60):
        asked(name=f"Patient {number}", created=now - timedelta(minutes=60 - number))
    first = desk.get("/desk/")
    ConsultationRequest.objects.filter(pk=first.context["page"].next_after).update(status="closed")

    second = desk.get("/desk/?" + first.context["next"])

    assert len(set(names_in(first)) | set(names_in(second))) == 40


# Filters


def test_filters_by_office_and_owner_go_together_and_stay_in_paging(
    desk: Client, dana: StaffMember, ada: StaffMember
) -> None:
    north, south = Location.objects.order_by("slug")[:2]
    for number in range(60):
        asked(name=f"North {number}", location=north, owner=ada)
    asked(name="South", location=south, owner=ada)
    asked(name="Dana's", location=north, owner=dana)
    asked(name="Nobody's", location=north)
    query = f"location={north.slug}&owner={ada.pk}"

    page = desk.get(f"/desk/?{query}")

    assert everybody_in(desk, query) == [f"North {number}" for number in range(60)]
    assert f"location={north.slug}" in page.context["next"]
    assert f"owner={ada.pk}" in page.context["next"]
    assert counted(page)["all"] == "60"
    assert names_in(desk.get(f"/desk/?location={north.slug}&owner=nobody")) == ["Nobody's"]
    assert names_in(desk.get(f"/desk/?show=mine&owner={ada.pk}")) == ["Dana's"]


def test_long_list_of_what_nobody_has_claimed_loses_nobody(desk: Client, ada: StaffMember) -> None:
    for number in range(45):
        asked(name=f"Nobody's {number}", mark=Mark.values[number % 3])
        asked(name=f"Ada's {number}", owner=ada)

    seen = everybody_in(desk, "owner=nobody")

    assert sorted(seen) == sorted(f"Nobody's {number}" for number in range(45))


def test_owner_who_has_left_can_still_be_looked_at(desk: Client) -> None:
    left = staff_member("left")
    asked(name="Left behind", owner=left)

    assert names_in(desk.get(f"/desk/?owner={left.pk}")) == ["Left behind"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"show": "lost"}, "There is no such list."),
        ({"show": "\0"}, "There is no such list."),
        ({"location": "moon"}, "There is no such office."),
        ({"location": "'; --\0"}, "There is no such office."),
        ({"owner": "4711"}, "There is no such person here."),
        ({"owner": "²"}, "There is no such person here."),
        ({"owner": "\0"}, "There is no such person here."),
        ({"after": "x"}, "That page is no longer there."),
        ({"after": "-1"}, "That page is no longer there."),
        ({"after": "9" * 30}, "That page is no longer there."),
        ({"after": "4711"}, "That page is no longer there."),
        ({"after": "\0"}, "That page is no longer there."),
    ],
)
@pytest.mark.parametrize("address", ["/desk/", "/desk/print/"])
def test_odd_address_says_so_and_shows_what_there_is(
    desk: Client, address: str, query: dict[str, str], words: str
) -> None:
    asked(name="Still here")

    page = desk.get(address, query)

    assert names_in(page) == ["Still here"]
    assert words in text_of(page)


# What a card says


def test_card_shows_whom_to_call_and_how(desk: Client) -> None:
    about = asked(
        name="Rosa Sample",
        mark="call_today",
        phone="+15125550123",
        phone_extension="12",
        language="es",
        needs_text="large_print",
        contact_by="call",
        best_time="morning",
        voicemail_ok="no",
        helper_name="Lucía Sample",
        relationship="daughter",
        attempts=2,
    )

    page = desk.get("/desk/")

    text = text_of(page)
    words = (
        "Call today",
        "Rosa Sample",
        "Spanish",
        "Large print",
        "Morning",
        "leave no message",
        "tried 2 times",
    )
    for word in (*words, "Lucía Sample", about.reference, "nobody has it yet"):
        assert word in text, word
    assert 'href="tel:+15125550123;ext=12"' in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_clock_is_told_in_words_and_in_a_class_for_its_colour(desk: Client) -> None:
    now = timezone.now()
    asked(name="Late", due=now - timedelta(hours=2, minutes=1), created=now - timedelta(days=2))
    asked(name="Close", due=now + timedelta(minutes=30), created=now - timedelta(days=1))
    asked(name="Later", due=now + timedelta(hours=20), created=now)

    html = desk.get("/desk/").content.decode()

    assert '<p class="due red">overdue for 2\xa0hours</p>' in html
    assert '<p class="due amber">due t' in html
    assert '<p class="due ">due t' in html


def test_whoever_waits_says_for_what_and_since_when(desk: Client) -> None:
    asked(status="waiting", waits_for="records", clock_from=timezone.now() - timedelta(minutes=1))

    assert "Waiting for records, since today" in text_of(desk.get("/desk/")).replace("yesterday", "today")


def test_time_set_shows_the_visit_and_closed_says_why(desk: Client, dana: StaffMember) -> None:
    office = Location.objects.order_by("pk")[0]
    coming = asked(status="time_set")
    BookedTime.objects.create(
        request=coming,
        clinician=Clinician.objects.create(name="Dr. Example"),
        location=office,
        starts=timezone.now() + timedelta(days=400),
        by=dana,
    )
    kept = asked(name="Kept", status="closed", closing_reason="charted")
    asked(name="Twice", status="closed", closing_reason="duplicate", merged_into=kept)

    comes, closed = text_of(desk.get("/desk/?show=time_set")), text_of(desk.get("/desk/?show=closed"))

    assert "Dr. Example" in comes
    assert "Closed In the chart" in closed
    assert f"Closed merged into {kept.reference}" in closed


def test_first_one_who_waits_for_us_is_the_one_to_call_next(
    desk: Client, ada: StaffMember, dana: StaffMember
) -> None:
    now = timezone.now()
    asked(name="Waits for records", mark="call_today", status="waiting")
    asked(name="Ada is on it", mark="call_today", owner=ada)
    asked(name="Free", created=now - timedelta(hours=3))
    asked(name="Mine", created=now - timedelta(hours=2), owner=dana)

    cards = desk.get("/desk/").context["cards"]

    assert [card.about.name for card in cards if card.is_next] == ["Free"]


def test_whoever_asked_for_mail_is_written_to(desk: Client) -> None:
    asked(name="Ida Fiction", contact_by="email", email="ida@example.com")

    html = desk.get("/desk/").content.decode()

    assert 'href="mailto:ida@example.com"' in html
    assert 'href="tel:+15125550140"' not in html


# Printing


def test_list_to_print_holds_the_tab_with_room_to_write(desk: Client, dana: StaffMember) -> None:
    asked(name="Rosa Sample", owner=dana)
    asked(name="Frank Example")

    page = desk.get("/desk/print/?show=mine")

    assert names_in(page) == ["Rosa Sample"]
    assert "(512) 555-0140" in text_of(page)
    assert page.headers["Cache-Control"] == "no-store"


# Every list is one line of the audit; its cost does not grow


@pytest.mark.parametrize("address", ["/desk/", "/desk/?show=closed", "/desk/print/"])
def test_list_leaves_one_line_in_the_audit(desk: Client, dana: StaffMember, address: str) -> None:
    pks = [asked(status="closed" if "closed" in address else "new").pk for _each in range(3)]

    desk.get(address)

    rows = list(AuditEntry.objects.values_list("by", "action", "subject", "subject_ids"))
    assert [(by, action, subject, sorted(ids)) for by, action, subject, ids in rows] == [
        (dana.pk, "listed", "request", pks)
    ]


@pytest.mark.parametrize("tab", Tab.values)
def test_queue_asks_the_database_as_often_for_three_hundred_as_for_five(
    desk: Client, dana: StaffMember, tab: str
) -> None:
    office = Location.objects.order_by("pk")[0]
    status = {"waiting": "waiting", "time_set": "time_set", "closed": "closed"}.get(tab, "new")
    questions = []

    for number in (5, 295):
        for _each in range(number):
            asked(status=status, owner=dana, location=office, needs_text="hearing", due=timezone.now())
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert desk.get("/desk/", {"show": tab}).status_code == 200
        questions.append(len(captured))

    assert questions[0] == questions[1]
    assert questions[1] <= 12


def test_queue_printed_list_and_request_page_tell_the_same_of_a_request(
    desk: Client, practice: Practice
) -> None:
    about = asked(
        mark="soon",
        status="tried",
        attempts=1,
        created=timezone.now() - timedelta(days=15),
        due=timezone.now() - timedelta(days=2),
        helper_name="Lucía Sample",
        relationship="daughter",
        phone_extension="7",
    )

    queue, page, printed = (
        text_of(desk.get(each)) for each in ("/desk/", f"/desk/{about.pk}/", "/desk/print/")
    )

    for words in ("Soon", "Contact tried", "overdue for 2\u00a0days".replace("\u00a0", " "), "tried once"):
        assert all(words in each for each in (queue, page, printed)), words
    for words in ("asked 15 days ago", "Lucía Sample (daughter) asks for Frank Example", "any office"):
        assert words in queue
        assert words in page
    assert "(512) 555-0140 ext. 7" in queue
    assert "(512) 555-0140 ext. 7" in printed


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("", "call today, then soon, then who asked longest ago"),
        ("waiting", "call today, then soon, then who asked longest ago"),
        ("closed", "what changed last comes first"),
    ],
)
def test_page_says_in_which_order_they_stand(desk: Client, tab: str, words: str) -> None:
    asked()
    asked(status="waiting")
    asked(status="closed")

    assert words in text_of(desk.get("/desk/", {"show": tab}))

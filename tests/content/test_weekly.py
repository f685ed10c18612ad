"""What comes with the calendar is mailed once a week to editors and reviewers: counts, titles, and where; no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection

from clinic import outbox
from clinic.outbox import Message
from clinic.staff import StaffMember
from content import weekly
from content.checks import House
from content.house import house

pytestmark = pytest.mark.django_db
MONDAY = datetime(2040, 3, 5, 15, tzinfo=UTC)
TODAY = date(2040, 3, 5)


def small_house(*, signed_until: date, looked_at: date, follows: bool) -> House:
    """One page in both languages and one source, of which something may have grown old."""
    whole = house()
    english, spanish = whole.pages["about", "en"], whole.pages["about", "es"]
    spanish = replace(spanish, translates=english.document.digest if follows else "an older text")
    return replace(
        whole,
        pages={("about", "en"): english, ("about", "es"): spanish},
        sources={"mot1": replace(whole.sources["mot1"], checked_on=looked_at.isoformat())},
        cited_elsewhere=frozenset({"mot1"}),
        good_until={("about", "en"): signed_until},
        today=TODAY,
    )


FRESH = {"signed_until": TODAY + timedelta(days=1), "looked_at": TODAY - timedelta(days=300)}
OLD = {"signed_until": TODAY, "looked_at": TODAY - timedelta(days=366)}


@pytest.fixture(autouse=True)
def first_look() -> Iterator[None]:
    weekly._seen_to.clear()
    yield
    weekly._seen_to.clear()


@pytest.fixture
def grown_old(monkeypatch: pytest.MonkeyPatch) -> None:
    known = small_house(**OLD, follows=False)
    monkeypatch.setattr(weekly, "house", lambda: known)


@pytest.fixture
def editors(eli: StaffMember, rae: StaffMember, dana: StaffMember) -> list[str]:
    """An editor, a reviewer, and somebody from the desk, whom pages do not concern; all have an e-mail."""
    for person in (eli, rae, dana):
        StaffMember.objects.filter(pk=person.pk).update(email=f"{person.username}@example.com")
    return ["eli@example.com", "rae@example.com"]


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="calendar").order_by("pk"))


def look(moment: datetime = MONDAY) -> int:
    """As by a sender that has just been started."""
    weekly._seen_to.clear()
    with time_machine.travel(moment, tick=False):
        return weekly.send_once_a_week()


def test_editor_and_reviewer_get_counts_and_titles_and_the_address(
    editors: list[str], grown_old: None
) -> None:
    assert look() == 2

    assert sorted(each.to for each in mails()) == editors
    assert {each.subject for each in mails()} == {"Pages to look at this week"}
    spanish = house().pages["about", "es"].title
    assert {each.text for each in mails()} == {
        "    1  Pages whose review is overdue\n       - About us and this site\n\n"
        f"    1  Spanish pages older than the English ones\n       - {spanish} (Spanish)\n\n"
        f"    1  Sources to look at again\n       - {house().sources['mot1'].label('en')}\n\n"
        "See to them here: http://testserver/admin/content/page/?show=due\n"
    }


def test_who_has_no_address_gets_none_and_keeps_no_other_from_theirs(
    editors: list[str], grown_old: None
) -> None:
    StaffMember.objects.filter(username="eli").update(email="")

    assert look() == 1
    assert [each.to for each in mails()] == ["rae@example.com"]


def test_who_is_gone_is_told_nothing(editors: list[str], grown_old: None) -> None:
    StaffMember.objects.filter(username__in=["eli", "rae"]).update(is_active=False)

    assert look() == 0


def test_nothing_due_means_no_mail(editors: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weekly, "house", lambda: small_house(**FRESH, follows=True))

    assert look() == 0
    assert mails() == []


def test_only_what_is_due_is_named(editors: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weekly, "house", lambda: small_house(**FRESH, follows=False))
    look()

    assert "older than the English" in mails()[0].text
    assert "overdue" not in mails()[0].text
    assert "Sources" not in mails()[0].text


def test_once_a_week_and_the_next_week_again(editors: list[str], grown_old: None) -> None:
    sunday, next_monday = MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)

    assert [look(), look(), look(sunday), look(next_monday)] == [2, 0, 0, 2]
    assert len(mails()) == 4


def test_the_week_begins_by_the_clock_of_the_clinic(editors: list[str], grown_old: None) -> None:
    # Monday at 5 in the morning in UTC is still Sunday in Chicago.
    early = datetime(2040, 3, 5, 5, tzinfo=UTC)

    assert [look(early), look(early + timedelta(hours=2))] == [2, 2]


def test_looking_again_in_the_same_week_reads_nothing(
    editors: list[str], grown_old: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    look()
    monkeypatch.setattr(weekly, "send", lambda _week: pytest.fail("It looked again."))

    with time_machine.travel(MONDAY + timedelta(seconds=5), tick=False):
        assert weekly.send_once_a_week() == 0
    assert weekly.send_once_a_week in outbox.every_look


def test_a_long_list_is_cut_and_says_so() -> None:
    _subject, text = weekly.words({"source-old": tuple(f"Source {number}" for number in range(13))})

    assert "   13  Sources to look at again" in text
    assert "- Source 9\n       - and 3 more" in text
    assert "Source 10" not in text


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_write_one_mail_to_each(
    eli: StaffMember, rae: StaffMember, editors: list[str], grown_old: None
) -> None:
    written: list[int] = []

    def sends() -> None:
        written.append(weekly.send("2040-W10"))
        connection.close()

    senders = [Thread(target=sends) for _each in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sum(written) == 2
    assert sorted(each.to for each in mails()) == editors

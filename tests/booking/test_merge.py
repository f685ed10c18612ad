"""Two requests of one person: found, compared, merged one way; nothing is lost, and erasing takes both."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from booking import actions, merge_actions
from booking.merge_actions import CannotMerge
from booking.models import BookedTime, Clinician, ConsultationRequest, StatusChange, birth_hash
from booking.same_person import MOST_LOOKED_AT, likely
from booking.wish import Wish
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of
from tests.booking.desk import last_line, send

ClientFor = Callable[[StaffMember], Client]
BORN = birth_hash(date(1944, 3, 9))
OTHER = birth_hash(date(1950, 1, 1))


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    return client_for(dana)


def merge(client: Client, about: ConsultationRequest, other: ConsultationRequest, **typed: Any) -> Any:
    """`about` goes on, unless the test says otherwise."""
    other.refresh_from_db()
    wanted = {"with": other.pk, "other_version": other.version, "goes_on": about.pk} | typed
    return send(client, about, "merge/", **wanted)


# Finding


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ({"phone": "+15125550123"}, {"phone": "+15125550123"}, "same phone"),
        (
            {"phone": "+15125550123", "email": "a@example.com"},
            {"phone": "+15125550124", "email": "a@example.com"},
            "same e-mail",
        ),
        (
            {"phone": "+15125550123", "name": "Rosa Sample", "birth_hash": BORN},
            {"phone": "+15125550124", "name": "rosa sample", "birth_hash": BORN},
            "same name and birth date",
        ),
        (
            {"phone": "+15125550123", "name": "Rosa Sample", "days": ["mon", "tue"]},
            {"phone": "+15125550124", "name": "ROSA SAMPLE", "days": ["tue"]},
            "same name, days in common",
        ),
        (
            {"phone": "+15125550123", "name": "Rosa Sample", "days": ["mon"]},
            {"phone": "+15125550124", "name": "Rosa Sample", "days": ["tue"]},
            "",
        ),
        (
            {"phone": "+15125550123", "name": "Rosa Sample", "days": ["mon"], "birth_hash": BORN},
            {"phone": "+15125550124", "name": "Rosa Sample", "days": ["mon"], "birth_hash": OTHER},
            "",
        ),
        ({"phone": "+15125550123", "name": "Rosa"}, {"phone": "+15125550124", "name": "Frank"}, ""),
    ],
)
def test_same_person_is_found_by_what_both_have_in_common(
    practice: Practice, one: dict[str, Any], two: dict[str, Any], why: str
) -> None:
    first, second = asked(**one), asked(**two)

    assert [(each.other, each.why) for each in likely(first)] == ([(second, why)] if why else [])


def test_request_page_points_to_the_other_one(desk: Client) -> None:
    first, second = asked(), asked(name="F. Example")

    page = desk.get(f"/desk/{first.pk}/")

    assert second.reference in text_of(page)
    assert f"/desk/{first.pk}/merge/?with={second.pk}" in page.content.decode()
    assert AuditEntry.objects.latest("pk").subject_ids == [first.pk, second.pk]


def test_both_are_compared_side_by_side(desk: Client) -> None:
    first = asked(name="Rosa Sample", email="rosa@example.com")
    second = asked(name="R. Sample")

    by_link = text_of(desk.get(f"/desk/{first.pk}/merge/?with={second.pk}"))
    by_reference = text_of(
        desk.get(f"/desk/{first.pk}/merge/", {"with": f" {second.reference.lower().replace('-', '')} "})
    )

    for page in (by_link, by_reference):
        assert "Rosa Sample" in page
        assert "R. Sample" in page


def test_phone_of_a_helper_is_told_apart_from_a_phone_of_their_own(desk: Client) -> None:
    helped = {"for_whom": "other", "helper_name": "Lucía Sample", "phone_is": "mine"}
    first = asked(name="Rosa Sample", **helped)
    asked(name="Walter Sample", **helped)

    page = text_of(desk.get(f"/desk/{first.pk}/"))
    chosen = text_of(desk.get(f"/desk/{first.pk}/merge/"))

    for each in (page, chosen):
        assert "same phone of the helper · another name" in each


def test_merging_two_names_or_birth_dates_is_warned_of_and_the_choices_are_names(desk: Client) -> None:
    first = asked(name="Rosa Sample", birth_date_text="1944-03-09", birth_hash=BORN)
    second = asked(name="Walter Sample", birth_date_text="1950-01-01", birth_hash=OTHER)
    alike = asked(name="rosa  sample")

    page = desk.get(f"/desk/{first.pk}/merge/?with={second.pk}")
    same = text_of(desk.get(f"/desk/{first.pk}/merge/?with={alike.pk}"))

    text = text_of(page)
    assert "These may be two people" in text
    assert "The names differ: Rosa Sample and Walter Sample. The birth dates differ." in text
    assert [words for _pk, words in page.context["form"].fields["goes_on"].choices] == [
        f"{each.name}, {each.reference}, asked today" for each in (first, second)
    ]
    assert "These may be two people" not in same


@pytest.mark.parametrize("wanted", ["", "ZZZ-999", "999", "9" * 40, "²", "itself"])
def test_reference_of_nobody_is_explained(desk: Client, wanted: str) -> None:
    about = asked()
    wanted = about.reference if wanted == "itself" else wanted

    page = desk.get(f"/desk/{about.pk}/merge/", {"with": wanted})

    assert page.status_code == 200
    assert ("There is no other request with this reference." in text_of(page)) == bool(wanted)


def test_open_twin_is_offered_also_behind_many_closed_ones(desk: Client) -> None:
    about = asked(phone="+15125550177")
    for number in range(MOST_LOOKED_AT):
        asked(phone="+15125550177", status="closed", created=timezone.now() - timedelta(days=number))
    twin = asked(phone="+15125550177", name="R. Sample", created=timezone.now() - timedelta(days=400))

    found = likely(about)

    assert found[0].other == twin
    created = [each.other.created for each in found[1:]]
    assert created == sorted(created, reverse=True)
    assert twin.reference in text_of(desk.get(f"/desk/{about.pk}/"))


# Merging


def test_one_goes_on_with_what_both_know_and_the_other_points_to_it(desk: Client, dana: StaffMember) -> None:
    first = asked(phone="+15125550140", needs_text="hearing")
    second = asked(
        phone="+15125550140",
        email="frank@example.com",
        mark="call_today",
        birth_date_text="1944-03-09",
        birth_hash=BORN,
        needs_text="mobility",
        promised_by=timezone.now(),
    )

    answer = merge(desk, first, second, note="Called twice")

    assert answer.headers["Location"] == f"/desk/{first.pk}/"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.status, second.closing_reason, second.merged_into) == ("closed", "duplicate", first)
    assert (first.email, first.mark, first.birth_hash) == ("frank@example.com", "call_today", BORN)
    assert (first.needs_text, first.promised_by) == ("hearing", second.promised_by)
    assert last_line(first) == ("merged", second.reference, "Called twice")
    assert last_line(second) == ("merged", first.reference, "Called twice")
    changed = AuditEntry.objects.filter(action="changed").values_list("by", "subject_ids")
    assert sorted(changed) == [(dana.pk, [first.pk]), (dana.pk, [second.pk])]


def test_merged_one_stays_readable_and_leads_on(desk: Client) -> None:
    first, second = asked(), asked()
    send(desk, second, "note/", note="Speak slowly")
    merge(desk, first, second)

    page = desk.get(f"/desk/{second.pk}/")

    assert f"The work goes on in {first.reference}." in text_of(page)
    assert f"Dana merged it into {first.reference}, which goes on." in text_of(page)
    assert "Speak slowly" in text_of(page)
    assert "was merged into this one" in text_of(desk.get(f"/desk/{first.pk}/"))


def test_other_one_may_go_on(desk: Client) -> None:
    first, second = asked(), asked()

    answer = merge(desk, first, second, goes_on=second.pk)

    assert answer.headers["Location"] == f"/desk/{second.pk}/"
    first.refresh_from_db()
    assert first.merged_into == second


def test_patient_is_not_alarmed_and_both_links_show_the_one_that_goes_on(
    desk: Client, client: Client
) -> None:
    wish = Wish(name="Rosa Sample", phone="+15125550123", email="rosa@example.com", agreement="2026-11")
    first = actions.send_request(send_token="a", wish=wish)
    second = actions.send_request(send_token="b", wish=wish)
    Message.objects.all().delete()

    merge(desk, first, second)

    assert not Message.objects.exists()
    own = text_of(client.get(f"/r/{second.link_token}/"))
    assert first.reference in own
    assert "We have your request" in own


@pytest.mark.parametrize("stopped_on", [0, 1, 2])
def test_stopping_the_link_stops_those_of_all_that_were_merged(desk: Client, stopped_on: int) -> None:
    wish = Wish(name="Rosa Sample", phone="+15125550123", email="rosa@example.com", agreement="2026-11")
    asked_thrice = [actions.send_request(send_token=token, wish=wish) for token in ("a", "b", "c")]
    first, second, third = asked_thrice
    old_links = [f"/r/{each.link_token}/" for each in asked_thrice]
    merge(desk, second, first)
    merge(desk, third, second)
    visitor = Client()
    assert third.reference in text_of(visitor.get(old_links[0]))

    desk.post(f"/desk/{asked_thrice[stopped_on].pk}/link/")

    for link in old_links:
        assert visitor.get(link).status_code == 404
        assert visitor.post(f"{link}cancel/").status_code == 404
    third.refresh_from_db()
    assert third.is_open
    assert visitor.get(f"/r/{third.link_token}/").status_code == 200
    entry = AuditEntry.objects.get(action="link renewed")
    assert entry.subject_ids == [first.pk, second.pk, third.pk]


def test_chain_of_merged_ones_leads_to_the_last(desk: Client) -> None:
    first, second, third = asked(), asked(), asked()
    merge(desk, second, first)
    merge(desk, third, second)

    first.refresh_from_db()

    assert first.goes_on == third
    assert f"The work goes on in {third.reference}." in text_of(desk.get(f"/desk/{first.pk}/"))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"merged": True}, "One of them was merged already."),
        ({"status": "closed"}, "One of them is closed."),
    ],
)
def test_what_cannot_be_merged_is_explained_and_the_note_is_kept(
    desk: Client, columns: dict[str, Any], words: str
) -> None:
    first, goes_on = asked(), asked()
    merged = columns.pop("merged", False)
    second = asked(**({"status": "closed", "merged_into": goes_on} if merged else columns))

    page = merge(desk, first, second, note="Kept words")

    assert page.status_code == 409
    assert words in text_of(page)
    assert "Kept words" in page.content.decode()
    assert not StatusChange.objects.exists()


def test_one_with_a_time_has_to_be_the_one_that_goes_on(desk: Client, dana: StaffMember) -> None:
    first, second = asked(), asked(status="time_set")
    BookedTime.objects.create(
        request=second,
        clinician=Clinician.objects.create(name="Dr. Model"),
        location=Location.objects.get(slug="north"),
        starts=timezone.now() + timedelta(days=1),
        by=dana,
    )

    page = desk.get(f"/desk/{first.pk}/merge/?with={second.pk}")
    refused = merge(desk, first, second)

    assert page.context["form"].initial["goes_on"] == str(second.pk)
    assert "The one you close has a time." in text_of(refused)
    assert merge(desk, first, second, goes_on=second.pk).status_code == 303


def test_request_is_never_merged_into_itself(dana: StaffMember) -> None:
    about = asked()

    with pytest.raises(CannotMerge):
        merge_actions.merge(keep_id=about.pk, keep_version=1, closes_id=about.pk, closes_version=1, by=dana)


@pytest.mark.parametrize("stale", ["version", "other_version"])
def test_pair_that_changed_meanwhile_is_looked_at_again(desk: Client, stale: str) -> None:
    first, second = asked(version=4), asked(version=4)

    page = merge(desk, first, second, **{stale: 3}, note="Kept words")

    assert page.status_code == 409
    assert "One of them was changed while you had this open." in text_of(page)
    assert "Kept words" in page.content.decode()
    second.refresh_from_db()
    assert second.merged_into is None


def test_wrong_merge_is_undone_by_opening_it_again(desk: Client) -> None:
    first, second = asked(), asked()
    merge(desk, first, second)

    assert send(desk, second, to="new").status_code == 303

    second.refresh_from_db()
    assert (second.status, second.merged_into) == ("new", None)


# Leaving for good


@pytest.fixture
def pair(desk: Client, dana: StaffMember) -> tuple[ConsultationRequest, ConsultationRequest]:
    """The one that goes on, with a time; and the one that was merged into it."""
    first, second = asked(), asked(email="frank@example.com")
    merge(desk, first, second)
    BookedTime.objects.create(
        request=first,
        clinician=Clinician.objects.create(name="Dr. Model"),
        location=Location.objects.get(slug="north"),
        starts=timezone.now(),
        by=dana,
    )
    return first, second


def test_erasing_takes_along_what_was_merged_and_the_time(
    desk: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    first, second = pair

    desk.post(f"/desk/{first.pk}/erase/", {"reason": "asked", "reference": first.reference})

    assert not ConsultationRequest.objects.exists()
    assert not BookedTime.objects.exists()
    assert not StatusChange.objects.exists()
    assert sorted(AuditEntry.objects.get(action="erased, asked").subject_ids) == [first.pk, second.pk]


def test_erasing_the_merged_one_leaves_the_other(
    desk: Client, pair: tuple[ConsultationRequest, ConsultationRequest]
) -> None:
    first, second = pair

    desk.post(f"/desk/{second.pk}/erase/", {"reason": "asked", "reference": second.reference})

    assert ConsultationRequest.objects.get() == first
    assert desk.get(f"/desk/{first.pk}/").status_code == 200


def test_purging_what_is_charted_takes_its_merged_ones_along(
    pair: tuple[ConsultationRequest, ConsultationRequest],
) -> None:
    old = timezone.now() - timedelta(days=91)
    ConsultationRequest.objects.filter(pk=pair[0].pk).update(
        status="closed", closing_reason="charted", changed=old
    )

    call_command("purge_requests", "--yes")

    assert not ConsultationRequest.objects.exists()
    assert not BookedTime.objects.exists()


def test_merged_one_is_never_purged_while_the_other_goes_on(
    pair: tuple[ConsultationRequest, ConsultationRequest],
) -> None:
    ConsultationRequest.objects.update(changed=timezone.now() - timedelta(days=500))

    call_command("purge_requests", "--yes")

    assert ConsultationRequest.objects.count() == 2

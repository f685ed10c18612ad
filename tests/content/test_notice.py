"""The site notice with two editors at it: nobody's words are written over unseen, and nothing typed is lost."""

from datetime import UTC, datetime

import time_machine
from django.test import Client
from django.urls import reverse

from clinic.audit import AuditEntry
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.content.rooms import fields_of, fields_of_page, text_of

SNOW = {"notice_en": "Closed on Monday for snow.", "notice_es": "Cerrado el lunes por nieve."}
FLOOD = {"notice_en": "Closed on Friday for a flood.", "notice_es": "Cerrado el viernes por inundación."}


def at_the_notice(person: StaffMember) -> tuple[Client, dict[str, str]]:
    """Signed in, with the form open: what it would send."""
    client = Client()
    client.force_login(person)
    return client, fields_of_page(client.get(reverse("admin:content_page_notice")))


@time_machine.travel(datetime(2027, 1, 4, 15, tzinfo=UTC), tick=False)
def test_who_saves_over_a_changed_notice_sees_what_changed_and_keeps_her_words(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    elis, elis_form = at_the_notice(eli)
    raes, raes_form = at_the_notice(rae)
    place = reverse("admin:content_page_notice")
    elis.post(place, {**elis_form, **SNOW, "notice_until": "2027-01-05T09:00"})

    answer = raes.post(place, {**raes_form, **FLOOD})

    practice.refresh_from_db()
    assert answer.status_code == 409
    assert practice.notice_en == SNOW["notice_en"]
    words = text_of(answer)
    assert "Eli saved it on Jan 4, 9:00 a.m." in words
    assert "It was: nothing It is now: Closed on Monday for snow." in words
    assert "It is now: Tuesday, January 5, 2027, 9 am (Central Time)" in words
    given_back = fields_of_page(answer)
    assert {name: given_back[name] for name in FLOOD} == FLOOD

    again = raes.post(place, {**given_back})

    practice.refresh_from_db()
    assert again.status_code == 302
    assert (practice.notice_en, practice.notice_until) == (FLOOD["notice_en"], None)


def test_the_same_notice_saved_twice_is_saved(eli: StaffMember, practice: Practice) -> None:
    client, form = at_the_notice(eli)
    place = reverse("admin:content_page_notice")
    sent = {**form, **SNOW, "notice_from": "2027-01-04T09:00"}

    answers = [client.post(place, sent), client.post(place, sent)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert text_of(client.get(place)).count("The notice is saved.") == 1


def test_a_form_that_does_not_say_what_it_showed_writes_over_nothing(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    elis, elis_form = at_the_notice(eli)
    place = reverse("admin:content_page_notice")
    elis.post(place, {**elis_form, **SNOW})
    raes, raes_form = at_the_notice(rae)

    for seen in ("", "forged", elis_form["seen"]):
        assert raes.post(place, {**raes_form, **FLOOD, "seen": seen}).status_code == 409

    practice.refresh_from_db()
    assert practice.notice_en == SNOW["notice_en"]
    assert AuditEntry.objects.filter(subject="notice").count() == 1


def test_a_notice_that_is_wrong_and_stale_is_first_mended_then_compared(
    eli: StaffMember, rae: StaffMember, practice: Practice
) -> None:
    raes, raes_form = at_the_notice(rae)
    elis, elis_form = at_the_notice(eli)
    place = reverse("admin:content_page_notice")
    elis.post(place, {**elis_form, **SNOW})

    wrong = raes.post(place, {**raes_form, "notice_en": "Closed."})
    mended = raes.post(place, {**fields_of_page(wrong), "notice_es": "Cerrado."})

    assert (wrong.status_code, mended.status_code) == (422, 409)
    assert fields_of_page(mended)["notice_en"] == "Closed."


def practice_sent(client: Client, practice: Practice) -> dict[str, str]:
    """The admin's form of the practice, as a browser would send it."""
    html = client.get(f"/admin/clinic/practice/{practice.pk}/change/").content.decode()
    return fields_of(html, "practice_form")


def test_the_form_of_the_practice_leaves_a_newer_notice_alone(
    eli: StaffMember, ada: StaffMember, practice: Practice, client: Client
) -> None:
    client.force_login(ada)
    sent = practice_sent(client, practice)
    elis, elis_form = at_the_notice(eli)
    elis.post(reverse("admin:content_page_notice"), {**elis_form, **SNOW})

    saved = client.post(f"/admin/clinic/practice/{practice.pk}/change/", {**sent, "name": "Lakeside Clinic"})

    practice.refresh_from_db()
    assert saved.status_code == 302
    assert (practice.name, practice.notice_en) == ("Lakeside Clinic", SNOW["notice_en"])


def test_the_form_of_the_practice_writes_over_a_newer_notice_only_knowingly(
    eli: StaffMember, ada: StaffMember, practice: Practice, client: Client
) -> None:
    client.force_login(ada)
    sent = {**practice_sent(client, practice), **FLOOD}
    elis, elis_form = at_the_notice(eli)
    elis.post(reverse("admin:content_page_notice"), {**elis_form, **SNOW})
    place = f"/admin/clinic/practice/{practice.pk}/change/"

    stale = client.post(place, sent)
    again = fields_of(stale.content.decode(), "practice_form")
    practice.refresh_from_db()
    kept = practice.notice_en
    client.post(place, again)

    practice.refresh_from_db()
    assert "Eli has changed “Site notice, English” meanwhile. It is now: Closed on Monday" in text_of(stale)
    assert (kept, practice.notice_en) == (SNOW["notice_en"], FLOOD["notice_en"])

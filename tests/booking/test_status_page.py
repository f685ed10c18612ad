"""The patient's own page: opened by the secret link alone, holding no health data, changed by POST alone."""

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.utils import timezone

from booking import actions, erasure, link_actions
from booking.choices import ErasureReason
from booking.models import ConsultationRequest, RequestQuerySet, StatusChange
from booking.status_views import CONTACT_CHANGES
from booking.statuses import Status
from booking.wish import Wish
from clinic.audit import AuditEntry
from clinic.logs import PlainFormatter
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import REVIEW_ANSWERS, keep_answers, text_of


@pytest.fixture
def rosas(practice: Practice) -> ConsultationRequest:
    """Rosa's request, with everything a request can hold."""
    return actions.send_request(
        send_token="rosa",
        wish=Wish(
            name="Rosa Sample",
            phone="+15125550123",
            email="rosa@example.com",
            contact_by="call",
            voicemail_ok="no",
            needs=("hearing",),
            mark="soon",
            location="north",
            referrer="Dr. Example",
            agreement="2026-11",
        ),
    )


def link(about: ConsultationRequest) -> str:
    return f"/r/{about.link_token}/"


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()
    }


def audited() -> list[Any]:
    return list(AuditEntry.objects.order_by("pk").values_list("by", "action", "subject_ids"))


def test_link_shows_where_the_request_stands(client: Client, rosas: ConsultationRequest) -> None:
    page = client.get(link(rosas))

    assert page.status_code == 200
    assert "We have your request" in text_of(page)
    assert rosas.reference in text_of(page)
    assert "We will call you by" in text_of(page)
    assert "This is a request, not an appointment." in text_of(page)
    assert "(512) 555-0100" in text_of(page)


@pytest.mark.parametrize("path", ["", "contact/", "cancel/"])
def test_page_tells_nothing_of_the_patient(client: Client, rosas: ConsultationRequest, path: str) -> None:
    page = client.get(link(rosas) + path).content.decode()

    for secret in ("Rosa", "0123", "rosa@", "Dr. Example", "earing", "soon", "Soon", "North office"):
        assert secret not in page.split("<main", 1)[1].split("</main>")[0], secret


@pytest.mark.parametrize("path", ["", "contact/", "cancel/"])
def test_page_is_kept_by_nobody_and_its_address_told_to_nobody(
    client: Client, rosas: ConsultationRequest, path: str
) -> None:
    for address in (link(rosas) + path, f"/r/{'0' * 40}/{path}"):
        page = client.get(address)

        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert not page.cookies


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words_for_the_patient(
    client: Client, rosas: ConsultationRequest, status: Status
) -> None:
    ConsultationRequest.objects.update(status=status)

    for language in ("", "/es"):
        page = client.get(language + link(rosas))
        assert page.status_code == 200
        assert "(512) 555-0100" in text_of(page)
        says_so = ("not an appointment" in text_of(page)) or ("no una cita" in text_of(page))
        assert says_so == (status in ("new", "tried", "waiting", "missed"))


def test_promise_that_has_passed_asks_for_a_call(client: Client, rosas: ConsultationRequest) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        page = client.get(link(rosas))

    assert "We will call you by" not in text_of(page)
    assert "Have you heard nothing? Please call us." in text_of(page)


# The key


def test_key_is_long_and_not_in_the_database(rosas: ConsultationRequest) -> None:
    token = rosas.link_token

    assert len(token) * 4 >= 128
    row = str(ConsultationRequest.objects.filter(pk=rosas.pk).values().get())
    assert token not in row


@pytest.mark.parametrize("token", ["x", "0" * 40, "0" * 64, "é", "%00", "A" * 40, "0" * 5000])
@pytest.mark.parametrize("path", ["", "contact/", "cancel/"])
def test_unknown_link_gets_a_kind_page(client: Client, practice: Practice, token: str, path: str) -> None:
    for page in (client.get(f"/r/{token}/{path}"), client.post(f"/r/{token}/{path}")):
        assert page.status_code == 404
        assert "Your request is not lost." in text_of(page)
        assert "(512) 555-0100" in text_of(page)


def test_link_ends_sixty_days_after_the_last_change(
    client: Client, rosas: ConsultationRequest, dana: StaffMember
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=59)):
        assert client.get(link(rosas)).status_code == 200
        actions.change_status(request_id=rosas.pk, to="tried", by=dana, version=1)
    with time_machine.travel(timezone.now() + timedelta(days=118)):
        assert client.get(link(rosas)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=120)):
        assert client.get(link(rosas)).status_code == 404
        assert client.post(link(rosas) + "cancel/").status_code == 404


def test_staff_can_stop_a_link(client: Client, rosas: ConsultationRequest, dana: StaffMember) -> None:
    old = link(rosas)

    renewed = link_actions.renew_link(request_id=rosas.pk, by=dana)

    assert client.get(old).status_code == 404
    assert client.get(link(renewed)).status_code == 200
    assert AuditEntry.objects.filter(action="link renewed", by=dana).exists()


def test_logs_never_hold_the_key(rosas: ConsultationRequest) -> None:
    line = logging.LogRecord("gunicorn.access", 20, "", 0, f"GET {link(rosas)}cancel/ 200", (), None)

    written = PlainFormatter().format(line)

    assert rosas.link_token not in written
    assert "/r//cancel/" in written or "/r/" in written


# Links in mails and on the sent page


def test_confirmation_links_to_the_page(client: Client, sealed: str) -> None:
    keep_answers(client, REVIEW_ANSWERS)

    page = client.post("/book/send/", {"request": sealed}, follow=True)

    assert f'href="{link(ConsultationRequest.objects.get())}"' in page.content.decode()


# Cancelling


def test_cancelling_asks_first_and_then_closes(client: Client, rosas: ConsultationRequest) -> None:
    asked = client.get(link(rosas) + "cancel/")
    assert "Nothing is cancelled yet." in text_of(asked)
    rosas.refresh_from_db()
    assert (rosas.status, rosas.version) == ("new", 1)

    page = client.post(link(rosas) + "cancel/", follow=True)

    rosas.refresh_from_db()
    assert page.redirect_chain == [(link(rosas), 303)]
    assert "You cancelled your request" in text_of(page)
    assert (rosas.status, rosas.closing_reason) == ("closed", "cancelled")
    change = StatusChange.objects.get()
    assert (change.by, change.from_status, change.to_status) == (None, "new", "closed")
    assert audited() == [(None, "added", [rosas.pk]), (None, "changed", [rosas.pk])]
    assert sorted(Message.objects.values_list("kind", flat=True)) == [
        "cancelled",
        "received",
        "staff",
        "staff",
    ]
    assert "1 request was cancelled by the person who asked" in [
        each.subject for each in Message.objects.all()
    ]


def test_who_cancelled_can_ask_anew(client: Client, rosas: ConsultationRequest) -> None:
    before = client.get(link(rosas)).content.decode()

    client.post(link(rosas) + "cancel/")

    assert "Send a new request" not in before
    assert 'href="/book/">Send a new request' in client.get(link(rosas)).content.decode()


def test_cancelling_twice_is_cancelling_once(client: Client, rosas: ConsultationRequest) -> None:
    for _click in range(2):
        assert client.post(link(rosas) + "cancel/").status_code == 303

    assert StatusChange.objects.count() == 1
    assert Message.objects.filter(kind="cancelled").count() == 1


def test_visit_that_took_place_cannot_be_cancelled(client: Client, rosas: ConsultationRequest) -> None:
    ConsultationRequest.objects.update(status="attended")

    assert client.get(link(rosas) + "cancel/").status_code == 303
    assert client.post(link(rosas) + "cancel/").status_code == 303

    rosas.refresh_from_db()
    assert rosas.status == "attended"
    assert "Cancel my request" not in text_of(client.get(link(rosas)))


def test_browser_that_hides_where_it_comes_from_can_still_cancel(rosas: ConsultationRequest) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Origin": "null"})

    assert strict.post(link(rosas) + "cancel/").status_code == 303

    rosas.refresh_from_db()
    assert rosas.status == "closed"


def test_desk_sees_that_the_patient_did_it(
    client: Client, rosas: ConsultationRequest, dana: StaffMember
) -> None:
    client.post(link(rosas) + "contact/", {"contact_by": "text"})
    client.post(link(rosas) + "cancel/")
    client.force_login(dana)

    page = text_of(client.get(f"/desk/{rosas.pk}/"))

    assert "The patient cancelled it." in page
    assert "The patient changed how to reach them." in page
    assert "Cancelled by the patient" in page


# How to reach them


def test_patient_changes_how_to_be_reached(client: Client, rosas: ConsultationRequest) -> None:
    page = client.post(
        link(rosas) + "contact/",
        {"phone": "512 555 0177", "email": "new@example.com", "contact_by": "email", "best_time": "midday"},
        follow=True,
    )

    rosas.refresh_from_db()
    assert "We wrote down how to reach you." in text_of(page)
    assert (rosas.phone, rosas.email) == ("+15125550177", "new@example.com")
    assert (rosas.contact_by, rosas.best_time, rosas.version) == ("email", "midday", 2)
    change = StatusChange.objects.get()
    assert (change.by, change.is_move) == (None, False)
    assert audited() == [(None, "added", [rosas.pk]), (None, "changed", [rosas.pk])]
    assert "+15125550123 → +15125550177" in change.note
    assert "1 request was changed by the person who asked" in [each.subject for each in Message.objects.all()]


def test_empty_boxes_keep_number_and_address(client: Client, rosas: ConsultationRequest) -> None:
    client.post(link(rosas) + "contact/", {"contact_by": "text", "voicemail_ok": "no"})

    rosas.refresh_from_db()
    assert (rosas.phone, rosas.email, rosas.contact_by) == ("+15125550123", "rosa@example.com", "text")


def test_patient_who_wants_no_more_mail_gets_none(
    client: Client, rosas: ConsultationRequest, dana: StaffMember
) -> None:
    client.post(link(rosas) + "contact/", {"no_email": "on", "contact_by": "call", "voicemail_ok": "no"})
    Message.objects.all().delete()

    actions.change_status(request_id=rosas.pk, to="tried", by=dana, version=2)

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "12"},
        {"email": "rosa@"},
        {"contact_by": "email", "no_email": "on"},
        {"contact_by": "pigeon"},
        {"phone": "\x00"},
        {"email": "a@example.com\r\nBcc: b@example.com"},
    ],
)
def test_wishes_that_make_no_sense_are_shown_again(
    client: Client, rosas: ConsultationRequest, wrong: dict[str, str]
) -> None:
    page = client.post(link(rosas) + "contact/", wrong)

    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    rosas.refresh_from_db()
    assert rosas.version == 1


def test_last_way_to_reach_somebody_is_never_deleted(client: Client, rosas: ConsultationRequest) -> None:
    ConsultationRequest.objects.update(phone="", contact_by="")

    page = client.post(link(rosas) + "contact/", {"no_email": "on"})

    assert page.status_code == 422
    rosas.refresh_from_db()
    assert rosas.email == "rosa@example.com"


def test_saving_without_a_change_writes_nothing(client: Client, rosas: ConsultationRequest) -> None:
    client.post(link(rosas) + "contact/", {"contact_by": "call", "voicemail_ok": "no"})

    rosas.refresh_from_db()
    assert rosas.version == 1
    assert not StatusChange.objects.exists()


def test_closed_request_shows_no_form(client: Client, rosas: ConsultationRequest) -> None:
    ConsultationRequest.objects.update(status="closed")

    assert client.get(link(rosas) + "contact/").status_code == 303
    assert client.post(link(rosas) + "contact/", {"contact_by": "text"}).status_code == 303
    rosas.refresh_from_db()
    assert rosas.contact_by == "call"


def erased_since(about: ConsultationRequest, monkeypatch: pytest.MonkeyPatch, by: StaffMember) -> None:
    """Somebody at the desk erases the request right after the patient's page has read it."""
    read = RequestQuerySet.with_link

    def read_then_erased(self: RequestQuerySet, token: str) -> ConsultationRequest | None:
        found = read(self, token)
        erasure.erase(request_id=about.pk, by=by, reason=ErasureReason.ASKED)
        return found

    monkeypatch.setattr(RequestQuerySet, "with_link", read_then_erased)


@pytest.mark.parametrize("place", ["contact/", "cancel/"])
def test_request_erased_in_this_moment_ends_in_the_kind_page(
    client: Client,
    rosas: ConsultationRequest,
    dana: StaffMember,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = link(rosas)
    erased_since(rosas, monkeypatch, dana)

    page = client.post(f"{address}{place}", {"contact_by": "call", "best_time": "midday"})

    assert page.status_code == 404
    assert "This link does not work any more" in text_of(page)
    assert "(512) 555-0100" in text_of(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_many_changes_by_one_link_meet_a_limit_that_keeps_what_was_typed(
    client: Client, rosas: ConsultationRequest
) -> None:
    times = ("morning", "midday")
    pages = [
        client.post(f"{link(rosas)}contact/", {"contact_by": "call", "best_time": times[turn % 2]})
        for turn in range(CONTACT_CHANGES)
    ]
    typed = {"phone": "(512) 555-0177", "contact_by": "text", "best_time": "afternoon"}

    page = client.post(f"{link(rosas)}contact/", typed)

    assert {each.status_code for each in pages} == {303}
    assert (page.status_code, page.headers["Retry-After"]) == (429, "600")
    assert "This change is not saved yet" in text_of(page)
    assert "Call (512) 555-0100" in text_of(page)
    assert 'value="(512) 555-0177"' in page.content.decode()
    rosas.refresh_from_db()
    assert (rosas.phone, rosas.best_time) == ("+15125550123", "midday")
    assert rosas.status_changes.count() == CONTACT_CHANGES


def test_desk_is_told_once_of_changes_made_right_after_each_other(
    client: Client, rosas: ConsultationRequest
) -> None:
    def change(best_time: str) -> None:
        client.post(f"{link(rosas)}contact/", {"contact_by": "call", "best_time": best_time})

    def told() -> int:
        mails = Message.objects.filter(kind="staff", about=rosas.mail_about)
        return sum(mail.subject == actions.CHANGED_REQUEST for mail in mails)

    with time_machine.travel(timezone.now(), tick=False) as now:
        change("morning")
        now.shift(timedelta(minutes=5))
        change("midday")
        soon = told()
        now.shift(timedelta(minutes=20))
        change("afternoon")

    assert (soon, told()) == (1, 2)
    assert rosas.status_changes.count() == 3

"""Mail scanners open every link of every mail, some more than once: nothing in the house may change by that."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from booking import actions, messages, visit_mails
from booking.calendar import Visit
from booking.models import ConsultationRequest
from booking.wish import Wish
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.test_status_page import everything

pytestmark = pytest.mark.django_db
VISITS = {mail.name for mail in visit_mails.VISIT_MAILS}
ALL_KINDS = {mail.name for mail in messages.MAILS} | VISITS | {"staff", "password", "password_changed"}


@pytest.fixture(params=["en", "es"])
def every_mail(request: Any, practice: Practice, dana: StaffMember) -> list[Message]:
    """One of each kind, each caused as it is in life."""
    Practice.objects.update(mail_times=True)
    about = actions.send_request(
        send_token="rosa",
        wish=Wish(name="Rosa", email="rosa@example.com", agreement="2026-11", language=request.param),
    )
    for mail in messages.MAILS:
        messages.queue_for(about, mail)
    _mail_times(about)
    actions.cancel_by_patient(request_id=about.pk)
    _forget_password(dana)
    return list(Message.objects.all())


def _mail_times(about: ConsultationRequest) -> None:
    for sequence in (0, 1):
        visit = Visit(
            uid=visit_mails.uid_of(about), sequence=sequence, starts=datetime(2040, 3, 5, 15, tzinfo=UTC),
            minutes=30, zone="America/Chicago", place="North office, 1 Example Street",
        )  # fmt: skip
        visit_mails.queue_time(about, visit)
    reminder = Message.objects.get(kind=messages.REMINDER)
    visit_mails.queue_cancellation(about, visit)
    reminder.save(force_insert=True)


def _forget_password(dana: StaffMember) -> None:
    dana.email = "dana@example.com"
    dana.set_password("an old password of dana")
    dana.save()
    Client().post("/staff/password/", {"email": dana.email})
    mail = Message.objects.get(kind="password")
    address = re.search(r"http://testserver(\S+)", mail.text)
    assert address
    new = "lanterns by the river"
    Client().post(address[1], {"new_password1": new, "new_password2": new})
    # The used link is dead; a scanner meets one that still works.
    Client().post("/staff/password/", {"email": dana.email})
    mail.delete()


def links_of(mail: Message) -> set[str]:
    words = "\n".join([mail.text, mail.html, mail.calendar.replace("\r\n ", "")])
    return set(re.findall(r"http://testserver(/[^\s\"<]*)", words))


def test_following_every_link_twice_changes_nothing(every_mail: list[Message]) -> None:
    links = set().union(*map(links_of, every_mail))
    deeper = {f"{link}{way}" for link in links if "/r/" in link for way in ("contact/", "cancel/")}
    before = everything()

    for address in sorted(links | deeper) * 2:
        for scanner in (Client(), Client(enforce_csrf_checks=True, headers={"User-Agent": "Scanner"})):
            answers = [scanner.get(address), scanner.head(address)]
            # Where nothing is left to cancel or to change, the page itself is shown.
            assert {answer.status_code for answer in answers} <= {200, 303}, address
            assert "session" not in scanner.cookies

    assert {mail.kind for mail in every_mail} >= ALL_KINDS
    assert any("/r/" in link for link in links)
    assert any("/staff/password/" in link for link in links)
    assert everything() == before


def test_every_mail_leads_only_to_our_own_pages(every_mail: list[Message]) -> None:
    for mail in every_mail:
        words = "\n".join([mail.text, mail.html, mail.calendar])
        assert re.findall(r"https?://(?!testserver/)\S*", words) == [], mail.kind
        assert not re.search(r"<img|<script|<link|url\(", mail.html), mail.kind

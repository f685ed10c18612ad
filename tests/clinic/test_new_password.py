"""A forgotten password: a link by mail that changes nothing when it is opened, and tells nobody who has an account."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from clinic import outbox
from clinic.audit import AuditEntry
from clinic.limits import TokenBucket
from clinic.logs import PlainFormatter
from clinic.outbox import Message
from clinic.staff import StaffMember
from tests.booking.test_messages import HEALTH_WORDS
from tests.booking.test_status_page import everything

OLD, NEW = "an old password of dana", "lanterns by the river"
ADDRESS = "dana@example.com"


@pytest.fixture
def danas(dana: StaffMember) -> StaffMember:
    dana.email = ADDRESS
    dana.set_password(OLD)
    dana.save()
    return dana


def ask(client: Client, email: str = ADDRESS) -> Any:
    return client.post("/staff/password/", {"email": email}, follow=True)


def link(number: int = -1) -> str:
    """The address in a mail of the outbox."""
    found = re.search(r"http://testserver(/staff/password/\S+/\S+/)", mails()[number].text)
    assert found
    return found[1]


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="password").order_by("pk"))


def choose(client: Client, address: str, first: str = NEW, second: str = NEW) -> Any:
    return client.post(address, {"new_password1": first, "new_password2": second}, follow=True)


def signs_in(password: str) -> bool:
    return Client().login(username="dana", password=password)


def test_dana_chooses_a_new_password_by_the_link_in_her_mail(danas: StaffMember, client: Client) -> None:
    start = client.get("/staff/sign-in/").content.decode()
    assert 'href="/staff/password/"' in start

    assert "Look at your mail" in ask(client).content.decode()
    call_command("send_messages", verbosity=0)
    assert mail.outbox[0].to == [ADDRESS]
    page = choose(client, link())

    assert page.redirect_chain[-1] == ("/staff/password/changed/", 302)
    assert signs_in(NEW)
    assert not signs_in(OLD)
    assert [(each.action, each.by) for each in AuditEntry.objects.order_by("pk")] == [
        ("asked for password", danas),
        ("password changed", danas),
    ]
    assert Message.objects.get(kind="password_changed").to == ADDRESS


def test_opening_the_link_changes_nothing(danas: StaffMember, client: Client) -> None:
    ask(client)
    before = everything()

    for _look in range(2):
        assert client.get(link()).status_code == 200
        assert client.head(link()).status_code == 200

    assert everything() == before
    assert "session" not in client.cookies
    assert signs_in(OLD)


def test_link_works_once(danas: StaffMember, client: Client) -> None:
    ask(client)
    address = link()
    choose(client, address)

    again = choose(client, address, "another good password", "another good password")

    assert again.status_code == 404
    assert "This link does not work any more" in again.content.decode()
    assert signs_in(NEW)


def test_link_is_good_for_three_hours(danas: StaffMember, client: Client) -> None:
    ask(client)

    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=59)):
        assert client.get(link()).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=1)):
        assert client.get(link()).status_code == 404
        assert choose(client, link()).status_code == 404
    assert signs_in(OLD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["x", "0", "NDcxMQ", "é", "%00", "A" * 5000, "LTE", "w6k", "OTk5OTk5OTk5OTk5OTk5OTk5OTk"]
)
@pytest.mark.parametrize("key", ["x", "set-password", "%00", "é", "a" * 5000])
def test_invented_link_opens_nothing(client: Client, who: str, key: str) -> None:
    assert client.get(f"/staff/password/{who}/{key}/").status_code == 404
    assert client.post(f"/staff/password/{who}/{key}/").status_code == 404


def test_every_browser_that_was_signed_in_is_signed_out(danas: StaffMember, client: Client) -> None:
    elsewhere = Client()
    elsewhere.login(username="dana", password=OLD)
    ask(client)

    choose(client, link())

    assert elsewhere.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 302, "a link is not a way around the sign-in"


@pytest.mark.parametrize(
    "email", ["nobody@example.com", "sam@example.com", "gone@example.com", "dana@exаmple.com"]
)
def test_nobody_learns_who_has_an_account(
    danas: StaffMember, sam: StaffMember, eli: StaffMember, client: Client, email: str
) -> None:
    # Sam signs in without a password, Eli has left, and the last address is written with a foreign letter.
    StaffMember.objects.filter(pk=sam.pk).update(email="sam@example.com", password="!")
    StaffMember.objects.filter(pk=eli.pk).update(email="gone@example.com", is_active=False)
    known, unknown = ask(client), ask(Client(), email)

    assert unknown.redirect_chain == known.redirect_chain
    assert unknown.content == known.content
    assert [each.to for each in mails()] == [ADDRESS]


@pytest.mark.parametrize(
    "wrong", ["", "dana", "a@b", "dana@example.com\r\nBcc: all@example.com", "\x00", "x" * 5000]
)
def test_what_is_no_address_is_shown_again(danas: StaffMember, client: Client, wrong: str) -> None:
    page = ask(client, wrong)

    assert page.status_code == 422
    assert 'class="error-summary"' in page.content.decode()
    assert mails() == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        (NEW, ""),
        (NEW, NEW + "x"),
        ("abc7d", "abc7d"),
        ("password1234", "password1234"),
        ("1" * 20, "2" * 20),
    ],
)
def test_password_that_is_too_easy_or_mistyped_is_refused(
    danas: StaffMember, client: Client, first: str, second: str
) -> None:
    ask(client)

    page = choose(client, link(), first, second)

    assert page.status_code == 422
    assert 'class="error-summary"' in page.content.decode()
    assert first == "" or first not in page.content.decode()
    assert signs_in(OLD)


def test_mails_to_one_person_are_few_and_nobody_is_told(danas: StaffMember) -> None:
    pages = [ask(Client(REMOTE_ADDR=f"203.0.113.{number}")) for number in range(6)]

    assert len(mails()) == 3
    assert len({page.content for page in pages}) == 1


def test_one_address_on_the_internet_does_not_ask_for_ever(danas: StaffMember, client: Client) -> None:
    pages = [ask(client, f"p{number}@example.com") for number in range(11)]

    assert [page.status_code for page in pages] == [200] * 10 + [429]
    assert 'value="p10@example.com"' in pages[-1].content.decode()
    assert "dana" not in str(list(TokenBucket.objects.values()))


def test_mail_is_queued_with_its_cause_or_not_at_all(
    danas: StaffMember, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_values: Any) -> None:
        raise DatabaseError

    ask(client)
    monkeypatch.setattr(outbox, "queue", broken)
    client.raise_request_exception = False

    assert choose(client, link()).status_code == 503
    assert signs_in(OLD)
    assert not AuditEntry.objects.filter(action="password changed").exists()


def test_mails_speak_of_no_health_and_lead_over_https(
    danas: StaffMember, client: Client, settings: Settings
) -> None:
    settings.SITE_URL = "https://clinic.example.com"
    ask(client)
    queued = mails()[0]
    address = re.findall(r"https?://\S+", queued.text)
    client.post(
        address[0].removeprefix("https://clinic.example.com"), {"new_password1": NEW, "new_password2": NEW}
    )

    assert len(address) == 1
    assert address[0].startswith("https://clinic.example.com/staff/password/")
    assert f'href="{address[0]}"' in queued.html
    for each in Message.objects.all():
        words = re.sub(r"https://\S+|Example Spine Clinic", "", f"{each.subject} {each.text} {each.html}")
        assert HEALTH_WORDS.findall(words) == []


def test_page_is_kept_by_nobody_and_its_address_told_to_nobody(danas: StaffMember, client: Client) -> None:
    ask(client)
    key = link().split("/")[-2]
    line = logging.LogRecord("gunicorn.access", 20, "", 0, f"POST {link()} 302", (), None)

    pages = [client.get(link()), choose(client, link(), "x", "y"), client.get(link()[:-3] + "/")]

    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
    assert key not in PlainFormatter().format(line)


def test_form_that_waited_too_long_keeps_the_address(danas: StaffMember) -> None:
    page = Client(enforce_csrf_checks=True).post("/staff/password/", {"email": ADDRESS})

    assert page.status_code == 403
    assert f'value="{ADDRESS}"' in page.content.decode()

"""Mail that could not be sent: the desk is told, admins see which, nobody reads it there, and it can be tried again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client, override_settings

from clinic import outbox
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

LIST = "/admin/clinic/message/"
SignedIn = Callable[[StaffMember], Client]


@pytest.fixture
def unsent(practice: Practice) -> list[Message]:
    """Two mails that were given up, and one that waits."""
    mails = [
        outbox.queue(
            kind="received",
            about=f"request {n}",
            to="rosa@example.com",
            subject="A subject",
            text="A secret text.",
        )
        for n in range(3)
    ]
    Message.objects.filter(pk__in=[mails[0].pk, mails[1].pk]).update(
        state="dead", attempts=8, fault="Timeout"
    )
    return mails


def try_again(client: Client, mails: list[Message]) -> Any:
    typed = {"action": "try_again", "_selected_action": [each.pk for each in mails]}
    return client.post(LIST, typed, follow=True)


def test_desk_is_told_that_mail_is_stuck(
    unsent: list[Message], dana: StaffMember, client_for: SignedIn
) -> None:
    page = client_for(dana).get("/desk/")

    assert "2 mails could not be sent." in text_of(page)
    assert LIST not in page.content.decode()


def test_desk_is_not_bothered_when_all_went_out(dana: StaffMember, client_for: SignedIn) -> None:
    assert "could not be sent" not in text_of(client_for(dana).get("/desk/"))


def test_admin_is_led_to_the_list(unsent: list[Message], ada: StaffMember, client_for: SignedIn) -> None:
    assert f'href="{LIST}?state=dead"' in client_for(ada).get("/desk/").content.decode()


@pytest.mark.parametrize("path", ["", "?state=dead", "{}/change/"])
def test_nobody_reads_mail_in_the_admin(
    unsent: list[Message], ada: StaffMember, client_for: SignedIn, path: str
) -> None:
    page = client_for(ada).get(LIST + path.format(unsent[0].pk))

    assert page.status_code == 200
    assert "Timeout" in text_of(page)
    for secret in ("rosa@example.com", "A subject", "A secret text"):
        assert secret not in page.content.decode()


def test_admin_tries_again_and_the_mail_goes_out(
    unsent: list[Message], ada: StaffMember, client_for: SignedIn
) -> None:
    page = try_again(client_for(ada), unsent[:1])
    call_command("send_messages", verbosity=0)

    assert "1 mail will be tried again." in text_of(page)
    assert unsent[0].message_id in [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert outbox.dead().count() == 1
    entry = AuditEntry.objects.get(action="tried again")
    assert (entry.by, entry.subject_ids) == (ada, [unsent[0].pk])


def test_mail_that_went_out_is_never_sent_twice(
    unsent: list[Message], ada: StaffMember, client_for: SignedIn
) -> None:
    call_command("send_messages", verbosity=0)

    try_again(client_for(ada), unsent)
    call_command("send_messages", verbosity=0)

    assert len(mail.outbox) == 3
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 3


def test_editor_cannot_try_again(unsent: list[Message], eli: StaffMember, client_for: SignedIn) -> None:
    assert try_again(client_for(eli), unsent).status_code == 403

    assert outbox.dead().count() == 2


def test_mail_that_no_key_opens_breaks_no_page(
    practice: Practice, ada: StaffMember, client_for: SignedIn
) -> None:
    about = asked()
    words: Any = {"kind": "received", "about": about.mail_about, "to": "rosa@example.com", "text": "Hello."}
    with override_settings(ENCRYPTION_KEYS=["a key that is gone"]):
        lost = outbox.queue(subject="We have your request", **words)
    outbox.queue(subject="We tried to reach you", **words)
    call_command("send_messages", verbosity=0)
    admin = client_for(ada)

    pages = [admin.get(LIST), admin.get(f"{LIST}{lost.pk}/change/"), try_again(admin, [lost])]
    call_command("send_messages", verbosity=0)
    story = text_of(admin.get(f"/desk/{about.pk}/"))

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "our keys do not open it" in text_of(pages[0])
    assert "Mail could not be sent: “cannot be read”. Tell them by phone." in story
    assert "Mail sent: “We tried to reach you”" in story
    assert "1 mail could not be sent." in text_of(admin.get("/desk/"))

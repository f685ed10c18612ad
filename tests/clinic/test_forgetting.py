"""What nobody needs any more goes by itself: sessions that are over, and old mail that is about no request."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clinic import forgetting, outbox
from clinic.forgetting import SENT_KEPT
from clinic.management.commands import send_messages
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, hidden

pytestmark = pytest.mark.django_db


def queued(about: str = "") -> Message:
    return outbox.queue(kind="test", about=about, to="dana@example.com", subject="Hello", text="Hello.")


def test_what_was_typed_when_a_sign_in_ran_out_does_not_stay_for_ever(
    practice: Practice, dana: StaffMember
) -> None:
    about, browser = asked(), Client()
    browser.force_login(dana)
    ticket = hidden(browser.get(f"/desk/{about.pk}/"), "ticket")
    browser.logout()
    browser.post(f"/desk/{about.pk}/note/", {"ticket": ticket, "note": "She is allergic to latex"})
    assert Session.objects.count() == 1

    call_command("send_messages", verbosity=0)
    kept = Session.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        call_command("send_messages", verbosity=0)

    assert (kept, Session.objects.count()) == (1, 0)


def test_old_mail_goes_unless_it_tells_the_story_of_a_request_or_waits_for_staff() -> None:
    about_nobody, rosas, stuck = queued("digest 2026-11-21"), queued(asked().mail_about), queued()
    Message.objects.filter(pk=stuck.pk).update(state="dead")

    with time_machine.travel(timezone.now(), tick=False) as clock:
        call_command("send_messages", verbosity=0)
        clock.shift(SENT_KEPT)
        call_command("send_messages", verbosity=0)
        assert Message.objects.filter(pk=about_nobody.pk, state="sent").exists()
        clock.shift(timedelta(seconds=1))
        call_command("send_messages", verbosity=0)

    assert set(Message.objects.values_list("pk", "state")) == {(rosas.pk, "sent"), (stuck.pk, "dead")}


def test_the_sender_that_watches_forgets_too_but_not_at_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "_last", {})
    long_ago = timezone.now() - timedelta(days=400)
    looks = []

    for name in ("first", "second"):
        Session.objects.create(session_key=name, session_data="", expire_date=long_ago)
        send_messages.Command().look_after()
        looks.append(list(Session.objects.values_list("session_key", flat=True)))

    assert looks == [[], ["second"]]

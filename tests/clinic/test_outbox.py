"""Mail waits in the outbox until a server takes it; nothing is lost, and each message has one sender."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from clinic import outbox
from clinic.management.commands import send_messages
from clinic.outbox import BACKOFF, HOLD, Message


class Refusing(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("patient@example.com: no such server")


class Swallowing(BaseEmailBackend):
    """Takes nothing and says so, as a server does that drops the connection."""

    def send_messages(self, email_messages: Any) -> int:
        return 0


def queued(**changes: Any) -> Message:
    words = {
        "kind": "test",
        "to": "pat@example.com",
        "subject": "We got your request",
        "text": "Reference MK7-4QX.",
    }
    return outbox.queue(**{**words, **changes})


def send_all() -> None:
    call_command("send_messages", verbosity=0)


@pytest.mark.django_db
def test_a_message_is_sent_once_with_its_own_id() -> None:
    message = queued(html="<p>Reference MK7-4QX.</p>", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    send_all()
    send_all()

    assert len(mail.outbox) == 1
    sent = mail.outbox[0]
    assert sent.to == ["pat@example.com"]
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert [part[2] for part in sent.attachments] == ["text/calendar; charset=utf-8"]
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)


@pytest.mark.django_db
def test_a_message_goes_with_its_cause_or_not_at_all() -> None:
    def cause_that_fails() -> None:
        with transaction.atomic():
            queued()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause_that_fails()

    send_all()

    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("backend", ["Refusing", "Swallowing"])
def test_a_server_that_fails_loses_nothing_and_staff_see_what_stays(
    settings: Any, backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"tests.clinic.test_outbox.{backend}"
    message = queued()

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for minutes in (*BACKOFF, 0):
            send_all()
            send_all()  # too early for another try
            clock.shift(timedelta(minutes=minutes, seconds=1))

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", len(BACKOFF) + 1)
    assert message.text == "Reference MK7-4QX."
    assert "pat@example.com" not in caplog.text
    assert "patient@example.com" not in caplog.text


@pytest.mark.django_db
def test_a_server_that_comes_back_gets_the_same_message(settings: Any) -> None:
    message = queued()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.clinic.test_outbox.Refusing"
    send_all()

    settings.EMAIL_BACKEND = working
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        send_all()

    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [message.message_id]


@pytest.mark.django_db
def test_a_sender_that_died_gives_its_message_up_after_a_while() -> None:
    queued()
    assert outbox.take_one() is not None  # and then the sender dies

    send_all()
    assert mail.outbox == []

    with time_machine.travel(timezone.now() + HOLD + timedelta(seconds=1)):
        send_all()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_message_for_later_waits() -> None:
    queued(due=timezone.now() + timedelta(days=2))

    send_all()
    assert mail.outbox == []

    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        send_all()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_whom_and_what_cannot_be_read_in_the_database() -> None:
    queued()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM clinic_message")
        row = str(cursor.fetchall())

    assert "pat@example.com" not in row
    assert "MK7-4QX" not in row


@pytest.mark.django_db
def test_a_subject_cannot_carry_a_header() -> None:
    queued(subject="Hello\r\nBcc: everybody@example.com")

    send_all()

    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["pat@example.com"]


def under_a_lost_key(message: Message) -> None:
    with override_settings(ENCRYPTION_KEYS=["a key that is gone"]):
        Message.objects.filter(pk=message.pk).update(text="Reference MK7-4QX.")


@pytest.mark.django_db
def test_a_message_that_no_key_opens_holds_up_no_other_and_waits_for_staff(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lost = queued(due=timezone.now() - timedelta(hours=1))
    under_a_lost_key(lost)
    good = queued()

    send_all()

    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [good.message_id]
    assert list(outbox.dead().values_list("pk", "held_until")) == [(lost.pk, None)]
    assert f"Message {lost.pk} cannot be read" in caplog.text
    assert "MK7-4QX" not in caplog.text


@pytest.mark.django_db
def test_a_message_whose_key_is_back_is_sent_when_staff_try_again() -> None:
    lost = queued()
    under_a_lost_key(lost)
    send_all()

    Message.objects.filter(pk=lost.pk).update(text="Reference MK7-4QX.")
    outbox.try_again(outbox.dead())
    send_all()

    assert [sent.body for sent in mail.outbox] == ["Reference MK7-4QX."]


class ErasedMeanwhile(BaseEmailBackend):
    """While it sends, somebody erases what the message is about."""

    def send_messages(self, email_messages: Any) -> int:
        Message.objects.filter(about="request 1").delete()
        return len(email_messages)


@pytest.mark.django_db
def test_a_message_erased_while_it_is_sent_stops_no_other(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.clinic.test_outbox.ErasedMeanwhile"
    queued(about="request 1")
    other = queued()

    send_all()

    assert list(Message.objects.values_list("pk", "state")) == [(other.pk, "sent")]


@pytest.mark.django_db(transaction=True)
def test_several_senders_never_take_the_same_message() -> None:
    for _each in range(20):
        queued()
    taken: list[int] = []

    def work() -> None:
        while (message := outbox.take_one()) is not None:
            taken.append(message.pk)
        connection.close()

    workers = [Thread(target=work) for _each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(taken) == sorted(Message.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_message_for_an_occasion_is_written_once_for_each_person() -> None:
    occasion = {"kind": "digest", "subject": "Today", "text": "2 new."}

    told = [
        outbox.queue_once("2026-11-23", to="desk@example.com", **occasion),
        outbox.queue_once("2026-11-23", to="desk@example.com", **occasion),
        outbox.queue_once("2026-11-23", to="boss@example.com", **occasion),
        outbox.queue_once("2026-11-24", to="desk@example.com", **occasion),
    ]

    assert told == [True, False, True, True]
    assert outbox.Message.objects.count() == 3
    assert "example.com@" not in "".join(outbox.Message.objects.values_list("message_id", flat=True))


def test_what_fails_before_a_look_for_mail_does_not_stop_the_mail(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def fails() -> None:
        raise ValueError

    monkeypatch.setattr(outbox, "every_look", [fails, lambda: seen.append("looked")])

    send_messages.Command().look_after()

    assert seen == ["looked"]
    assert "went wrong" in caplog.text

"""Mail and a real mail server: one that refuses, hangs, or takes and falls silent; and senders that are killed."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from clinic import outbox
from clinic.outbox import BACKOFF, HOLD, Message
from tests.smtp_server import MailServer, Manner, mail_server

Process: TypeAlias = "subprocess.Popen[bytes]"
TAKEN_WITHOUT_A_WORD = (Manner.TAKES_AND_HANGS_UP, Manner.TAKES_AND_IS_SILENT)
# A sender that starts on a loaded machine is slow; nothing below waits longer than it has to.
PATIENCE = 240
HANGING = (Manner.SILENT, Manner.TAKES_AND_IS_SILENT)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that this process sends through."""
    with mail_server() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield started


def queued(number: int = 0) -> Message:
    return outbox.queue(
        kind="test", to=f"pat{number}@example.com", subject="We have your request", text="MK7-4QX.\n"
    )


def send_all(after: timedelta = timedelta(0)) -> None:
    with time_machine.travel(timezone.now() + after):
        call_command("send_messages", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "manner", [each for each in Manner if each is not Manner.TAKES], ids=lambda each: each.name
)
def test_whatever_a_server_does_the_mail_gets_there_in_the_end(
    server: MailServer, manner: Manner, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    message = queued()
    server.manner = manner
    settings.EMAIL_TIMEOUT = 0.5 if manner in HANGING else PATIENCE

    send_all()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert message.fault
    assert message.fault in caplog.text
    assert "pat0@example.com" not in caplog.text

    server.manner, settings.EMAIL_TIMEOUT = Manner.TAKES, PATIENCE
    send_all(after=timedelta(minutes=BACKOFF[0], seconds=1))
    send_all(after=timedelta(days=3))

    message.refresh_from_db()
    assert message.state == "sent"
    # Who takes a mail without saying so gets it again, and can tell by its name that it is the same one.
    assert len(server.taken) == (2 if manner in TAKEN_WITHOUT_A_WORD else 1)
    assert {mail.message_id for mail in server.taken} == {message.message_id}
    assert {mail.to for mail in server.taken} == {"pat0@example.com"}


@pytest.mark.django_db
def test_nobody_listens_at_all(server: MailServer, settings: Settings) -> None:
    message = queued()
    with mail_server() as gone:
        nobody = gone.port
    settings.EMAIL_PORT = nobody

    send_all()
    settings.EMAIL_PORT = server.port
    send_all(after=timedelta(minutes=2))

    assert [mail.message_id for mail in server.taken] == [message.message_id]


@pytest.mark.django_db
def test_one_address_that_nobody_knows_holds_up_no_other_mail(server: MailServer) -> None:
    queued(1)
    server.manner = Manner.NO_SUCH_PERSON
    send_all()
    server.manner = Manner.TAKES
    queued(2)

    send_all()

    assert [mail.to for mail in server.taken] == ["pat2@example.com"]


@pytest.mark.django_db
def test_a_mail_over_which_every_sender_dies_is_given_up_and_shown_to_staff(server: MailServer) -> None:
    message = queued()
    for death in range(len(BACKOFF) + 1):
        with time_machine.travel(timezone.now() + death * (HOLD + timedelta(seconds=1))):
            assert outbox.take_one() == message  # and then the sender dies

    send_all(after=timedelta(days=1))

    assert list(outbox.dead()) == [message]
    assert server.taken == []


# Senders as processes of their own


@pytest.fixture
def sender(server: MailServer) -> Iterator[Callable[[], Process]]:
    """Starts `manage.py send_messages` on the database of this test; none outlives it."""
    started: list[Process] = []

    def start() -> Process:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "EMAIL_TIMEOUT": "600",
        }
        command = [sys.executable, "manage.py", "send_messages"]
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
        return started[-1]

    yield start
    for each in started:
        kill(each)


def database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def kill(process: Process) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_senders_killed_in_the_middle_lose_nothing_and_send_nothing_twice(
    server: MailServer, sender: Callable[[], Process]
) -> None:
    for number in range(12):
        queued(number)
    server.turns_after, server.then = 5, Manner.SILENT

    senders = [sender() for _each in range(3)]
    for _each in senders:
        assert server.silent.acquire(timeout=PATIENCE), "every sender gets stuck with a mail"
    for each in senders:
        kill(each)

    seen = Counter((each.state, each.attempts) for each in Message.objects.all())
    assert seen == {("sent", 1): 5, ("waiting", 1): 3, ("waiting", 0): 4}
    server.manner, server.turns_after = Manner.TAKES, 0
    send_all()
    assert Message.objects.filter(state="waiting").count() == 3, "still held by the dead"
    send_all(after=HOLD + timedelta(minutes=1))
    assert not Message.objects.exclude(state="sent").exists()
    assert Counter(mail.message_id for mail in server.taken) == dict.fromkeys(
        Message.objects.values_list("message_id", flat=True), 1
    )


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_between_taken_and_noted_sends_the_same_mail_again(
    server: MailServer, sender: Callable[[], Process]
) -> None:
    message = queued()
    server.manner = Manner.TAKES_AND_IS_SILENT

    process = sender()
    assert server.silent.acquire(timeout=PATIENCE)
    kill(process)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    server.manner = Manner.TAKES
    send_all(after=HOLD + timedelta(minutes=1))
    assert [mail.message_id for mail in server.taken] == [message.message_id] * 2


@pytest.mark.django_db(transaction=True)
def test_several_senders_at_once_send_each_mail_once(
    server: MailServer, sender: Callable[[], Process]
) -> None:
    for number in range(30):
        queued(number)

    senders = [sender() for _each in range(3)]

    assert [each.wait(timeout=PATIENCE) for each in senders] == [0, 0, 0]
    assert sorted(mail.to for mail in server.taken) == sorted(
        f"pat{number}@example.com" for number in range(30)
    )
    assert not Message.objects.exclude(state="sent").exists()

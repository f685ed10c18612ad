"""Mail waits here, written in the same transaction as its cause; a mail server that is down loses nothing."""

import logging
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.encryption import EncryptedTextField, Unreadable, keyed_hash

log = logging.getLogger("clinic.outbox")
# A sender that dies holds its message no longer than this; then another one takes it over.
HOLD = timedelta(minutes=5)
# Minutes to wait after each failed attempt; after the last one staff must look.
BACKOFF = (1, 5, 15, 60, 180, 720, 1440)
# What other rooms have to see to from time to time; `send_messages --watch` calls each before it looks for mail.
every_look: list[Callable[[], object]] = []


class Message(models.Model):
    """One mail, frozen when it was caused. Whom it goes to and what it says is encrypted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DEAD = "dead", _("could not be sent")

    kind = models.CharField(max_length=40)
    # What it is about, such as "request 4711": where that is erased, its mail goes too.
    about = models.CharField(max_length=40, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    message_id = models.CharField(max_length=120, unique=True)
    to = EncryptedTextField()
    subject = EncryptedTextField()
    text = EncryptedTextField()
    html = EncryptedTextField(blank=True)
    calendar = EncryptedTextField(blank=True)
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "clinic"
        ordering = ("due", "pk")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = (models.Index(fields=("state", "due"), name="message_by_state_and_due"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sent", "dead"]), name="message_has_a_known_state"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


def queue(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    about: str = "",
    html: str = "",
    calendar: str = "",
    due: datetime | None = None,
    name: str = "",
) -> Message:
    """Writes one message into the outbox; call it inside the transaction of its cause.

    `name` is its Message-ID before the @, where it must be the same each time.
    """
    domain = settings.MAIL_FROM.rpartition("@")[2].strip(">") or "localhost"
    return Message.objects.create(
        kind=kind,
        about=about,
        message_id=f"<{name or uuid.uuid4()}@{domain}>",
        to=to,
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        calendar=calendar,
        due=due or timezone.now(),
    )


def queue_once(occasion: str, *, kind: str, to: str, subject: str, text: str, about: str = "") -> bool:
    """Writes a message for an occasion, such as a day, unless this person has it already; True when it is new.

    Several processes may try at once: the Message-ID, unique in the database, lets one of them win.
    """
    try:
        with transaction.atomic():
            name = keyed_hash(f"{kind} {occasion} {to}")[:40]
            queue(kind=kind, about=about, to=to, subject=subject, text=text, name=name)
    except IntegrityError:
        return False
    return True


def take_one() -> Message | None:
    """Claims the next message that is due, for one sender alone; None when nothing is due.

    One that our keys do not open is given up at once, so that it holds up no other.
    """
    while (pk := _claim()) is not None:
        try:
            # It may have been erased since.
            if message := Message.objects.filter(pk=pk).first():
                return message
        except Unreadable:
            Message.objects.filter(pk=pk).update(
                state=Message.State.DEAD, held_until=None, fault="our keys do not open it"
            )
            log.error("Message %s cannot be read with our keys and waits for staff.", pk)
    return None


def _claim() -> int | None:
    """The number of a message that is now ours; nothing of it is read."""
    now = timezone.now()
    free = models.Q(held_until__isnull=True) | models.Q(held_until__lt=now)
    due = Message.objects.filter(free, state=Message.State.WAITING, due__lte=now)
    while True:
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            found = due.values_list("pk", "attempts").first()
            if found is None:
                return None
            pk, attempts = found
            # Also where rows cannot be locked, only one sender's update finds the message still free.
            claimed = Message.objects.filter(free, pk=pk, attempts=attempts).update(
                held_until=now + HOLD, attempts=models.F("attempts") + 1
            )
        if claimed:
            return pk


def send(message: Message, backend: BaseEmailBackend) -> bool:
    """Hands a claimed message to the mail server and notes how it went; True when it was taken."""
    if message.attempts > len(BACKOFF) + 1:
        # Each sender that took it died over it. Nobody would hear of that, for ever.
        _note(message, fault="every sender died")
        return False
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.MAIL_FROM,
        to=[message.to],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        connection=backend,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach("appointment.ics", message.calendar, _calendar_type(message.calendar))
    try:
        taken = mail.send() == 1
        fault = "" if taken else "the mail server took nothing"
    except Exception as error:
        # Whatever a mail server does, the message stays; its words may not reach the log.
        taken, fault = False, type(error).__name__
    _note(message, fault=fault)
    return taken


def dead() -> models.QuerySet[Message]:
    """What was given up and waits for staff."""
    return Message.objects.filter(state=Message.State.DEAD)


def try_again(messages: models.QuerySet[Message]) -> list[int]:
    """Sends given-up messages back into the queue, with all their attempts; returns which ones."""
    with transaction.atomic():
        found = list(messages.filter(state=Message.State.DEAD).values_list("pk", flat=True))
        Message.objects.filter(pk__in=found, state=Message.State.DEAD).update(
            state=Message.State.WAITING, attempts=0, due=timezone.now(), held_until=None
        )
    return found


def _calendar_type(calendar: str) -> str:
    """Mail programs act on a calendar file only when its kind says what it asks for."""
    method = re.search(r"^METHOD:([A-Z]+)", calendar, re.MULTILINE)
    return "text/calendar; charset=utf-8" + (f"; method={method[1]}" if method else "")


def _note(message: Message, *, fault: str) -> None:
    """Writes down how it went, unless the message was erased while it was on its way."""
    now = timezone.now()
    noted: dict[str, Any] = {"held_until": None, "fault": fault}
    if not fault:
        noted |= {"state": Message.State.SENT, "sent": now}
    elif message.attempts > len(BACKOFF):
        noted["state"] = Message.State.DEAD
        log.error("Message %s could not be sent and waits for staff (%s).", message.pk, fault)
    else:
        noted["due"] = now + timedelta(minutes=BACKOFF[message.attempts - 1])
        log.warning("Message %s was not sent (%s); attempt %s.", message.pk, fault, message.attempts)
    Message.objects.filter(pk=message.pk).update(**noted)

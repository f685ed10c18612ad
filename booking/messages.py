"""The mails about a request: each move of it declares its mail, or says why there is none. No health words in any."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from booking import promise
from booking.choices import ContactBy, SpokenLanguage
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic import mail_text, outbox, snapshot


@dataclass(frozen=True)
class Mail:
    """`name` is its template in templates/booking/mail/, and its kind in the outbox."""

    name: str
    subject: Promise


@dataclass(frozen=True)
class NoMail:
    because: Promise


RECEIVED = Mail("received", _("We have your request"))
TRIED = Mail("tried", _("We tried to reach you"))
MISSED = Mail("missed", _("We did not meet"))
CLOSED = Mail("closed", _("Your request is closed"))
CANCELLED = Mail("cancelled", _("You cancelled your request"))
REOPENED = Mail("reopened", _("Your request is open again"))
REMINDER = "reminder"

# By where the request arrives; a few moves have their own.
_ON_ARRIVAL: Mapping[Status, Mail | NoMail] = {
    Status.NEW: REOPENED,
    Status.TRIED: TRIED,
    Status.WAITING: NoMail(_("What we wait for is different each time, and is said when we talk.")),
    Status.TIME_SET: NoMail(_("The time was agreed in a talk; a mail with it goes out when it is recorded.")),
    Status.ATTENDED: NoMail(_("The person was just here.")),
    Status.MISSED: MISSED,
    Status.CLOSED: CLOSED,
}
_OF_ITS_OWN: Mapping[tuple[Status, Status], Mail | NoMail] = {
    (Status.ATTENDED, Status.CLOSED): NoMail(_("The visit has taken place; nothing is left to tell.")),
}
# What is done without a move, or moves in a way of its own.
TALKED = NoMail(_("You have just talked."))
TRIED_AGAIN = NoMail(_("a mail for each try would be too much."))
THEY_CALLED = NoMail(_("They have just been in touch themselves."))
MERGED = NoMail(_("Their other request goes on; a mail that this one is closed would alarm them."))


def for_move(before: str, to: str) -> Mail | NoMail:
    """What a move says to the person who asked."""
    move = (Status(before), Status(to))
    return _OF_ITS_OWN.get(move, _ON_ARRIVAL[move[1]])


def for_attempt(before: str, to: str, *, talked: bool) -> Mail | NoMail:
    """What a try to reach them says: the first one without a talk is told."""
    if talked:
        return TALKED
    return for_move(before, to) if before != to else TRIED_AGAIN


def queue_for(about: ConsultationRequest, mail: Mail | NoMail) -> None:
    """Writes a mail to whoever asked, if they gave an address; call it inside the transaction of its cause."""
    if isinstance(mail, NoMail) or not about.email:
        return
    with override(language_of(about)):
        put_in_outbox(about, mail, *written(mail, about))


def put_in_outbox(
    about: ConsultationRequest,
    mail: Mail,
    text: str,
    html: str,
    *,
    calendar: str = "",
    due: datetime | None = None,
) -> None:
    """A mail whose words are written, with its subject in the active language."""
    outbox.queue(
        kind=mail.name,
        about=about.mail_about,
        to=about.email,
        subject=str(mail.subject),
        text=text,
        html=html,
        calendar=calendar,
        due=due,
    )


def written(mail: Mail, about: ConsultationRequest, **more: str) -> tuple[str, str]:
    """The words of a mail in the active language, as plain text and as simple HTML made of the same words."""
    practice = snapshot.current().practice
    words = {
        **more,
        "practice": practice,
        "caller": "" if about.contact_by == ContactBy.EMAIL else practice.caller_id,
        "reference": about.reference,
        "promise": promise_to(about),
        "link": settings.SITE_URL + reverse("booking:status", args=[about.link_token])
        if about.link_token
        else "",
    }
    return mail_text.written(f"booking/mail/{mail.name}.txt", words, subject=mail.subject)


def forget_reminder(about: ConsultationRequest) -> None:
    """The time is no longer what it was: a reminder of it that still waits is never sent."""
    _waiting_reminder(about).delete()


def follow_address(about: ConsultationRequest) -> None:
    """A reminder that still waits goes to the new address, or nowhere if no more mail is wished."""
    if not about.email:
        forget_reminder(about)
    _waiting_reminder(about).update(to=about.email)


def _waiting_reminder(about: ConsultationRequest) -> QuerySet[outbox.Message]:
    return outbox.Message.objects.filter(
        about=about.mail_about, kind=REMINDER, state=outbox.Message.State.WAITING
    )


def promise_to(about: ConsultationRequest) -> str:
    """By when we get in touch, in words and in the time of the request's office."""
    office = about.location.slug if about.location else ""
    return promise.in_words(about.promised_by, office=office, contact_by=about.contact_by)


def queue_for_staff(about: ConsultationRequest, words: str) -> None:
    """Tells the desk that there is something to see, and nothing about whom or what."""
    address = settings.SITE_URL + reverse("staff:sign_in")
    for to in settings.MAIL_STAFF:
        outbox.queue(
            kind="staff", about=about.mail_about, to=to, subject=words, text=f"{words}. Sign in: {address}\n"
        )


def language_of(about: ConsultationRequest) -> str:
    """The language they want to speak, where we have it; else that of the form they filled in."""
    if about.language in (SpokenLanguage.ENGLISH, SpokenLanguage.SPANISH):
        return about.language
    return about.asked_in if about.asked_in in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

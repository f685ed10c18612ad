"""Mails about the time of a visit, with its calendar file: confirmed, changed, cancelled, and a reminder before.

Only where Practice says so. The desk's record of times calls these inside its own transaction.
"""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from booking import messages
from booking.calendar import Visit, Words, event_file
from booking.messages import REMINDER, Mail
from booking.models import ConsultationRequest
from booking.promise import moment_in_words
from clinic import snapshot
from clinic.encryption import keyed_hash
from clinic.practice import Practice

CONFIRMED = Mail("time_confirmed", _("The time of your visit"))
CHANGED = Mail("time_changed", _("Your visit has a new time"))
CANCELLED = Mail("time_cancelled", _("Your visit is cancelled"))
REMINDED = Mail(REMINDER, _("A reminder of your visit"))
REMIND_BEFORE = timedelta(days=2)


def uid_of(about: ConsultationRequest) -> str:
    """The same for ever for one request, and telling nothing about it."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"{keyed_hash(f'visit {about.pk}')[:32]}@{domain}"


def queue_time(about: ConsultationRequest, visit: Visit) -> None:
    """Confirms a time, or a new one for the same visit (its sequence is above 0), and reminds of it."""
    messages.forget_reminder(about)
    if not _wanted(about):
        return
    _queue(CONFIRMED if visit.sequence == 0 else CHANGED, about, visit)
    remind_at = visit.starts - REMIND_BEFORE
    if remind_at > timezone.now():
        _queue(REMINDED, about, visit, due=remind_at)


def queue_cancellation(about: ConsultationRequest, visit: Visit) -> None:
    """Takes the visit out of the calendar; its sequence is higher than that of the last mail."""
    messages.forget_reminder(about)
    if _wanted(about):
        _queue(CANCELLED, about, visit)


def practice_mails_times() -> bool:
    return Practice.objects.filter(mail_times=True).exists()


def _wanted(about: ConsultationRequest) -> bool:
    return bool(about.email) and practice_mails_times()


def _queue(mail: Mail, about: ConsultationRequest, visit: Visit, *, due: datetime | None = None) -> None:
    practice = snapshot.current().practice
    with override(messages.language_of(about)):
        when = moment_in_words(visit.starts, visit.zone)
        text, html = messages.written(mail, about, when=when, place=visit.place)
        calendar = event_file(
            visit,
            words=Words(
                title=gettext("Visit at %(clinic)s") % {"clinic": practice.name},
                details=gettext("Questions? Call us at %(phone)s.") % {"phone": practice.phone_display},
            ),
            organizer=parseaddr(settings.MAIL_FROM)[1],
            guest=about.email,
            written=timezone.now(),
            cancelled=mail is CANCELLED,
        )
        # With a reminder goes none: the calendar has it already, and a second copy would only ask again.
        messages.put_in_outbox(
            about, mail, text, html, calendar="" if mail is REMINDED else calendar, due=due
        )

"""What the queue shows of each request: when, whom and how to call, and how it stands; and whom to call next.

Every word is made here, once: a list is looked at a hundred times a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from booking.booked_times import BookedTime
from booking.choices import BestTime, ClosingReason, ContactBy, Day, SpokenLanguage, WaitsFor, YesNo
from booking.desk_pages import Card, label_of
from booking.due_words import near_day, near_moment
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic.staff import StaffMember

# Whoever stands here waits for us; the others wait for something, or for their visit.
TO_CALL = frozenset({Status.NEW, Status.TRIED, Status.MISSED})


@dataclass(frozen=True)
class QueueCard(Card):
    me: StaffMember = field(kw_only=True)
    is_next: bool = False

    @cached_property
    def address(self) -> str:
        return reverse("desk:request", args=[self.about.pk])

    @property
    def since(self) -> str:
        """First contact · asked 38 minutes ago"""
        return _joined(self.due.what, self.asked)

    @property
    def how(self) -> str:
        """Phone call, morning"""
        about = self.about
        wish = (label_of(ContactBy, about.contact_by), label_of(BestTime, about.best_time))
        return ", ".join(filter(None, wish)) or _("Did not say how or when")

    @property
    def message(self) -> str:
        if self.about.voicemail_ok == YesNo.YES:
            return _("message OK")
        return _("leave no message") if self.about.voicemail_ok == YesNo.NO else _("message not said")

    @property
    def wishes(self) -> str:
        """Whether to leave a message, the office, days and parts of the day."""
        message = self.message if self.about.phone else ""
        return _joined(message, self.office, self.short_days, self.day_parts if self.about.day_parts else "")

    @property
    def short_days(self) -> str:
        """Mon, Tue"""
        chosen = self.about.days
        return ", ".join(str(WEEKDAYS_ABBR[place]) for place, day in enumerate(Day.values) if day in chosen)

    @property
    def speaks(self) -> str:
        """Language and needs, which change how to call."""
        language = label_of(SpokenLanguage, self.about.language) or _("Language not said")
        return _joined(language, self.needs if self.about.needs_text else "")

    @property
    def needs_care(self) -> bool:
        others = (SpokenLanguage.SPANISH, SpokenLanguage.OTHER)
        return bool(self.about.needs_text) or self.about.language in others

    @property
    def stands(self) -> str:
        """What stands behind the status: what it waits for and since when, the visit, or why it was closed."""
        about = self.about
        if about.status == Status.WAITING:
            return _waiting(about, self.zone, self.now)
        if about.status == Status.TIME_SET:
            return _visit(getattr(about, "booked_time", None), self.now)
        if about.is_open:
            return ""
        if about.merged_into is not None:
            return _("merged into %(reference)s") % {"reference": about.merged_into.reference}
        return label_of(ClosingReason, about.closing_reason) or str(ClosingReason.NONE.label)

    @property
    def worked(self) -> str:
        """Who has it, and how often they were tried."""
        return _joined(self.owner, self.tries)

    @property
    def owner(self) -> str:
        about = self.about
        if not about.is_open:
            return ""
        if about.owner is None:
            return _("nobody has it yet")
        if about.owner_id == self.me.pk:
            return _("you have it")
        return _("%(who)s has it") % {"who": about.owner.short_name}

    @property
    def by_mail(self) -> bool:
        """Whoever asked for e-mail, or gave no number, is written to."""
        return bool(self.about.email) and (self.about.contact_by == ContactBy.EMAIL or not self.about.phone)


def cards(
    requests: Iterable[ConsultationRequest], *, me: StaffMember, now: datetime, find_next: bool
) -> list[QueueCard]:
    """The first one that waits for us, and that no colleague has, is the one to call next."""
    made = []
    for about in requests:
        free = about.owner_id in (None, me.pk) and about.status in TO_CALL
        made.append(QueueCard(about=about, me=me, now=now, is_next=find_next and free))
        find_next = find_next and not free
    return made


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _waiting(about: ConsultationRequest, zone: str, now: datetime) -> str:
    since = {"since": near_day(about.clock_from, zone=zone, now=now)}
    if not about.waits_for:
        return _("since %(since)s") % since
    return _("for %(what)s, since %(since)s") % {"what": label_of(WaitsFor, about.waits_for).lower(), **since}


def _visit(booked: BookedTime | None, now: datetime) -> str:
    if booked is None or not booked.active:
        return _("no time written down")
    when = near_moment(booked.starts, zone=booked.location.timezone, now=now)
    return _("%(when)s, %(clinician)s") % {"when": when, "clinician": booked.clinician.name}

"""What the queue shows of each request: when, whom and how to call, and how it stands; and whom to call next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.booked_times import BookedTime
from booking.choices import ContactBy, Day, SpokenLanguage, YesNo
from booking.desk_pages import Card
from booking.due_words import DueWords, due_in_words, near_day, near_moment
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic.staff import StaffMember

# Whoever stands here waits for us; the others wait for something, or for their visit.
TO_CALL = frozenset({Status.NEW, Status.TRIED, Status.MISSED})


@dataclass(frozen=True)
class QueueCard(Card):
    me: StaffMember
    now: datetime
    is_next: bool = False

    @cached_property
    def due(self) -> DueWords:
        return due_in_words(self.about, zone=self.zone, now=self.now)

    @property
    def asked(self) -> str:
        return _("asked %(ago)s ago") % {"ago": timesince(self.about.created, self.now, depth=1)}

    @property
    def how(self) -> str:
        """Phone call, morning · leave no message"""
        about = self.about
        wish = ", ".join(filter(None, (about.get_contact_by_display(), about.get_best_time_display())))
        return wish or _("No wish how or when")

    @property
    def message(self) -> str:
        if self.about.voicemail_ok == YesNo.YES:
            return _("message OK")
        return _("leave no message") if self.about.voicemail_ok == YesNo.NO else _("message not said")

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
        merged = getattr(about, "merged_reference", None)
        if merged:
            return _("merged into %(reference)s") % {"reference": merged}
        return str(about.get_closing_reason_display())

    @property
    def speaks(self) -> str:
        """Language and needs, which change how to call."""
        language = self.about.get_language_display() or _("Language not said")
        return " · ".join(filter(None, (language, self.needs)))

    @property
    def needs_care(self) -> bool:
        return bool(self.about.needs_text) or self.about.language in (
            SpokenLanguage.SPANISH,
            SpokenLanguage.OTHER,
        )

    @property
    def wishes(self) -> str:
        """Whether to leave a message, the office, days and parts of the day."""
        office = self.about.location.name if self.about.location else _("any office")
        message = self.message if self.about.phone else ""
        return " · ".join(filter(None, (message, office, self.short_days, self.day_parts)))

    @property
    def short_days(self) -> str:
        """Mon, Tue"""
        days = [WEEKDAYS_ABBR[number] for number, day in enumerate(Day.values) if day in self.about.days]
        return ", ".join(map(str, days))

    @property
    def owner(self) -> str:
        if self.about.owner is None:
            return _("nobody has it yet") if self.about.is_open else ""
        if self.about.owner == self.me:
            return _("you have it")
        return _("%(who)s has it") % {"who": self.about.owner.short_name}

    @property
    def tries(self) -> str:
        count = self.about.attempts
        return (
            ngettext("tried %(count)d time", "tried %(count)d times", count) % {"count": count}
            if count
            else ""
        )

    @property
    def by_mail(self) -> bool:
        """Whoever asked for e-mail, or gave no number, is written to."""
        return bool(self.about.email) and (self.about.contact_by == ContactBy.EMAIL or not self.about.phone)

    @property
    def may_be_claimed(self) -> bool:
        return self.about.is_open and self.about.owner is None


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


def _waiting(about: ConsultationRequest, zone: str, now: datetime) -> str:
    since = {"since": near_day(about.clock_from, zone=zone, now=now)}
    if not about.waits_for:
        return _("since %(since)s") % since
    return _("for %(what)s, since %(since)s") % {"what": about.get_waits_for_display().lower(), **since}


def _visit(booked: BookedTime | None, now: datetime) -> str:
    if booked is None or not booked.active:
        return _("no time written down")
    when = near_moment(booked.starts, zone=booked.location.timezone, now=now)
    return _("%(when)s, %(clinician)s") % {"when": when, "clinician": booked.clinician.name}

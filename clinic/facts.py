"""What a public page may know of the practice: frozen facts with their wording, read without a database."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

import phonenumbers
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.hours import ClosedDays, OpenHours, grouped_days, is_open
from clinic.practice import WEEKDAYS

PLAIN_US = re.compile(r"\+1[2-9]\d{9}", re.ASCII)


def phone_in_words(number: str) -> str:
    """+15125550123 → (512) 555-0123; what cannot be read stays as it is."""
    # Nearly all numbers are these, and a list shows many.
    if PLAIN_US.fullmatch(number):
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def clock(moment: time) -> str:
    """8:00 → 8 am, 16:30 → 4:30 pm."""
    hour = moment.hour % 12 or 12
    half = _("am") if moment.hour < 12 else _("pm")
    return f"{hour}:{moment.minute:02d} {half}" if moment.minute else f"{hour} {half}"


@dataclass(frozen=True)
class HoursRow:
    """One line of the opening hours: days and times in words."""

    days: str
    times: str


@dataclass(frozen=True)
class LocationFacts:
    slug: str
    name: str
    street: str
    city: str
    state: str
    zip_code: str
    phone: str
    fax: str
    timezone: str
    hours: tuple[OpenHours, ...]
    closures: tuple[ClosedDays, ...]

    @property
    def phone_display(self) -> str:
        return phone_in_words(self.phone)

    @property
    def fax_display(self) -> str:
        return phone_in_words(self.fax) if self.fax else ""

    def is_open_at(self, moment: datetime) -> bool:
        return is_open(at=moment, zone=self.timezone, hours=self.hours, closures=self.closures)

    @property
    def hours_rows(self) -> tuple[HoursRow, ...]:
        names = [str(name) for _number, name in WEEKDAYS]
        rows = []
        for first, last, stretches in grouped_days(self.hours):
            days = (
                names[first]
                if first == last
                else _("%(first)s to %(last)s") % {"first": names[first], "last": names[last]}
            )
            times = ", ".join(
                _("%(opens)s to %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}
                for opens, closes in stretches
            )
            rows.append(HoursRow(days=days, times=times))
        return tuple(rows)

    @property
    def hours_text(self) -> str:
        return "; ".join(f"{row.days}, {row.times}" for row in self.hours_rows)


@dataclass(frozen=True)
class SignatureFacts:
    """The newest signature of one text."""

    digest: str
    name: str
    signed_on: date
    good_until: date


@dataclass(frozen=True)
class Notice:
    texts: tuple[tuple[str, str], ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None

    def text_at(self, moment: datetime, language: str) -> str:
        if (self.starts and moment < self.starts) or (self.ends and moment >= self.ends):
            return ""
        return dict(self.texts).get(language, "")


@dataclass(frozen=True)
class PracticeFacts:
    name: str
    phone: str
    after_hours_phone: str
    caller_id: str
    reply_working_days: int
    notice_facts: Notice
    screener_switch: bool
    in_medicare_study: bool
    medicare_trial_number: str
    medicare_checked_on: date | None
    main_location: LocationFacts | None

    @property
    def phone_display(self) -> str:
        return phone_in_words(self.phone)

    @property
    def after_hours_phone_display(self) -> str:
        return phone_in_words(self.after_hours_phone) if self.after_hours_phone else ""

    @property
    def notice(self) -> str:
        return self.notice_facts.text_at(timezone.now(), get_language() or "en")

    @property
    def hours_rows(self) -> tuple[HoursRow, ...]:
        return self.main_location.hours_rows if self.main_location else ()

    @property
    def hours_text(self) -> str:
        return self.main_location.hours_text if self.main_location else ""

    @property
    def is_open(self) -> bool:
        return self.main_location is not None and self.main_location.is_open_at(timezone.now())

    @property
    def medicare_sentence(self) -> str:
        """What we say on Medicare, and what follows here. Source: NCD 150.13 (only inside an approved study)."""
        parts = [_("Traditional Medicare covers MILD only inside a study that Medicare has approved.")]
        if self.in_medicare_study:
            parts += [
                _("We take part in such a study (%(number)s).") % {"number": self.medicare_trial_number},
                _("So traditional Medicare can pay for MILD here only if you join it. That is your choice."),
            ]
        else:
            parts.append(
                _(
                    "We do not take part in such a study now, so traditional Medicare does not pay for MILD here."
                )
            )
        if self.medicare_checked_on:
            checked = formats.date_format(self.medicare_checked_on, "DATE_FORMAT")
            parts.append(_("We checked this on %(date)s.") % {"date": checked})
        parts.append(_("Other plans have their own rules. Ask your plan, or ask us to help you ask."))
        return " ".join(parts)

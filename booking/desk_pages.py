"""What the desk's pages show of a request: lines in words, and whose time they are told in."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from booking.agreements import AGREEMENTS, BY_FAX, TOLD
from booking.choices import Day, DayPart, Mark, Need, PhoneIs, words
from booking.due_words import DueWords, due_in_words, how_long
from booking.models import ConsultationRequest
from booking.statuses import Status
from clinic import snapshot
from clinic.facts import phone_in_words

WITHOUT_A_TEXT = {TOLD: gettext_lazy("told on the phone"), BY_FAX: gettext_lazy("asked by fax")}


@dataclass(frozen=True)
class Card:
    """One request with the words that a list or a page shows, as of `now`."""

    about: ConsultationRequest
    now: datetime = field(default_factory=timezone.now, kw_only=True)

    def __getitem__(self, name: str) -> object:
        # Templates ask this way first; many times a card, the detour over an error would be felt in a list.
        return getattr(self, name)

    @cached_property
    def zone(self) -> str:
        return zone_of(self.about)

    @cached_property
    def mark(self) -> str:
        return label_of(Mark, self.about.mark)

    @cached_property
    def status(self) -> str:
        return label_of(Status, self.about.status)

    @cached_property
    def due(self) -> DueWords:
        return due_in_words(self.about, zone=self.zone, now=self.now)

    @property
    def asked(self) -> str:
        return _("asked %(ago)s ago") % {"ago": how_long(self.about.created, self.now)}

    @property
    def tries(self) -> str:
        count = self.about.attempts
        return ngettext("tried once", "tried %(tries)s times", count) % {"tries": count} if count else ""

    @property
    def helper(self) -> str:
        about = self.about
        if not about.helper_name:
            return ""
        return _("%(helper)s asks for %(patient)s") % {"helper": self.named_helper, "patient": about.name}

    @property
    def named_helper(self) -> str:
        """Lucía Sample (daughter)"""
        about = self.about
        return f"{about.helper_name} ({about.relationship})" if about.relationship else about.helper_name

    @property
    def callee(self) -> str:
        """Who answers the number that we have."""
        about = self.about
        if not about.helper_name or about.phone_is not in (PhoneIs.MINE, PhoneIs.OTHER):
            return about.name
        named = {"helper": self.named_helper, "patient": about.name}
        if about.phone_is == PhoneIs.MINE:
            return _("%(helper)s, for %(patient)s") % named
        return _("somebody else, for %(patient)s") % named

    @property
    def whose_number(self) -> str:
        """Said where it is not the patient's own."""
        about = self.about
        if not about.phone or not about.helper_name:
            return ""
        if about.phone_is == PhoneIs.MINE:
            return _("The number is %(helper)s’s") % {"helper": self.named_helper}
        return _("The number is somebody else’s") if about.phone_is == PhoneIs.OTHER else ""

    @property
    def office(self) -> str:
        return self.about.location.name if self.about.location else _("any office")

    @cached_property
    def phone_display(self) -> str:
        return phone_in_words(self.about.phone) if self.about.phone else ""

    @property
    def number(self) -> str:
        """The number to call, with its extension."""
        if not self.about.phone_extension:
            return self.phone_display
        named = {"phone": self.phone_display, "extension": self.about.phone_extension}
        return _("%(phone)s ext. %(extension)s") % named

    @property
    def phone_link(self) -> str:
        extension = f";ext={self.about.phone_extension}" if self.about.phone_extension else ""
        return f"tel:{self.about.phone}{extension}" if self.about.phone else ""

    @property
    def days(self) -> str:
        return words(Day, self.about.days)

    @property
    def day_parts(self) -> str:
        return words(DayPart, self.about.day_parts)

    @property
    def needs(self) -> str:
        return words(Need, self.about.needs)

    @property
    def agreement(self) -> str:
        """Which text they agreed to, or what stands in its place."""
        code = self.about.agreement
        return str(WITHOUT_A_TEXT.get(code, "")) or _("Text of %(version)s") % {"version": code}

    @property
    def agreement_text(self) -> str:
        """Word for word, in the language of the desk."""
        return AGREEMENTS.get(self.about.agreement, {}).get("en", "")

    @property
    def tag_class(self) -> str:
        return self.about.mark.replace("_", "-")

    @property
    def status_class(self) -> str:
        return self.about.status.replace("_", "-")


def label_of(choices: type[TextChoices], code: str) -> str:
    """The word for a code; "" for none."""
    return _label_in(choices, code, get_language()) if code else ""


@lru_cache(maxsize=500)
def _label_in(choices: type[TextChoices], code: str, language: str | None) -> str:
    """Looked up once in each language: a page holds hundreds of them."""
    return str(choices(code).label)


def zone_of(about: ConsultationRequest) -> str:
    """The time zone of the request's office, or of the main one."""
    if about.location is not None:
        return about.location.timezone
    main = snapshot.current().practice.main_location
    return main.timezone if main else "UTC"

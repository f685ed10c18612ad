"""What the desk's pages show of a request: lines in words, and whose time they are told in."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.timesince import timesince

from booking.choices import Day, DayPart, Need, words
from booking.models import ConsultationRequest
from clinic import snapshot
from clinic.facts import phone_in_words


@dataclass(frozen=True)
class Card:
    """One request with the words that a list or a page shows."""

    about: ConsultationRequest

    @cached_property
    def zone(self) -> str:
        return zone_of(self.about)

    @property
    def asked_ago(self) -> str:
        return timesince(self.about.created, depth=1)

    @cached_property
    def phone_display(self) -> str:
        return phone_in_words(self.about.phone) if self.about.phone else ""

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
    def tag_class(self) -> str:
        return self.about.mark.replace("_", "-")

    @property
    def status_class(self) -> str:
        return self.about.status.replace("_", "-")


def zone_of(about: ConsultationRequest) -> str:
    """The time zone of the request's office, or of the main one."""
    if about.location is not None:
        return about.location.timezone
    main = snapshot.current().practice.main_location
    return main.timezone if main else "UTC"

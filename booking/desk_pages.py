"""What the desk's pages show of a request: lines in words, pages of the queue, moments in the clinic's own time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timesince import timesince

from booking.choices import Day, DayPart, Need, words
from booking.models import ConsultationRequest, RequestQuerySet
from clinic import snapshot
from clinic.facts import phone_in_words

PAGE = 50
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Card:
    """One request with the words that a list or a page shows."""

    about: ConsultationRequest

    @property
    def zone(self) -> str:
        return zone_of(self.about)

    @property
    def asked_ago(self) -> str:
        return timesince(self.about.created, depth=1)

    @property
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


@dataclass(frozen=True)
class Page:
    """At most PAGE cards, and behind which request the next page starts (None on the last one)."""

    cards: Sequence[Card]
    next_after: int | None

    @property
    def ids(self) -> list[int]:
        return [card.about.pk for card in self.cards]


def page_of_queue(*, closed: bool, after: int | None) -> Page:
    """Open requests by urgency and waiting, or closed ones by their last change."""
    requests: RequestQuerySet = ConsultationRequest.objects.all()
    last = requests.filter(pk=after).first() if after else None
    if closed:
        requests = requests.closed()
        requests = requests.changed_before(last) if last else requests.latest_first()
    else:
        requests = requests.open()
        requests = requests.in_queue_after(last) if last else requests.in_queue_order()
    found = list(requests.for_list()[: PAGE + 1])
    cards = [Card(each) for each in found[:PAGE]]
    return Page(cards=cards, next_after=cards[-1].about.pk if len(found) > PAGE else None)


def count_in_words(requests: RequestQuerySet) -> str:
    counted = requests.count_up_to(MOST_COUNTED)
    return f"{MOST_COUNTED:,}+" if counted > MOST_COUNTED else str(counted)


def zone_of(about: ConsultationRequest) -> str:
    """The time zone of the request's office, or of the main one."""
    if about.location is not None:
        return about.location.timezone
    main = snapshot.current().practice.main_location
    return main.timezone if main else "UTC"

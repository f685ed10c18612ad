"""The queue: its tabs, who stands in each, in which order, and how many; pages that begin behind a request."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from booking.models import ConsultationRequest, RequestQuerySet
from booking.statuses import Status
from clinic.practice import Location
from clinic.staff import StaffMember

PAGE = 50
MOST_COUNTED = 1000
CHUNK = 500
NOBODY = "nobody"


class Tab(TextChoices):
    """Every open request stands in the first, whatever else it is."""

    ALL = "all", _("All open")
    NEW = "new", _("New")
    MINE = "mine", _("Mine")
    OVERDUE = "overdue", _("Overdue")
    WAITING = "waiting", _("Waiting")
    TIME_SET = "time_set", _("Time set")
    CLOSED = "closed", _("Closed")


@dataclass(frozen=True)
class Look:
    """One way to look at the queue: whose eyes, when, which tab, which filters."""

    me: StaffMember
    now: datetime
    tab: Tab = Tab.ALL
    location: Location | None = None
    # None means everybody's; the text NOBODY means those that nobody has claimed.
    owner: StaffMember | str | None = None

    def at(self, tab: Tab) -> "Look":
        return Look(me=self.me, now=self.now, tab=tab, location=self.location, owner=self.owner)

    @property
    def requests(self) -> RequestQuerySet:
        """In no order yet."""
        found = ConsultationRequest.objects.filter(IN_TAB[self.tab](self))
        found = found.closed() if self.tab == Tab.CLOSED else found.open()
        if self.location is not None:
            found = found.filter(location=self.location)
        if self.tab == Tab.MINE or self.owner is None:
            return found
        return found.filter(owner=self.owner if isinstance(self.owner, StaffMember) else None)

    def behind(self, last: ConsultationRequest | None) -> RequestQuerySet:
        """In the order of the tab, after one request or from the start."""
        if self.tab == Tab.CLOSED:
            return self.requests.changed_before(last) if last else self.requests.latest_first()
        return self.requests.in_queue_after(last) if last else self.requests.in_queue_order()


IN_TAB: dict[Tab, Callable[[Look], Q]] = {
    Tab.ALL: lambda look: Q(),
    Tab.NEW: lambda look: Q(status=Status.NEW),
    Tab.MINE: lambda look: Q(owner=look.me),
    Tab.OVERDUE: lambda look: Q(due__lte=look.now),
    Tab.WAITING: lambda look: Q(status=Status.WAITING),
    Tab.TIME_SET: lambda look: Q(status=Status.TIME_SET),
    Tab.CLOSED: lambda look: Q(),
}


@dataclass(frozen=True)
class Page:
    """At most PAGE requests, and behind which one the next page starts (None on the last one)."""

    requests: Sequence[ConsultationRequest]
    next_after: int | None

    @property
    def ids(self) -> list[int]:
        return [each.pk for each in self.requests]


def page(look: Look, *, after: ConsultationRequest | None) -> Page:
    found = list(look.behind(after).for_list()[: PAGE + 1])
    return Page(requests=found[:PAGE], next_after=found[PAGE - 1].pk if len(found) > PAGE else None)


def counts(look: Look, tabs: Sequence[Tab] = tuple(Tab)) -> dict[Tab, int]:
    """How many each tab holds, counted no further than just above MOST_COUNTED; all in one question."""
    parts: list[str] = []
    values: list[Any] = []
    for tab in tabs:
        some = look.at(tab).requests.order_by().values("pk")[: MOST_COUNTED + 1]
        sql, given = some.query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own, values apart
        values += given
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        row = cursor.fetchone()
    return dict(zip(tabs, row, strict=True))


def count_in_words(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else str(count)


def all_ids(look: Look) -> Iterator[int]:
    """Every request of a tab in its order, read as the caller goes on."""
    return look.behind(None).values_list("pk", flat=True).iterator(chunk_size=10 * CHUNK)


def in_order(ids: Sequence[int]) -> Iterator[ConsultationRequest]:
    """These requests, some at a time; whoever was erased meanwhile is left out."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = ConsultationRequest.objects.for_list().in_bulk(chunk)
        yield from (found[pk] for pk in chunk if pk in found)


def newest_number() -> int:
    """Grows with every request that comes in; tells nothing about any of them."""
    newest = ConsultationRequest.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0

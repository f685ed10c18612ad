"""Reads what the reports count, with the same few queries however many requests there are."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth, TruncWeek

from booking.choices import CameBy, Mark
from booking.models import ConsultationRequest, RequestQuerySet, StatusChange
from booking.report_numbers import Period
from booking.statuses import Status
from clinic import snapshot
from clinic.facts import LocationFacts
from clinic.hours import open_time_between
from clinic.practice import Location

# Beyond these, the newest are counted and the page says so.
MOST_CONTACTS = 10_000
MOST_DECRYPTED = 2_000
AGES = (1, 3, 7, 14, 28)


@dataclass(frozen=True)
class Asked:
    """Which requests a report is about: asked in a period, at one office or at all. Merged ones count once."""

    period: Period
    office: Location | None
    zone: ZoneInfo

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.period.first, datetime.min.time(), self.zone)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.period.last + timedelta(days=1), datetime.min.time(), self.zone)

    def everything(self) -> RequestQuerySet:
        requests = ConsultationRequest.objects.filter(merged_into__isnull=True)
        return requests.filter(location=self.office) if self.office else requests

    def requests(self) -> RequestQuerySet:
        return self.everything().filter(created__gte=self.starts, created__lt=self.ends)

    def part_of(self, moment: datetime) -> date:
        return self.period.start_of(moment.astimezone(self.zone).date())


def per_part(asked: Asked) -> Mapping[date, int]:
    truncate = TruncMonth if asked.period.by_month else TruncWeek
    counted = (
        asked.requests()
        .annotate(part=truncate("created", tzinfo=asked.zone))
        .values("part")
        .annotate(count=Count("pk"))
    )
    return {row["part"].astimezone(asked.zone).date(): row["count"] for row in counted.order_by()}


@dataclass(frozen=True)
class Contacts:
    """Open hours until the first contact, by part of the period; how many still wait for one."""

    hours: Mapping[date, list[float]]
    waiting: int
    is_cut: bool

    @property
    def all_hours(self) -> list[float]:
        return [each for hours in self.hours.values() for each in hours]


def first_contacts(asked: Asked) -> Contacts:
    """Those who phoned us are left out: we talked at once."""
    requests = asked.requests().exclude(came_by=CameBy.PHONE)
    found = list(
        requests.filter(first_contact__isnull=False)
        .order_by("-created")
        .values_list("created", "first_contact", "location__slug")[: MOST_CONTACTS + 1]
    )
    places = {each.slug: each for each in snapshot.current().locations}
    main = snapshot.current().practice.main_location
    hours: dict[date, list[float]] = {}
    for created, contact, slug in found[:MOST_CONTACTS]:
        if contact is None:
            continue
        office = places.get(slug or "", main)
        hours.setdefault(asked.part_of(created), []).append(_open_hours(created, contact, office))
    waiting = requests.open().filter(first_contact__isnull=True).count()
    return Contacts(hours, waiting, len(found) > MOST_CONTACTS)


def _open_hours(start: datetime, end: datetime, office: LocationFacts | None) -> float:
    if office is None:
        return max(timedelta(), end - start) / timedelta(hours=1)
    counted = open_time_between(
        start=start, end=end, zone=office.timezone, hours=office.hours, closures=office.closures
    )
    return counted / timedelta(hours=1)


def waiting_by_age(asked: Asked, now: datetime) -> list[int]:
    """How many open requests are younger than each of AGES in days, but not younger than the one before; then the rest."""
    limits = [now, *(now - timedelta(days=days) for days in AGES)]
    counts = {
        f"age{place}": Count("pk", filter=Q(created__lte=newer, created__gt=older))
        for place, (newer, older) in enumerate(pairwise(limits))
    }
    counted = (
        asked.everything().open().aggregate(**counts, rest=Count("pk", filter=Q(created__lte=limits[-1])))
    )
    return [*(counted[f"age{place}"] for place in range(len(AGES))), counted["rest"]]


def standings(asked: Asked) -> Mapping[tuple[str, str], int]:
    """Where the requests of the period stand now: (status, closing reason) → how many."""
    counted = asked.requests().values("status", "closing_reason").annotate(count=Count("pk")).order_by()
    return {(row["status"], row["closing_reason"]): row["count"] for row in counted}


@dataclass(frozen=True)
class Sources:
    """`outcomes` are counted over `read` requests, the newest of `shared`."""

    came_by: Mapping[str, int]
    marked: Mapping[str, int]
    outcomes: Mapping[str, int]
    shared: int
    read: int


def sources(asked: Asked) -> Sources:
    """Answers are encrypted: those of the newest requests are opened here, and only their outcome is counted."""
    sent = ~Q(shared_answers="")
    counted = (
        asked.requests()
        .values("came_by", "mark")
        .annotate(count=Count("pk"), with_answers=Count("pk", filter=sent))
    )
    came_by, marked, shared = Counter[str](), Counter[str](), 0
    for row in counted.order_by():
        without = row["count"] - row["with_answers"]
        shared += row["with_answers"]
        if row["came_by"] != CameBy.WEBSITE:
            came_by[row["came_by"]] += without
        else:
            marked[row["mark"]] += without
    newest = asked.requests().filter(sent).order_by("-created").values_list("shared_answers", flat=True)
    outcomes = Counter(_outcomes(newest[:MOST_DECRYPTED]))
    return Sources(
        came_by, {mark: marked[mark] for mark in Mark.values}, outcomes, shared, sum(outcomes.values())
    )


def _outcomes(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield str(json.loads(text).get("outcome", ""))


def visits(asked: Asked) -> Mapping[date, Mapping[str, int]]:
    """By part of the period, how often somebody came or did not come, when staff noted it."""
    truncate = TruncMonth if asked.period.by_month else TruncWeek
    moves = StatusChange.objects.filter(
        to_status__in=(Status.ATTENDED, Status.MISSED), at__gte=asked.starts, at__lt=asked.ends
    ).exclude(from_status__in=(Status.ATTENDED, Status.MISSED))
    if asked.office:
        moves = moves.filter(request__location=asked.office)
    counted = (
        moves.annotate(part=truncate("at", tzinfo=asked.zone))
        .values("part", "to_status")
        .annotate(count=Count("pk"))
    )
    found: dict[date, dict[str, int]] = {}
    for row in counted.order_by():
        found.setdefault(row["part"].astimezone(asked.zone).date(), {})[row["to_status"]] = row["count"]
    return found

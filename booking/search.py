"""Finds requests by name part, birth date, phone part or reference: open, closed and merged ones alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from booking.models import CLOSED, ConsultationRequest, RequestQuerySet, SearchWord, birth_hash
from booking.queue import listed
from booking.search_text import Wanted, meanings

SHOWN = 20
# Of more than these, the ones to show are chosen no further; whoever searches is asked to write more.
LOOKED_AT = 200
LONGEST = 120


@dataclass(frozen=True)
class Found:
    """At most SHOWN requests; `more` when there are others."""

    requests: Sequence[ConsultationRequest]
    more: bool

    @property
    def ids(self) -> list[int]:
        return [each.pk for each in self.requests]


def find(typed: str, *, today: date) -> Found:
    """Open ones first, then whoever asked last."""
    ids: set[int] = set()
    for wanted in meanings(typed, today=today):
        ids.update(_ids(wanted))
    order = (Case(When(CLOSED, then=Value(1)), default=Value(0)), F("created").desc(), F("id").desc())
    found = ConsultationRequest.objects.filter(pk__in=ids).order_by(*order)
    return Found(requests=listed(found[:SHOWN]), more=len(ids) > SHOWN)


def _ids(wanted: Wanted) -> list[int]:
    words = [(name,) for name in wanted.names] + ([wanted.phones] if wanted.phones else [])
    if words:
        return _by_words(words, wanted.born)
    requests: RequestQuerySet = ConsultationRequest.objects.order_by()
    if wanted.born:
        requests = requests.filter(birth_hash__in=_hashes(wanted.born))
    else:
        requests = requests.filter(reference=wanted.reference)
    return list(requests.values_list("pk", flat=True)[:LOOKED_AT])


def _by_words(words: Sequence[tuple[str, ...]], born: Sequence[date]) -> list[int]:
    """Requests that have, for each entry, a word with one of its beginnings; the first entry leads the look-up."""
    found = SearchWord.objects.filter(_begins(words[0]))
    for starts in words[1:]:
        found = found.filter(
            Exists(SearchWord.objects.filter(_begins(starts), request_id=OuterRef("request_id")))
        )
    if born:
        found = found.filter(request__birth_hash__in=_hashes(born))
    return list(found.values_list("request_id", flat=True)[:LOOKED_AT])


def _begins(starts: Sequence[str]) -> Q:
    either = Q()
    for start in starts:
        either |= SearchWord.begins(start)
    return either


def _hashes(born: Sequence[date]) -> list[str]:
    return [birth_hash(day) for day in born]

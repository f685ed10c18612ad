"""Places outside the pages that rest on sources, such as the symptom check. Each room names its own as it starts."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Place:
    """`url_name` is the address of the place; `sources` are the keys it cites."""

    title: str | Promise
    url_name: str
    sources: frozenset[str]


_PLACES: list[Place] = []


def add(place: Place) -> None:
    """Call it when an app is ready; naming a place twice changes nothing."""
    if place.url_name not in {each.url_name for each in _PLACES}:
        _PLACES.append(place)


def citing(key: str) -> list[Place]:
    """The places that cite one source."""
    return [place for place in _PLACES if key in place.sources]


def all_keys() -> frozenset[str]:
    return frozenset(key for place in _PLACES for key in place.sources)

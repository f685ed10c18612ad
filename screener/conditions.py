"""PURE. Conditions over answers, as data that can be printed, compared and signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Given = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class AnyOf:
    """At least one of these values was given."""

    values: tuple[str, ...]

    def holds(self, given: frozenset[str]) -> bool:
        return not given.isdisjoint(self.values)


@dataclass(frozen=True)
class Only:
    """Something was given, and nothing but these values."""

    values: tuple[str, ...]

    def holds(self, given: frozenset[str]) -> bool:
        return bool(given) and given.issubset(self.values)


Test = AnyOf | Only
When = Mapping[str, Test]


def any_of(*values: str) -> AnyOf:
    return AnyOf(values)


def only(*values: str) -> Only:
    return Only(values)


def when(**tests: Test) -> When:
    """A condition: every key named here must pass its test. A key without an answer passes none."""
    return MappingProxyType(tests)


def holds(condition: When, given: Given) -> bool:
    return all(test.holds(given.get(key, frozenset())) for key, test in condition.items())


def as_data(condition: When) -> dict[str, list[str]]:
    """Plain lists for digests and printed tables: {"where": ["only", "back"]}."""
    return {
        key: ["any_of" if isinstance(test, AnyOf) else "only", *test.values]
        for key, test in condition.items()
    }

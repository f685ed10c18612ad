"""The space of all answers, in parts that no rule reads across; and the check under proof, ours or a changed copy."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from types import ModuleType
from typing import Any

from screener import conditions, flow, questions, rules
from tests.screener import reference

Answers = dict[str, Any]

# Whatever one rule or one `ask_when` reads stands in one part. Shown by test_no_rule_reads_across_two_parts.
PARTS: tuple[tuple[str, ...], ...] = (
    ("emerg",),
    ("today",),
    ("age", "before"),
    ("where",),
    ("worse", "relief"),
    ("dur",),
    ("effect",),
    ("weaker",),
    ("balance",),
    ("dx", "scan", "scan_says"),
    ("care",),
    ("surg",),
    ("told",),
)
PAST_THE_RED_FLAGS = PARTS[2:]
PART_OF = {key: part for part in PARTS for key in part}
INVITED = ("NOT_FIT", "NOT_NOW", "ASSESS", "REVIEW", "OPTION")


@dataclass(frozen=True)
class Screener:
    """The four pure modules that are proved: the real ones, or mutants of them."""

    conditions: ModuleType
    questions: ModuleType
    rules: ModuleType
    flow: ModuleType

    def judged(self, answers: Mapping[str, Any]) -> reference.Judged:
        """Our decision in the words of the reference."""
        decision = self.rules.decide(answers)
        reasons = tuple(rule.id for rule in decision.reasons)
        return reference.Judged(str(decision.outcome), reasons, decision.soon)

    def walked(self, given: Mapping[str, Any]) -> reference.Walked:
        walk = self.flow.replay(given)
        path = tuple(step.name for step in walk.path)
        unanswered = walk.unanswered.name if walk.unanswered else None
        return reference.Walked(dict(walk.answers), path, unanswered, walk.ended)

    def rank(self, answers: Mapping[str, Any]) -> int:
        return reference.OUTCOMES.index(str(self.rules.decide(answers).outcome))

    def outcome(self, given: Mapping[str, Any]) -> str | None:
        decision = self.flow.outcome(given)
        return decision and str(decision.outcome)


OURS = Screener(conditions, questions, rules, flow)


def subsets(values: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(values) + 1):
        yield from combinations(values, size)


@cache
def possible(key: str) -> tuple[Any, ...]:
    """Every answer to this question that a form takes."""
    if key in reference.ONE:
        return tuple(reference.ONE[key])
    together = (values for values in subsets(reference.SEVERAL[key]) if values)
    return tuple(values for values in together if reference.may_stand_together(key, set(values)))


@cache
def answers_to(part: tuple[str, ...]) -> tuple[Answers, ...]:
    """Every complete set of answers to the questions of a part: all that are asked, each as the form takes it."""
    found = []
    for given in product(*(possible(key) for key in part)):
        answers = dict(zip(part, given, strict=True))
        if "scan_says" in answers and not reference.is_asked("scan_says", answers):
            if answers["scan_says"] != possible("scan_says")[0]:
                continue
            del answers["scan_says"]
        if "before" in answers and not set(answers["before"]) <= set(reference.offered("before", answers)):
            continue
        found.append(answers)
    return tuple(found)


# Typical, stable stenosis with everything known: the answers around which the others are varied.
TYPICAL: Answers = {
    "emerg": ("none",),
    "today": ("none",),
    "age": "50_plus",
    "where": ("leg_both",),
    "worse": ("stand", "walk"),
    "relief": ("sit", "bend"),
    "dur": "over_6m",
    "effect": "a_lot",
    "weaker": "no",
    "balance": "no",
    "dx": "yes",
    "scan": "recent",
    "scan_says": "ligament",
    "care": "not_enough",
    "surg": "none",
    "told": ("none",),
    "before": ("none",),
}


def with_part(answers: Answers) -> Answers:
    """The typical patient with these answers to one part instead."""
    part = PART_OF[next(iter(answers))]
    return {**{key: value for key, value in TYPICAL.items() if key not in part}, **answers}


@dataclass(frozen=True)
class Counts:
    """`sets`: complete answer sets past the red flags, as the clinical paper counts them; `walks`: every way
    through the check that ends in a result, and their number for each outcome.
    """

    sets: int
    walks: int
    outcomes: dict[str, int]


def count(screener: Screener) -> Counts:
    """Exact: the outcome of a full set is the most cautious of its parts, and the parts are chosen freely."""
    totals = Counter({reference.OUTCOMES.index("OPTION"): 1})
    sets = 1
    for part in PAST_THE_RED_FLAGS:
        ranks = Counter(
            screener.rank(answers)
            for answers in answers_to(part)
            if not any(reference.ends(key, answer) for key, answer in answers.items())
        )
        sets *= ranks.total()
        merged: Counter[int] = Counter()
        for (left, many), (right, more) in product(totals.items(), ranks.items()):
            merged[min(left, right)] += many * more
        totals = merged
    for answers in walks_that_end_early():
        totals[screener.rank(answers)] += 1
    by_outcome = {outcome: totals[rank] for rank, outcome in enumerate(reference.OUTCOMES)}
    return Counts(sets, totals.total(), by_outcome)


def walks_that_end_early() -> Iterator[Answers]:
    calm: Answers = {"emerg": ("none",)}
    yield from ({"emerg": answer} for answer in possible("emerg") if reference.ends("emerg", answer))
    yield from ({**calm, "today": answer} for answer in possible("today") if reference.ends("today", answer))
    calm = {**calm, "today": ("none",)}
    for age in possible("age"):
        if reference.ends("age", age):
            yield {**calm, "age": age}
        else:
            yield {**calm, "age": age, "where": ("none",)}

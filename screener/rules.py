"""PURE. What we conclude: the decision table. The most cautious outcome among the rules that fired."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from screener.conditions import Given, When, any_of, as_data, holds, only, when
from screener.questions import BY_KEY, EMERGENCY_SIGNS, QUESTIONS, STEPS, WARNING_SIGNS, Question

RULES_VERSION = "2026.1"
Answers = Mapping[str, str | Collection[str]]


class Outcome(StrEnum):
    """Most cautious first: the order is the rank."""

    EMERGENCY = "EMERGENCY"
    CALL_TODAY = "CALL_TODAY"
    NOT_FIT = "NOT_FIT"
    NOT_NOW = "NOT_NOW"
    ASSESS = "ASSESS"
    REVIEW = "REVIEW"
    OPTION = "OPTION"

    @property
    def rank(self) -> int:
        return list(Outcome).index(self)


@dataclass(frozen=True)
class Rule:
    """`soon`: to be looked at within 2 working days. The reason speaks about the first key of `when`."""

    id: str
    when: When = field(hash=False)
    outcome: Outcome
    soon: bool = False

    @property
    def key(self) -> str:
        return next(iter(self.when))

    @property
    def sources(self) -> tuple[str, ...]:
        """Those of the questions it reads, each once."""
        return tuple(dict.fromkeys(source for key in self.when for source in BY_KEY[key].sources))

    @property
    def seed_lines(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line for key in self.when for line in BY_KEY[key].seeds))


@dataclass(frozen=True)
class Decision:
    """`reasons`: every rule that fired, by rank, then by table order."""

    outcome: Outcome
    reasons: tuple[Rule, ...]

    @property
    def soon(self) -> bool:
        return any(rule.soon for rule in self.reasons)

    @property
    def leading(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.reasons if rule.outcome is self.outcome)

    @property
    def others(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.reasons if rule.outcome is not self.outcome)


_E, _T, _N, _W = Outcome.EMERGENCY, Outcome.CALL_TODAY, Outcome.NOT_FIT, Outcome.NOT_NOW
_A, _V = Outcome.ASSESS, Outcome.REVIEW

RULES: tuple[Rule, ...] = (
    Rule("E1", when(emerg=any_of(*EMERGENCY_SIGNS)), _E),
    Rule("T1", when(emerg=any_of("not_sure")), _T),
    Rule("T2", when(today=any_of(*WARNING_SIGNS)), _T),
    Rule("T3", when(today=any_of("not_sure")), _T),
    Rule("N1", when(age=any_of("under_18")), _N),
    Rule("N2", when(where=any_of("none")), _N),
    Rule("N3", when(surg=any_of("same")), _N),
    Rule("N4", when(told=any_of("unstable")), _N),
    Rule("N5", when(told=any_of("disc_main")), _N),
    Rule("N6", when(told=any_of("tumor", "fracture")), _N),
    Rule("N7", when(worse=any_of("neither"), relief=any_of("nothing")), _N),
    Rule("N8", when(scan_says=any_of("neither"), scan=any_of("recent"), dx=any_of("no", "not_sure")), _N),
    Rule("W1", when(before=any_of("infection")), _W),
    Rule("W2", when(before=any_of("pregnant")), _W),
    Rule("W3", when(care=any_of("helped")), _W),
    Rule("W4", when(effect=any_of("little")), _W),
    Rule("A1", when(worse=any_of("neither", "not_sure")), _A),
    Rule("A2", when(relief=any_of("nothing", "not_sure")), _A),
    Rule("A3", when(relief=any_of("stand_still")), _A),
    Rule("A4", when(dx=any_of("no", "not_sure")), _A),
    Rule("A5", when(scan=any_of("none", "not_sure")), _A),
    Rule("A6", when(scan=any_of("cannot")), _A),
    Rule("A7", when(scan_says=any_of("neither"), dx=any_of("yes")), _A),
    Rule("A8", when(care=any_of("not_tried", "not_sure")), _A),
    Rule("A9", when(dur=any_of("under_3m", "not_sure")), _A),
    Rule("V1", when(before=any_of("thinner")), _V),
    Rule("V2", when(before=any_of("bleed")), _V),
    Rule("V3", when(before=any_of("allergy")), _V),
    Rule("V4", when(before=any_of("prone")), _V),
    Rule("V5", when(before=any_of("bladder_old")), _V),
    Rule("V6", when(before=any_of("not_sure")), _V),
    Rule("V7", when(surg=any_of("other", "not_sure")), _V),
    Rule("V8", when(told=any_of("slip")), _V),
    Rule("V9", when(told=any_of("disc_bulge")), _V),
    Rule("V10", when(told=any_of("not_sure")), _V),
    Rule("V11", when(age=any_of("18_49")), _V),
    Rule("V12", when(scan=any_of("old")), _V),
    Rule("V13", when(scan_says=any_of("narrowing")), _V),
    Rule("V14", when(scan_says=any_of("not_sure")), _V),
    Rule("V15", when(where=only("back")), _V),
    Rule("V16", when(weaker=any_of("yes")), _V, soon=True),
    Rule("V17", when(weaker=any_of("not_sure")), _V),
    Rule("V18", when(balance=any_of("yes")), _V, soon=True),
    Rule("V19", when(balance=any_of("not_sure")), _V),
)


def decide(answers: Answers) -> Decision:
    """The decision for answers by question key: a string for a radio key, a collection for a checkbox key.

    An absent key, or an empty collection, fires nothing. Raises ValueError for an unknown key or value and
    for a wrong shape. Whether anything is missing is not asked here; see flow.outcome.
    """
    given = as_given(answers)
    fired = sorted((rule for rule in RULES if holds(rule.when, given)), key=lambda rule: rule.outcome.rank)
    return Decision(outcome=fired[0].outcome if fired else Outcome.OPTION, reasons=tuple(fired))


def as_given(answers: Answers) -> Given:
    """Answers as sets of known values. Raises ValueError as `decide` does."""
    if not isinstance(answers, Mapping):
        raise ValueError("The answers must be a mapping from question keys to answers.")
    given = {}
    for key, answer in answers.items():
        if key not in BY_KEY:
            raise ValueError(f"There is no question {key!r}.")
        given[key] = _values(BY_KEY[key], answer)
    return given


def _values(question: Question, answer: object) -> frozenset[str]:
    if question.kind == "one":
        values: Collection[object] = (answer,)
    elif isinstance(answer, Collection) and not isinstance(answer, str | bytes | bytearray | Mapping):
        values = answer
    else:
        raise ValueError(f"The answer to {question.key} must be a collection of strings.")
    known = frozenset(value for value in values if isinstance(value, str) and value in question.values)
    if any(not isinstance(value, str) or value not in known for value in values):
        raise ValueError(f"The answer to {question.key} has a value that is not one of its options.")
    return known


def canonical() -> str:
    """Every question and rule in one fixed spelling: equal text means equal judgement."""
    return json.dumps(
        {
            "version": RULES_VERSION,
            "steps": [[step.name, *step.keys] for step in STEPS],
            "questions": [_question_data(question) for question in QUESTIONS],
            "rules": [
                [rule.id, as_data(rule.when), rule.outcome, rule.soon, rule.sources, rule.seed_lines]
                for rule in RULES
            ],
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )


def _question_data(question: Question) -> list[object]:
    options = [
        [each.value, each.alone, each.ends, each.outweighs, each.supports, as_data(each.ask_when)]
        for each in question.options
    ]
    return [question.key, question.kind, question.information, as_data(question.ask_when), options]


def digest() -> str:
    """SHA-256 of `canonical()`, 64 hexadecimal digits: what a reviewer signs."""
    return sha256(canonical().encode()).hexdigest()

"""The proof over all answers: why looking at each part is enough, ours against the reference, counts, and what is reached.

Tests that take `screener` are run on mutants of the rules as well, by `make audit`; those about the committed file are not.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import pytest

from screener import rules
from tests.screener import proof, reference
from tests.screener.space import (
    PART_OF,
    PARTS,
    TYPICAL,
    Answers,
    Screener,
    answers_to,
    count,
    possible,
    subsets,
    walks_that_end_early,
    with_part,
)


class Recording(dict[str, frozenset[str]]):
    """Answers that remember which keys were looked at."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        super().__init__({key: frozenset(reference.as_set(answer)) for key, answer in answers.items()})
        self.read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> frozenset[str]:
        self.read.add(key)
        return super().__getitem__(key)


# Why looking at each part is enough


def test_parts_hold_every_required_question_once() -> None:
    assert sorted(key for part in PARTS for key in part) == sorted(reference.REQUIRED)


def test_no_rule_reads_across_two_parts(screener: Screener) -> None:
    for rule in screener.rules.RULES:
        assert len({PART_OF[key] for key in rule.when}) == 1
    for question in screener.questions.QUESTIONS:
        for condition in (question.ask_when, *(option.ask_when for option in question.options)):
            for key in condition:
                assert PART_OF[key] == PART_OF[question.key]


def test_a_condition_looks_at_nothing_but_the_keys_it_names(screener: Screener) -> None:
    for rule in screener.rules.RULES:
        for answers in answers_to(PART_OF[rule.key]):
            recording = Recording(with_part(answers))
            screener.conditions.holds(rule.when, recording)
            assert recording.read <= set(rule.when)


def test_each_rule_fires_as_it_would_alone_and_the_gravest_decides(screener: Screener) -> None:
    """Two at a time: no rule silences another, so the reasons of a full set are those of its parts together."""
    speaking = {}
    for rule in screener.rules.RULES:
        speaking[rule.id] = next(
            answers
            for answers in answers_to(PART_OF[rule.key])
            if rule.id in screener.judged(answers).reasons
        )
    table = [row.id for row in reference.TABLE]
    for one, other in combinations(speaking.values(), 2):
        both = {**one, **other}
        if PART_OF[next(iter(one))] != PART_OF[next(iter(other))]:
            expected = {*screener.judged(one).reasons, *screener.judged(other).reasons}
            judged = screener.judged(both)
            rank = {row.id: reference.OUTCOMES.index(row.outcome) for row in reference.TABLE}
            assert judged.reasons == tuple(sorted(expected, key=lambda id: (rank[id], table.index(id))))
            assert screener.rank(both) == min(screener.rank(one), screener.rank(other))
            assert judged.soon == (screener.judged(one).soon or screener.judged(other).soon)


# Ours against the reference


def test_all_answers_are_judged_as_the_reference_does(screener: Screener) -> None:
    for part in PARTS:
        for answers in answers_to(part):
            assert screener.judged(answers) == reference.judge(answers)
            assert screener.judged(with_part(answers)) == reference.judge(with_part(answers))
    assert screener.judged({}) == reference.judge({})


def test_answers_that_no_form_takes_are_judged_as_the_reference_does_too(screener: Screener) -> None:
    """decide() is open to any set of known values, also to those that exclude each other."""
    for key in reference.SEVERAL:
        for first, second in combinations(reference.SEVERAL[key], 2):
            assert screener.judged({key: [first, second]}) == reference.judge({key: [first, second]})
    for worse in subsets(reference.SEVERAL["worse"]):
        for relief in subsets(reference.SEVERAL["relief"]):
            answers = {"worse": worse, "relief": relief}
            assert screener.judged(answers) == reference.judge(answers)
    for scan in possible("scan"):
        for says in possible("scan_says"):
            for dx in (*possible("dx"), ()):
                answers = {"scan": scan, "scan_says": says} | ({"dx": dx} if dx else {})
                assert screener.judged(answers) == reference.judge(answers)


def test_questions_and_options_are_those_of_the_paper(screener: Screener) -> None:
    asked = {question.key: question for question in screener.questions.QUESTIONS}
    assert list(asked) == sorted(asked, key=[*TYPICAL_ORDER, *reference.BESIDE].index)
    assert set(asked) == set(reference.VALUES)
    assert {step.name: step.keys for step in screener.questions.STEPS} == reference.STEPS
    assert [step.name for step in screener.questions.STEPS] == list(reference.STEPS)
    for key, question in asked.items():
        assert list(question.values) == reference.VALUES[key]
        assert (question.kind == "many") == (key in reference.SEVERAL)
        assert question.required == (key not in reference.INFORMATION)
        assert question.information == (key in reference.INFORMATION)
        for option in question.options:
            assert option.supports == (option.value in reference.SUPPORTING.get(key, ()))
            assert question.option(option.value) is option
        assert [step.keys for step in screener.questions.STEPS if question in step.questions] == [
            keys for keys in reference.STEPS.values() if key in keys
        ]


def test_rules_are_those_of_the_paper_in_its_order(screener: Screener) -> None:
    assert [rule.id for rule in screener.rules.RULES] == [row.id for row in reference.TABLE]


def test_outcomes_are_ranked_the_most_cautious_first(screener: Screener) -> None:
    assert [str(outcome) for outcome in screener.rules.Outcome] == list(reference.OUTCOMES)
    assert [outcome.rank for outcome in screener.rules.Outcome] == list(range(len(reference.OUTCOMES)))


TYPICAL_ORDER = [key for keys in reference.STEPS.values() for key in keys]


HOSTILE_SHAPES: tuple[Any, ...] = (
    {"age": "49"},
    {"age": ["50_plus"]},
    {"age": None},
    {"age": ""},
    {"age": 50},
    {"emerg": "none"},
    {"emerg": b"none"},
    {"emerg": bytearray(b"none")},
    {"emerg": {"none": 1}},
    {"emerg": ["e_other"]},
    {"emerg": ["none", "e_other"]},
    {"emerg": [["none"]]},
    {"emerg": [None]},
    {"emerg": None},
    {"emerg": 1},
    {"told": [1]},
    {"told": ["slip", 1]},
    {"name": "x"},
    {"who": ["self"]},
    ["age"],
    "age",
    None,
)


def test_unknown_keys_values_and_shapes_are_refused_with_value_error(screener: Screener) -> None:
    for answers in HOSTILE_SHAPES:
        with pytest.raises(ValueError, match=r"answer|question"):
            screener.rules.decide(answers)
    assert screener.judged({"emerg": [], "told": ()}) == reference.judge({})


# What is reached


def test_every_outcome_rule_option_and_question_is_reached_by_a_walk(screener: Screener) -> None:
    outcomes, fired, leading, given = set(), set(), set(), set()
    for answers in full_walks():
        decision = screener.flow.outcome(answers)
        assert decision is not None
        outcomes.add(str(decision.outcome))
        fired |= {rule.id for rule in decision.reasons}
        leading |= {rule.id for rule in decision.leading}
        kept = screener.flow.replay(answers).answers
        given |= {(key, value) for key, answer in kept.items() for value in reference.as_set(answer)}

    assert outcomes == set(reference.OUTCOMES)
    assert fired == leading == {row.id for row in reference.TABLE}
    assert given == {(key, value) for key, values in reference.VALUES.items() for value in values}


def full_walks() -> Iterator[Answers]:
    """For each answer to each part, the typical patient with that answer; and each piece of information once."""
    for part in PARTS:
        for answers in answers_to(part):
            yield with_part(answers)
    for key in reference.INFORMATION:
        for answer in possible(key):
            yield {**TYPICAL, key: answer}


def test_each_outcome_has_as_many_walks_as_the_committed_file_says(screener: Screener) -> None:
    counts = count(screener)

    assert counts.outcomes == proof.committed()["outcomes"]
    assert sum(counts.outcomes.values()) == counts.walks == proof.committed()["walks"]
    assert counts.walks == counts.sets + len(list(walks_that_end_early()))
    assert counts.outcomes["EMERGENCY"] == (2**6 - 1) * 4
    # where 15 + 15, worse 3, relief 3, duration 2, effect 2; everything else has one answer only.
    assert counts.outcomes["OPTION"] == 30 * 3 * 3 * 2 * 2


# The committed file


def test_rules_are_those_of_the_committed_version() -> None:
    assert proof.fault(proof.committed(), proof.present()) == ""


def test_changed_rules_without_a_raised_version_fail_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RULES", rules.RULES[:-1])

    assert "Raise RULES_VERSION in screener/rules.py" in proof.fault(proof.committed(), proof.present())
    assert proof.main(["--write"]) == 1
    raised = {**proof.present(), "version": "2027.1"}
    assert "Run .venv/bin/python -m tests.screener.proof --write" in proof.fault(proof.committed(), raised)

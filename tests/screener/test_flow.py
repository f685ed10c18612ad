"""The walk: what is asked of whom, what ends it, and what is believed of a heap of answers."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import flow
from screener.questions import BY_KEY, STEPS
from screener.rules import decide
from tests.screener.patients import TYPICAL, patient, walk_of

REQUIRED = [key for key in TYPICAL if BY_KEY[key].required]


def test_complete_walk_has_fifteen_steps_in_the_order_of_the_contract() -> None:
    walk = walk_of(TYPICAL)

    assert walk.complete
    assert [step.name for step in walk.path] == (
        [
            "emerg",
            "today",
            "age",
            "where",
            "worse",
            "relief",
            "duration",
            "weakness",
            "diagnosis",
            "scan",
            "report",
            "care",
            "surgery",
            "told",
            "before",
        ]
    )


@pytest.mark.parametrize("key", REQUIRED)
def test_without_a_required_answer_there_is_no_outcome_and_its_step_is_asked(key: str) -> None:
    walk = walk_of(patient(**{key: None}))

    assert flow.outcome(patient(**{key: None})) is None
    assert walk.unanswered
    assert key in walk.unanswered.keys


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"emerg": ["e_weak"]}, "EMERGENCY"),
        ({"emerg": ["not_sure"]}, "CALL_TODAY"),
        ({"today": ["t_night"]}, "CALL_TODAY"),
        ({"today": ["not_sure"]}, "CALL_TODAY"),
        ({"age": "under_18"}, "NOT_FIT"),
        ({"where": ["none"]}, "NOT_FIT"),
    ],
    ids=str,
)
def test_walk_ends_at_once_and_forgets_what_lies_behind(changes: dict[str, Any], outcome: str) -> None:
    walk = walk_of(patient(**changes))
    decision = flow.outcome(patient(**changes))

    assert walk.ended
    assert list(walk.answers)[-1] == next(iter(changes))
    assert decision
    assert decision.outcome == outcome


def test_report_is_asked_only_of_those_with_a_scan() -> None:
    for scan in ("recent", "old"):
        assert "report" in [step.name for step in walk_of(patient(scan=scan)).path]
    for scan in ("none", "cannot", "not_sure"):
        walk = walk_of(patient(scan=scan))
        assert "report" not in [step.name for step in walk.path]
        assert "scan_says" not in walk.answers


def test_pregnancy_is_asked_only_of_the_younger_and_falls_away_with_the_age() -> None:
    assert walk_of(patient(age="18_49", before=["pregnant"])).complete
    assert walk_of(patient(age="50_plus", before=["pregnant", "thinner"])).answers["before"] == ("thinner",)
    assert walk_of(patient(age="50_plus", before=["pregnant"])).unanswered


def test_none_beside_another_answer_is_asked_again_unless_it_is_an_emergency_sign() -> None:
    assert walk_of(patient(told=["none", "slip"])).unanswered
    assert walk_of(patient(relief=["sit", "not_sure"])).unanswered
    assert walk_of(patient(told=["slip", "not_sure"])).complete
    assert walk_of({"emerg": ["none", "e_cold"]}).ended


def test_a_sign_that_is_gone_after_a_release_never_turns_into_none() -> None:
    assert "emerg" not in walk_of(patient(emerg=["none", "e_old"])).answers
    assert walk_of(patient(told=["slip", "gone"])).answers["told"] == ("slip",)


def test_what_stands_beside_the_walk_is_kept() -> None:
    walk = walk_of({"who": "other", "sleep_mood": "yes", "esi_date": "bad"})

    assert dict(walk.answers) == {"who": "other", "sleep_mood": "yes"}


def test_question_that_a_change_opens_is_asked_alone() -> None:
    walk = walk_of(patient(scan="old", scan_says=None))

    assert walk.unanswered
    assert walk.unanswered.name == "report"
    assert walk.path[-1].name == "report"
    assert walk.answers["before"] == ("none",)
    assert walk_of({**walk.answers, "scan_says": "ligament"}).complete


def test_changing_any_one_answer_resolves_to_a_result_or_to_a_question() -> None:
    for key in REQUIRED:
        for value in BY_KEY[key].values:
            answer = [value] if BY_KEY[key].kind == "many" else value
            walk = walk_of(patient(**{key: answer}))
            assert walk.complete or walk.unanswered in STEPS
            assert len(walk.path) <= 15


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
VALUES = sorted({value for question in BY_KEY.values() for value in question.values})
ANSWERS = st.dictionaries(
    st.sampled_from(sorted(BY_KEY)) | st.text(max_size=6),
    st.sampled_from(VALUES) | st.lists(st.sampled_from(VALUES), max_size=5) | ANYTHING,
    max_size=24,
)


@settings(max_examples=150, deadline=None)
@given(ANSWERS)
def test_hostile_answers_never_break_the_walk_and_never_pass_unseen(answers: dict[str, Any]) -> None:
    walk = flow.replay(answers)

    assert flow.replay(walk.answers).answers == walk.answers
    decide(walk.answers)
    for key, answer in walk.answers.items():
        values = (answer,) if isinstance(answer, str) else answer
        assert set(values) <= set(BY_KEY[key].values)


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_hostile_answers_are_decided_or_refused_with_value_error(answers: dict[str, Any]) -> None:
    with suppress(ValueError):
        assert decide(answers).outcome

"""The sixteen invariants of the clinical paper (3.4), each over all answers.

The outcome is the most cautious rank among rules that fired, and no rule reads across two parts. So the rank of a full
answer set is the least rank of its parts: what holds for the rank of each part holds for all 4 × 10^12 sets.
Tests that take `screener` are run on mutants of the rules as well, by `make audit`.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import permutations, product

from screener.questions import EMERGENCY_SIGNS
from screener.rules import RULES_VERSION
from tests.screener import reference
from tests.screener.space import PARTS, TYPICAL, Answers, Screener, answers_to, possible, subsets, with_part

RANK = {outcome: rank for rank, outcome in enumerate(reference.OUTCOMES)}


def everything() -> Iterator[Answers]:
    for part in PARTS:
        yield from answers_to(part)


def test_invariant_01_any_emergency_sign_is_an_emergency_whatever_else(screener: Screener) -> None:
    for chosen in filter(None, subsets(reference.SEVERAL["emerg"])):
        has_sign = any(value.startswith("e_") for value in chosen)
        assert (screener.rank({"emerg": chosen}) == RANK["EMERGENCY"]) == has_sign
        if has_sign:
            assert screener.outcome({**TYPICAL, "emerg": chosen, "age": "under_18"}) == "EMERGENCY"
            assert screener.outcome({"emerg": (*chosen, "none")}) == "EMERGENCY"
    assert {tuple(sign for sign in EMERGENCY_SIGNS)} == {
        tuple(value for value in reference.SEVERAL["emerg"] if value.startswith("e_"))
    }
    for answers in everything():
        assert screener.rank({**answers, "emerg": ("e_cold",)}) == RANK["EMERGENCY"]


def test_invariant_02_a_warning_sign_or_a_doubt_about_one_is_a_call_today(screener: Screener) -> None:
    for key in ("emerg", "today"):
        for (answer,) in (tuple(each.values()) for each in answers_to((key,))):
            if not any(value.startswith("e_") for value in answer):
                rank = RANK["OPTION"] if answer == ("none",) else RANK["CALL_TODAY"]
                assert screener.rank({key: answer}) == rank
    for part in PARTS[2:]:
        for answers in answers_to(part):
            assert screener.rank(answers) > RANK["CALL_TODAY"]
            assert screener.rank({**answers, "today": ("t_foot",)}) == RANK["CALL_TODAY"]


def test_invariant_03_option_exactly_for_the_answers_named_and_never_with_a_doubt(screener: Screener) -> None:
    several = {"where": {"buttock", "leg_one", "leg_both", "feet"}, "worse": {"stand", "walk"}}
    for answers in everything():
        named = all(
            bool(set(answer) & several["where"])
            if key == "where"
            else set(answer) <= several["worse"]
            if key == "worse"
            else set(answer) <= {"sit", "bend"}
            if key == "relief"
            else answer in ("3_6m", "over_6m")
            if key == "dur"
            else answer in ("some", "a_lot")
            if key == "effect"
            else answer == TYPICAL[key]
            for key, answer in answers.items()
        )
        on_the_path = "scan" not in answers or answers["scan"] in ("recent", "old")
        assert (screener.rank(answers) == RANK["OPTION"]) == (named and on_the_path)
        if any("not_sure" in reference.as_set(answer) for answer in answers.values()):
            assert screener.rank(answers) < RANK["OPTION"]


def test_invariant_04_a_graver_answer_never_raises_the_rank(screener: Screener) -> None:
    for key in ("emerg", "today", "told", "before"):
        ages = possible("age") if key == "before" else (None,)
        for age, given in product(ages, subsets(reference.SEVERAL[key])):
            base: Answers = {} if age is None else {"age": age}
            rank = screener.rank({**base, key: given or ("none",)})
            without_none = [value for value in given if value != "none"]
            for value in reference.SEVERAL[key]:
                if value != "none":
                    assert screener.rank({**base, key: [*without_none, value]}) <= rank
    for before in possible("before"):
        ranks = [screener.rank({"age": age, "before": before}) for age in ("50_plus", "18_49", "under_18")]
        assert ranks == sorted(ranks, reverse=True)
    for key in ("weaker", "balance"):
        ranks = [screener.rank({key: value}) for value in ("no", "not_sure", "yes")]
        assert ranks == sorted(ranks, reverse=True)
    ranks = [screener.rank({"surg": value}) for value in ("none", "not_sure", "other", "same")]
    assert ranks == sorted(ranks, reverse=True)


def test_invariant_05_a_doubt_is_never_better_than_the_best_answer(screener: Screener) -> None:
    for key in ("worse", "relief", "dx", "care", "dur", "scan_says"):
        part = next(part for part in PARTS if key in part)
        for answers in answers_to(part):
            if key in answers and reference.as_set(answers[key]) <= reference.SUPPORTING[key]:
                doubt = ("not_sure",) if key in reference.SEVERAL else "not_sure"
                doubted = screener.rank({**answers, key: doubt})
                assert doubted <= screener.rank(answers)
                assert doubted < RANK["OPTION"]


def test_invariant_06_information_changes_neither_outcome_nor_reasons(screener: Screener) -> None:
    for rule in screener.rules.RULES:
        assert not set(rule.when) & reference.INFORMATION
    for question in screener.questions.QUESTIONS:
        assert not set(question.ask_when) & reference.INFORMATION
        for option in question.options:
            assert not set(option.ask_when) & reference.INFORMATION
    for key in reference.INFORMATION:
        for answer in possible(key):
            for base in (TYPICAL, {**TYPICAL, "told": ("slip",), "weaker": "yes"}, {"emerg": ("e_cold",)}):
                assert screener.rules.decide({**base, key: answer}) == screener.rules.decide(base)
                assert screener.flow.outcome({**base, key: answer}) == screener.flow.outcome(base)


def test_invariant_07_same_answers_in_any_order_give_the_same_outcome_and_reasons(screener: Screener) -> None:
    for key in reference.SEVERAL:
        for answer in possible(key):
            sets = {
                screener.rules.as_given({key: each})[key]
                for each in (answer, answer[::-1], list(answer), set(answer), frozenset(answer), answer * 2)
            }
            assert sets == {frozenset(answer)}
    worst = {**TYPICAL, "told": ("slip", "tumor"), "before": ("thinner", "prone"), "relief": ("stand_still",)}
    for order in permutations(("told", "before", "relief", "weaker", "age")):
        turned = {key: worst[key] for key in (*order, *worst)}
        assert screener.rules.decide(turned) == screener.rules.decide(worst)
        assert screener.rules.decide(dict(reversed(turned.items()))) == screener.rules.decide(worst)


def test_invariant_08_every_outcome_but_option_has_a_reason_and_each_reason_fired(screener: Screener) -> None:
    for answers in everything():
        decision = screener.rules.decide(with_part(answers))
        assert (str(decision.outcome) == "OPTION") == (not decision.reasons)
        assert all(
            screener.rules.holds(rule.when, screener.rules.as_given(with_part(answers)))
            for rule in decision.reasons
        )
        assert bool(decision.leading) == bool(decision.reasons)
        assert decision.leading + decision.others == decision.reasons
        assert {rule.outcome for rule in decision.leading} <= {decision.outcome}
        assert decision.outcome not in {rule.outcome for rule in decision.others}


def test_invariant_09_without_a_required_answer_there_is_no_outcome(screener: Screener) -> None:
    assert screener.flow.outcome({}) is None
    for scan in possible("scan"):
        whole = {**TYPICAL, "scan": scan}
        asked = [key for key in reference.REQUIRED if reference.is_asked(key, whole)]
        for number, key in enumerate(asked):
            without = {other: answer for other, answer in whole.items() if other != key}
            assert screener.flow.outcome(without) is None
            assert screener.flow.outcome({other: whole[other] for other in asked[:number]}) is None
            assert screener.flow.outcome({**whole, key: () if key in reference.SEVERAL else ""}) is None
            for other in asked:
                fewer = {each: answer for each, answer in without.items() if each != other}
                assert screener.flow.outcome(fewer) is None
        assert screener.flow.outcome(whole) is not None


def test_invariant_14_rules_carry_a_version_and_a_digest(screener: Screener) -> None:
    """What is stored keeps both: the rest of this invariant stands in test_invariants_pages."""
    assert re.fullmatch(r"\d{4}\.\d+", RULES_VERSION)
    assert re.fullmatch(r"[0-9a-f]{64}", screener.rules.digest())
    told = json.loads(screener.rules.canonical())
    assert told["version"] == RULES_VERSION
    assert [rule[0] for rule in told["rules"]] == [row.id for row in reference.TABLE]
    assert screener.rules.digest() == sha256(screener.rules.canonical().encode()).hexdigest()


def test_invariant_16_no_path_is_longer_than_fifteen_steps_and_each_step_still_matters(
    screener: Screener,
) -> None:
    assert len(screener.questions.STEPS) == 15
    # A rule that reads one question alone fires or not whatever else was said: that answer changes the reasons.
    for key in reference.REQUIRED:
        alone = [rule for rule in screener.rules.RULES if set(rule.when) == {key}]
        told_apart = {
            tuple(
                screener.rules.holds(rule.when, {key: frozenset(reference.as_set(answer))}) for rule in alone
            )
            for answer in possible(key)
        }
        assert len(told_apart) > 1, key
    for step in screener.questions.STEPS:
        assert set(step.keys) & set(reference.REQUIRED)

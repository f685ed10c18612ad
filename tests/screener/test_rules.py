"""The decision table: every rule speaks for some patient, and the caution promised in clinical.md holds."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest

from screener import rules
from screener.conditions import any_of, holds, only, when
from screener.questions import BY_KEY, EMERGENCY_SIGNS, QUESTIONS, WARNING_SIGNS, Question
from screener.rules import RULES, Outcome, decide
from tests.screener.patients import TYPICAL, patient

# One case per rule: what differs from the typical patient.
CASES: dict[str, dict[str, Any]] = {
    "E1": {"emerg": ["e_saddle"]},
    "T1": {"emerg": ["not_sure"]},
    "T2": {"today": ["t_fever"]},
    "T3": {"today": ["not_sure"]},
    "N1": {"age": "under_18"},
    "N2": {"where": ["none"]},
    "N3": {"surg": "same"},
    "N4": {"told": ["unstable"]},
    "N5": {"told": ["disc_main"]},
    "N6": {"told": ["fracture"]},
    "N7": {"worse": ["neither"], "relief": ["nothing"]},
    "N8": {"scan_says": "neither", "dx": "not_sure"},
    "W1": {"before": ["infection"]},
    "W2": {"age": "18_49", "before": ["pregnant"]},
    "W3": {"care": "helped"},
    "W4": {"effect": "little"},
    "A1": {"worse": ["not_sure"]},
    "A2": {"relief": ["nothing"]},
    "A3": {"relief": ["sit", "stand_still"]},
    "A4": {"dx": "no"},
    "A5": {"scan": "none", "scan_says": None},
    "A6": {"scan": "cannot", "scan_says": None},
    "A7": {"scan_says": "neither", "dx": "yes"},
    "A8": {"care": "not_tried"},
    "A9": {"dur": "under_3m"},
    "V1": {"before": ["thinner"]},
    "V2": {"before": ["bleed"]},
    "V3": {"before": ["allergy"]},
    "V4": {"before": ["prone"]},
    "V5": {"before": ["bladder_old"]},
    "V6": {"before": ["not_sure"]},
    "V7": {"surg": "other"},
    "V8": {"told": ["slip"]},
    "V9": {"told": ["disc_bulge"]},
    "V10": {"told": ["not_sure"]},
    "V11": {"age": "18_49"},
    "V12": {"scan": "old"},
    "V13": {"scan_says": "narrowing"},
    "V14": {"scan_says": "not_sure"},
    "V15": {"where": ["back"]},
    "V16": {"weaker": "yes"},
    "V17": {"weaker": "not_sure"},
    "V18": {"balance": "yes"},
    "V19": {"balance": "not_sure"},
}
# The keys that a rule reads together stand together; whatever stands apart adds nothing but its own rank.
PARTS = (
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


def ids(answers: dict[str, Any]) -> set[str]:
    return {rule.id for rule in decide(answers).reasons}


def possible_answers(question: Question) -> Iterator[Any]:
    """Every answer that the form lets through."""
    if question.kind == "one":
        yield from question.values
        return
    together = [option.value for option in question.options if not option.alone]
    yield from ([option.value] for option in question.options if option.alone)
    for size in range(1, len(together) + 1):
        yield from (list(chosen) for chosen in combinations(together, size))


def answer_sets(keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every complete set of answers to these keys that a walk can hold."""
    for values in product(*(possible_answers(BY_KEY[key]) for key in keys)):
        answers = dict(zip(keys, values, strict=True))
        off_the_path = "scan_says" in keys and answers["scan"] not in ("recent", "old")
        if off_the_path and answers.pop("scan_says") != "ligament":
            continue
        if "before" in keys and "pregnant" in answers["before"] and answers["age"] != "18_49":
            continue
        yield answers


def rank(answers: dict[str, Any]) -> int:
    return decide(answers).outcome.rank


def outcomes_over_the_whole_space(parts: tuple[tuple[str, ...], ...]) -> Counter[int]:
    """How many complete answer sets end in each rank: the minimum over independent parts, counted exactly."""
    totals: Counter[int] = Counter({Outcome.OPTION.rank: 1})
    for part in parts:
        counts = Counter(rank(answers) for answers in answer_sets(part))
        merged: Counter[int] = Counter()
        for (left, many), (right, more) in product(totals.items(), counts.items()):
            merged[min(left, right)] += many * more
        totals = merged
    return totals


def test_typical_patient_with_everything_known_may_ask_about_mild() -> None:
    decision = decide(TYPICAL)

    assert decision.outcome == "OPTION"
    assert decision.reasons == ()
    assert not decision.soon


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_speaks_for_some_patient_and_sets_at_most_its_own_caution(rule: rules.Rule) -> None:
    decision = decide(patient(**CASES[rule.id]))

    assert rule in decision.reasons
    assert decision.outcome.rank <= rule.outcome.rank


def test_the_table_has_every_rule_once_and_names_only_questions_and_options_that_exist() -> None:
    assert set(CASES) == {rule.id for rule in RULES}
    assert len(RULES) == 44
    for condition in [rule.when for rule in RULES] + [question.ask_when for question in QUESTIONS]:
        for key, test in condition.items():
            assert set(test.values) <= set(BY_KEY[key].values)


def test_each_option_that_is_not_information_is_read_by_a_rule_or_supports() -> None:
    read = {(key, value) for rule in RULES for key, test in rule.when.items() for value in test.values}

    for question in QUESTIONS:
        for option in question.options:
            assert question.information or option.supports or (question.key, option.value) in read


def test_reasons_stand_by_rank_and_then_as_in_the_table() -> None:
    decision = decide(patient(told=["slip", "unstable"], before=["thinner"], care="not_tried", age="18_49"))

    assert [rule.id for rule in decision.reasons] == ["N4", "A8", "V1", "V8", "V11"]
    assert [rule.id for rule in decision.leading] == ["N4"]


@pytest.mark.parametrize("key", ["weaker", "balance"])
def test_growing_weakness_or_clumsiness_is_to_be_seen_soon_even_beside_other_reasons(key: str) -> None:
    assert decide(patient(**{key: "yes"})).soon
    assert decide(patient(**{key: "yes", "surg": "same"})).soon
    assert not decide(patient(**{key: "not_sure"})).soon


def test_rule_sources_are_those_of_its_questions() -> None:
    by_id = {rule.id: rule for rule in RULES}

    assert by_id["N3"].sources == ("mot-elig", "orthova")
    assert by_id["A3"].sources == ("jama10", "delphi", "nad13")
    assert by_id["V18"].sources == ("bal16",)
    assert by_id["V15"].sources == ()
    assert by_id["V15"].seed_lines


@pytest.mark.parametrize(
    "answers",
    [
        {"age": "49"},
        {"age": ["50_plus"]},
        {"age": None},
        {"age": ""},
        {"emerg": "none"},
        {"emerg": b"none"},
        {"emerg": {"none": 1}},
        {"emerg": ["e_other"]},
        {"emerg": [["none"]]},
        {"told": [1]},
        {"name": "x"},
        {"feel": ["sharp"]},
        {"who": ["self"]},
    ],
    ids=str,
)
def test_unknown_keys_values_and_shapes_are_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"answer|question"):
        decide(answers)


def test_any_collection_of_strings_is_taken_and_an_empty_one_counts_as_absent() -> None:
    for shape in (list, tuple, set, frozenset):
        assert ids({"told": shape(["slip"])}) == {"V8"}
        assert ids({"told": shape()}) == set()
    assert decide({}).outcome == "OPTION"


def test_conditions_say_any_of_or_only() -> None:
    given = {"where": frozenset({"back", "feet"}), "told": frozenset[str]()}

    assert holds(when(where=any_of("back")), given)
    assert not holds(when(where=only("back")), given)
    assert holds(when(where=only("back", "feet")), given)
    assert not holds(when(told=only("slip")), given)
    assert not holds(when(dx=any_of("yes")), given)


# Invariants of clinical.md 3.4, over the whole answer space where parts stand apart.


def test_the_parts_really_stand_apart() -> None:
    part_of = {key: part for part in PARTS for key in part}

    for rule in RULES:
        assert len({part_of[key] for key in rule.when}) == 1
    assert set(part_of) == {question.key for question in QUESTIONS if not question.information}


def test_invariant_1_any_emergency_sign_is_an_emergency_whatever_else() -> None:
    for answers in answer_sets(("emerg",)):
        is_sign = bool(set(answers["emerg"]) & set(EMERGENCY_SIGNS))
        assert (decide(answers).outcome == "EMERGENCY") == is_sign
    assert decide({"emerg": ["e_cold", "none", "not_sure"]}).outcome == "EMERGENCY"


def test_invariant_2_a_warning_sign_or_a_doubt_is_a_call_today() -> None:
    for key in ("emerg", "today"):
        for answers in answer_sets((key,)):
            given = set(answers[key])
            if not given & set(EMERGENCY_SIGNS):
                called = bool(given & {*WARNING_SIGNS, "not_sure"})
                assert (decide(answers).outcome == "CALL_TODAY") == called
    for part in PAST_THE_RED_FLAGS:
        assert min(rank(answers) for answers in answer_sets(part)) >= Outcome.NOT_FIT.rank


def test_invariant_3_option_only_for_the_answers_named_and_never_with_a_doubt() -> None:
    wanted = {
        "where": lambda given: bool(set(given) & {"buttock", "leg_one", "leg_both", "feet"}),
        "worse": lambda given: set(given) <= {"stand", "walk"},
        "relief": lambda given: set(given) <= {"sit", "bend"},
        "dur": lambda given: given in ("3_6m", "over_6m"),
        "effect": lambda given: given in ("some", "a_lot"),
    }
    for part in PARTS:
        for answers in answer_sets(part):
            expected = all(
                wanted[key](answer) if key in wanted else answer == TYPICAL[key]
                for key, answer in answers.items()
            )
            complete = set(part) == set(answers)
            assert (decide(answers).outcome == "OPTION") == (expected and complete)


@pytest.mark.parametrize("key", ["emerg", "today", "told", "before"])
def test_invariant_4_adding_a_value_never_raises_the_rank(key: str) -> None:
    for answers in answer_sets((key,) if key != "before" else ("age", "before")):
        given = [value for value in answers[key] if value != "none"]
        for value in BY_KEY[key].values:
            if value != "none":
                assert rank({**answers, key: [*given, value]}) <= rank(answers)


def test_invariant_4_worse_single_answers_never_raise_the_rank() -> None:
    worsening = {
        "surg": ("none", "not_sure", "other", "same"),
        "age": ("50_plus", "18_49", "under_18"),
        "weaker": ("no", "not_sure", "yes"),
        "balance": ("no", "not_sure", "yes"),
    }
    for key, values in worsening.items():
        ranks = [rank({key: value}) for value in values]
        assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize("key", ["worse", "relief", "dx", "care", "dur", "scan_says"])
def test_invariant_5_a_doubt_is_never_better_than_the_best_answer(key: str) -> None:
    part = next(part for part in PARTS if key in part)
    best, doubt = TYPICAL[key], ["not_sure"] if BY_KEY[key].kind == "many" else "not_sure"
    for answers in answer_sets(part):
        if answers.get(key) == best:
            assert rank({**answers, key: doubt}) <= rank(answers)
            assert decide({**answers, key: doubt}).outcome != "OPTION"


def test_invariant_6_information_changes_neither_outcome_nor_reasons() -> None:
    for question in QUESTIONS:
        if question.information:
            for answer in possible_answers(question):
                for base in (TYPICAL, patient(told=["slip"]), {}):
                    assert decide({**base, question.key: answer}) == decide(base)
    assert not {key for rule in RULES for key in rule.when if BY_KEY[key].information}


def test_invariant_7_same_answers_in_any_order_give_the_same_decision() -> None:
    answers = patient(told=["slip", "tumor"], before=["thinner", "prone"])
    turned = {
        key: answers[key][::-1] if isinstance(answers[key], list) else answers[key] for key in sorted(answers)
    }

    assert decide(turned) == decide(answers)


def test_invariant_8_every_outcome_but_option_has_a_reason_and_each_is_reached() -> None:
    reached = {decide(patient(**case)).outcome for case in CASES.values()} | {decide(TYPICAL).outcome}

    assert reached == set(Outcome)
    for case in CASES.values():
        assert decide(patient(**case)).leading


def test_every_outcome_is_counted_over_the_whole_answer_space() -> None:
    counts = outcomes_over_the_whole_space(PAST_THE_RED_FLAGS)

    assert {Outcome.NOT_FIT.rank, Outcome.NOT_NOW.rank, Outcome.ASSESS.rank, 5, 6} == set(counts)
    assert 10**12 < sum(counts.values()) < 10**13
    # where 15+15, worse 3, relief 3, dur 2, effect 2; everything else has one answer only.
    assert counts[Outcome.OPTION.rank] == 30 * 3 * 3 * 2 * 2


def test_the_digest_changes_with_any_rule_and_stays_with_none(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules.digest()
    assert before == rules.digest()
    assert len(before) == 64

    monkeypatch.setattr(rules, "RULES", RULES[:-1])

    assert rules.digest() != before

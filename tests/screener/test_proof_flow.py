"""The walk, proved over classes of answers: replay() takes each question alone, and of earlier answers it reads only
the age (for pregnancy) and the scan (for its report). So it is enough to try every answer to every question in each of
those states, and one answer of each class beside one of each other class.

Tests that take `screener` are run on mutants as well, by `make audit`.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tests.screener import reference
from tests.screener.space import TYPICAL, Answers, Screener, possible, subsets

READ = {"scan_says": {"scan"}, "before": {"age"}}

# One answer of each class that replay() can tell apart: absent, ending, opening or closing a later question, lost in
# part or in whole, of another shape.
CLASSES: dict[str, tuple[Any, ...]] = {
    "emerg": (
        None,
        ("none",),
        ("not_sure",),
        ("none", "e_cold"),
        ("none", "not_sure"),
        ("gone",),
        ("none", "gone"),
    ),
    "today": (None, ("none",), ("t_fever",), ("not_sure",), ("none", "t_fever"), ("t_fever", "gone"), "none"),
    "age": (None, "50_plus", "18_49", "under_18", "gone", ("50_plus",)),
    "where": (None, ("feet",), ("none",), ("none", "feet"), ("gone",)),
    "feel": (None, ("ache",), ("gone",)),
    "worse": (None, ("stand",), ("neither",), ("neither", "stand"), ("not_sure", "stand")),
    "relief": (None, ("sit",), ("nothing",), ("nothing", "sit")),
    "dur": (None, "over_6m", "gone"),
    "effect": (None, "little"),
    "weaker": (None, "no"),
    "balance": (None, "yes"),
    "dx": (None, "yes"),
    "scan": (None, "recent", "old", "none", "cannot", "not_sure"),
    "scan_says": (None, "ligament", "neither", "gone"),
    "care": (None, "helped"),
    "care_kinds": (None, ("shots",)),
    "surg": (None, "none", {"none": 1}),
    "told": (None, ("none",), ("slip", "not_sure"), ("none", "slip"), ("slip", "gone"), ("none", "gone")),
    "before": (None, ("none",), ("pregnant",), ("pregnant", "thinner"), ("pregnant", "none"), ("thinner",)),
    "who": (None, "other", "gone"),
    "sleep_mood": (None, "yes"),
}


def given(answers: Answers) -> Answers:
    return {key: answer for key, answer in answers.items() if answer is not None}


def test_earlier_answers_are_read_by_the_named_conditions_alone(screener: Screener) -> None:
    for question in screener.questions.QUESTIONS:
        conditions = (question.ask_when, *(option.ask_when for option in question.options))
        assert {key for each in conditions for key in each} == READ.get(question.key, set())


def test_every_answer_to_every_question_is_kept_or_not_as_the_reference_does(screener: Screener) -> None:
    for key in reference.VALUES:
        read = READ.get(key, set())
        states: list[Answers] = [{}]
        states += [{each: state} for each in read for state in (None, *reference.VALUES[each])]
        for state in states:
            for answer in conceivable(key):
                answers = given({**TYPICAL, **state, key: answer})
                assert screener.walked(answers) == reference.walk(answers)


def conceivable(key: str) -> Iterator[Any]:
    """Every set of its values, whether a form takes it or not, and answers of other shapes."""
    yield from (None, "", "gone", 1, b"none", {"none": "none"}, ["gone"], [1], [])
    if key in reference.ONE:
        yield from reference.ONE[key]
        yield from ([value] for value in reference.ONE[key])
        return
    for chosen in filter(None, subsets(reference.SEVERAL[key])):
        yield list(chosen)
        if len(chosen) < 3:
            yield from ((*chosen, "gone"), set(chosen), chosen[::-1])
    yield from reference.SEVERAL[key]


def test_answers_to_two_questions_do_not_touch_each_other_beyond_that(screener: Screener) -> None:
    for one, other in combinations(CLASSES, 2):
        for first in CLASSES[one]:
            for second in CLASSES[other]:
                answers = given({**TYPICAL, one: first, other: second})
                assert screener.walked(answers) == reference.walk(answers)


def forward(screener: Screener, answers: Answers) -> Iterator[Answers]:
    """Every complete walk from here on, one for each class of answers; as a visitor meets the steps."""
    walk = screener.flow.replay(answers)
    assert len(walk.path) <= 15
    if walk.complete:
        yield answers
        return
    key = next(
        question.key
        for question in screener.flow.questions_asked(walk.unanswered, walk.answers)
        if question.required and question.key not in walk.answers
    )
    progressed = False
    for answer in CLASSES[key]:
        following = given({**answers, key: answer})
        if key in screener.flow.replay(following).answers:
            progressed = True
            yield from forward(screener, following)
    assert progressed


WALKED = ("emerg", "today", "age", "where", "scan", "scan_says", "before")


def narrow(screener: Screener) -> Iterator[Answers]:
    """Complete walks that differ in whatever another question can read; the other answers are the typical ones."""
    calm = {key: answer for key, answer in TYPICAL.items() if key not in WALKED}
    yield from forward(screener, calm)


def test_all_paths_end_within_fifteen_steps(screener: Screener) -> None:
    walks = list(narrow(screener))

    lengths = {len(screener.flow.replay(answers).path) for answers in walks}
    assert lengths == {1, 2, 3, 4, 14, 15}
    for answers in walks:
        assert screener.flow.outcome(answers) is not None
        walk = screener.flow.replay(answers)
        assert dict(screener.flow.replay(walk.answers).answers) == dict(walk.answers)


def test_steps_are_numbered_and_lead_to_one_another_in_the_order_of_the_path(screener: Screener) -> None:
    for answers in narrow(screener):
        walk = screener.flow.replay(answers)
        before = None
        for number, step in enumerate(walk.path, start=1):
            assert walk.number(step) == number
            assert walk.before(step) == before
            assert walk.after(step) == (walk.path[number] if number < len(walk.path) else None)
            before = step


def test_changing_any_one_answer_of_any_complete_walk_resolves(screener: Screener) -> None:
    for answers in narrow(screener):
        kept = dict(screener.flow.replay(answers).answers)
        for key in reference.VALUES:
            for changed in classes_of(key):
                after = screener.walked({**kept, key: changed})
                assert after == reference.walk({**kept, key: changed})
                assert len(after.path) <= 15
                # What is off the path is dropped, and what is newly on it is asked: that, and nothing else.
                if after.unanswered is None:
                    assert screener.rules.decide(after.answers)
                else:
                    opened = set(reference.STEPS[after.unanswered]) - set(after.answers)
                    was_beyond_the_end = screener.flow.replay(kept).ended
                    assert was_beyond_the_end or opened <= {"scan_says", "before", *reference.INFORMATION}


def classes_of(key: str) -> tuple[Any, ...]:
    """One answer, as a form takes it, of each class; every one of a question that other questions read."""
    known = CLASSES.get(key, possible(key))
    return tuple(answer for answer in known if answer in possible(key))


def test_walk_never_asks_what_cannot_matter(screener: Screener) -> None:
    """For each step of each walk: two answers that it takes there, and that lead to different reasons."""
    for answers in narrow(screener):
        kept = dict(screener.flow.replay(answers).answers)
        for step in screener.flow.replay(answers).path:
            key = next(key for key in step.keys if key in reference.REQUIRED)
            before_it = {
                other: kept[other]
                for other in kept
                if other in TYPICAL and list(TYPICAL).index(other) < list(TYPICAL).index(key)
            }
            taken = (answer for answer in possible(key) if reference_takes(before_it, key, answer))
            first = screener.judged({**before_it, key: next(taken)})
            assert any(
                screener.judged({**before_it, key: answer}).reasons != first.reasons for answer in taken
            )


def reference_takes(earlier: Answers, key: str, answer: Any) -> bool:
    return reference.as_set(answer) <= set(reference.offered(key, earlier))


def test_walk_never_skips_what_can_change_the_outcome(screener: Screener) -> None:
    """A walk that ended keeps its outcome whatever else were answered; the report is skipped where there is no scan,
    and pregnancy where the age leaves it out.
    """
    for answers in narrow(screener):
        walk = screener.flow.replay(answers)
        skipped = [key for key in reference.REQUIRED if key not in walk.answers]
        if not walk.ended:
            assert skipped in ([], ["scan_says"])
            assert ("scan_says" in skipped) == (walk.answers["scan"] in ("none", "cannot", "not_sure"))
        else:
            for key in skipped:
                for answer in possible(key):
                    assert screener.rank({**walk.answers, key: answer}) == screener.rank(walk.answers)
            # N7 and N8 read more than one question; they are NOT_FIT, which is where such a walk has ended already.
            assert screener.rank(walk.answers) <= reference.OUTCOMES.index("NOT_FIT")
    offered = {
        age: [
            option.value for option in screener.flow.options_offered(before_question(screener), {"age": age})
        ]
        for age in possible("age")
    }
    assert offered == {age: reference.offered("before", {"age": age}) for age in offered}


def before_question(screener: Screener) -> Any:
    return screener.questions.BY_KEY["before"]


def test_answers_that_exclude_each_other_are_named_and_signs_outweigh_them(screener: Screener) -> None:
    for key, values in reference.SEVERAL.items():
        question = screener.questions.BY_KEY[key]
        for chosen in subsets(values):
            named = screener.flow.excludes_others(question, chosen)
            assert (named is None) == reference.may_stand_together(key, set(chosen))
            assert named is None or (named in chosen and reference.is_alone(key, named))


def test_ending_answer_to_a_later_step_cuts_an_unfinished_walk_short(screener: Screener) -> None:
    for key in ("today", "age", "where", "dur", "told"):
        step = screener.questions.STEP_OF[key]
        for answer in possible(key):
            unfinished = screener.flow.replay({"emerg": ("none",), "who": "other"})
            cut = screener.flow.cut_short(unfinished, step, {key: answer})
            assert (cut is not None) == reference.ends(key, answer)
            if cut is not None:
                assert dict(cut.answers) == {"who": "other", "emerg": ("none",), key: answer}
                assert cut.complete
                assert cut.ended
                assert [each.name for each in cut.path] == [step.name]
            finished = screener.flow.replay(TYPICAL)
            assert screener.flow.cut_short(finished, step, {key: answer}) is None

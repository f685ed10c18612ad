"""A clinic day, story by story (stories.yaml): where each person is sent, and why."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from screener.rules import RULES
from tests.screener import reference
from tests.screener.space import OURS, TYPICAL, Answers, Screener

DAY: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "stories.yaml").read_text(encoding="utf-8")
)
STORIES = [story for hours in DAY.values() for story in hours]
STABLE = [story for story in STORIES if story.get("stable")]


def answers_of(story: dict[str, Any]) -> Answers:
    return {key: answer for key, answer in {**TYPICAL, **story["answers"]}.items() if answer is not None}


def named(story: dict[str, Any]) -> str:
    return f"{story['at']} {story['who']}"


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_person_is_sent_where_the_story_says_and_for_its_reasons(story: dict[str, Any]) -> None:
    decision = OURS.flow.outcome(answers_of(story))

    assert decision is not None
    assert decision.outcome == story["outcome"]
    assert [rule.id for rule in decision.reasons] == story["reasons"]
    assert decision.soon == story.get("soon", False)


def test_invariant_15_stable_patients_reach_neither_emergency_nor_call_today(screener: Screener) -> None:
    assert len(STABLE) >= 10
    for story in STABLE:
        assert screener.outcome(answers_of(story)) not in (None, "EMERGENCY", "CALL_TODAY")


def test_all_stories_hold(screener: Screener) -> None:
    for story in STORIES:
        judged = screener.judged(screener.flow.replay(answers_of(story)).answers)
        assert (judged.outcome, list(judged.reasons)) == (story["outcome"], story["reasons"])


def test_day_has_sixty_people_and_each_outcome() -> None:
    assert len(STORIES) >= 60
    assert len({named(story) for story in STORIES}) == len(STORIES)
    assert min(Counter(story["outcome"] for story in STORIES)[outcome] for outcome in reference.OUTCOMES) >= 6


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_has_people_on_both_sides_of_its_boundary(rule: Any) -> None:
    """One for whom it speaks and leads, and one who answers the same questions and for whom it does not speak."""
    leads = [
        story for story in STORIES if rule.id in story["reasons"] and story["outcome"] == str(rule.outcome)
    ]
    beyond = [
        story
        for story in STORIES
        if rule.id not in story["reasons"] and set(rule.when) <= set(OURS.walked(answers_of(story)).answers)
    ]

    assert leads
    assert beyond


@pytest.mark.parametrize("key", reference.REQUIRED)
def test_each_option_of_each_required_question_is_chosen_by_somebody(key: str) -> None:
    chosen = set().union(*(reference.as_set(answers_of(story).get(key, ())) for story in STORIES))

    assert chosen == set(reference.VALUES[key])

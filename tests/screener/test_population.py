"""The drawn population: its page is current, its assumptions add up, and the rules sort it into every outcome."""

from math import prod
from random import Random

import pytest

from tests.screener import population, reference
from tests.screener.space import OURS


def test_page_on_the_population_is_current() -> None:
    written = population.FILE.read_text(encoding="utf-8") if population.FILE.exists() else ""

    assert written == population.text(), f"Run {population.COMMAND} and commit docs/screener-population.md."


@pytest.mark.parametrize("key", reference.REQUIRED)
def test_assumed_frequencies_cover_each_answer_and_add_up(key: str) -> None:
    chances = population.CHOSEN.get(key) or population.TICKED[key]

    assumed = {value for answer in chances for value in answer.split()}
    assert assumed | {"none", "pregnant"} >= set(reference.VALUES[key])
    if key in population.CHOSEN:
        assert sum(chances.values()) == pytest.approx(100)


def test_drawn_people_reach_every_outcome_and_few_an_emergency() -> None:
    outcomes, _speaking = population.spread()

    assert set(outcomes) == set(reference.OUTCOMES)
    assert outcomes["EMERGENCY"] < population.PEOPLE * 0.05
    assert outcomes["EMERGENCY"] + outcomes["CALL_TODAY"] < population.PEOPLE * 0.2


def test_page_says_why_so_few_reach_an_option_and_the_draw_bears_it_out() -> None:
    outcomes, _speaking = population.spread()
    expected = population.PEOPLE * prod(population.silent(key) for key in reference.REQUIRED)

    assert "so the chances multiply" in " ".join(population.text().split())
    # Three standard deviations of a count so small.
    assert abs(outcomes["OPTION"] - expected) <= 3 * expected**0.5


def test_each_drawn_person_has_walked_to_a_result() -> None:
    random = Random(population.SEED)
    for _person in range(200):
        answers = population.drawn(random)
        assert OURS.walked(answers).unanswered is None
        assert OURS.outcome(answers) == OURS.judged(answers).outcome

"""A drawn clinic population: made-up people, by frequencies that are our assumptions, and where the check sends them.

Use: python -m tests.screener.population --write    writes docs/screener-population.md anew
"""

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import prod
from pathlib import Path
from random import Random
from typing import Any

from screener.rules import RULES_VERSION, Outcome
from tests.screener import reference
from tests.screener.space import OURS, TYPICAL, Answers

FILE = Path(__file__).resolve().parents[2] / "docs" / "screener-population.md"
COMMAND = ".venv/bin/python -m tests.screener.population --write"
SEED, PEOPLE = 20261, 10_000

# How often we assume each answer among people who open a MILD clinic's check, in percent. Nobody has measured these.
# Several answers may be ticked at once: each has its own chance, and "none" is left for whoever ticks nothing.
TICKED: dict[str, dict[str, float]] = {
    "emerg": {
        "e_saddle": 0.4,
        "e_bladder": 0.4,
        "e_weak": 0.8,
        "e_trauma": 0.4,
        "e_chest": 0.2,
        "e_cold": 0.3,
        "not_sure": 2,
    },
    "today": {
        "t_fever": 0.5,
        "t_infect": 0.5,
        "t_cancer": 1.5,
        "t_weight": 1.5,
        "t_night": 2,
        "t_fracture": 1,
        "t_foot": 1,
        "not_sure": 3,
    },
    "told": {
        "unstable": 3,
        "slip": 15,
        "disc_main": 5,
        "disc_bulge": 25,
        "tumor": 0.3,
        "fracture": 1.5,
        "not_sure": 15,
    },
    "before": {
        "thinner": 30,
        "bleed": 3,
        "allergy": 4,
        "infection": 3,
        "prone": 8,
        "bladder_old": 15,
        "not_sure": 8,
    },
}
# One answer each; together 100.
CHOSEN: dict[str, dict[str, float]] = {
    "age": {"under_18": 0.5, "18_49": 9.5, "50_plus": 90},
    "where": {
        "back leg_both": 20,
        "back buttock leg_both": 18,
        "back buttock leg_one": 15,
        "leg_one": 10,
        "leg_both": 10,
        "buttock": 8,
        "leg_both feet": 6,
        "back": 11,
        "none": 2,
    },
    "worse": {"stand walk": 55, "walk": 20, "stand": 12, "neither": 6, "not_sure": 7},
    "relief": {
        "sit bend": 45,
        "sit": 28,
        "bend": 7,
        "sit stand_still": 5,
        "stand_still": 4,
        "nothing": 5,
        "not_sure": 6,
    },
    "dur": {"under_3m": 8, "3_6m": 17, "over_6m": 70, "not_sure": 5},
    "effect": {"a_lot": 55, "some": 35, "little": 10},
    "weaker": {"yes": 15, "no": 70, "not_sure": 15},
    "balance": {"yes": 10, "no": 78, "not_sure": 12},
    "dx": {"yes": 60, "no": 20, "not_sure": 20},
    "scan": {"recent": 55, "old": 20, "none": 15, "cannot": 3, "not_sure": 7},
    "scan_says": {"ligament": 15, "narrowing": 40, "neither": 5, "not_sure": 40},
    "care": {"not_enough": 60, "helped": 10, "not_tried": 20, "not_sure": 10},
    "surg": {"none": 78, "same": 6, "other": 11, "not_sure": 5},
}
PREGNANT = 2.0


def drawn(random: Random) -> Answers:
    person: Answers = {}
    for key in reference.REQUIRED:
        if not reference.is_asked(key, person):
            continue
        person[key] = ticked(random, key, person) if key in TICKED else chosen(random, key)
        if reference.ends(key, person[key]):
            break
    return person


def ticked(random: Random, key: str, person: Answers) -> tuple[str, ...]:
    chances = dict(TICKED[key])
    if key == "before" and person["age"] == "18_49":
        chances["pregnant"] = PREGNANT
    return tuple(value for value, chance in chances.items() if random.random() * 100 < chance) or ("none",)


def chosen(random: Random, key: str) -> str | tuple[str, ...]:
    [answer] = random.choices(list(CHOSEN[key]), weights=list(CHOSEN[key].values()))
    return tuple(answer.split()) if key in reference.SEVERAL else answer


@cache
def spread() -> tuple[Counter[str], Counter[str]]:
    """How many people reach each outcome, and for how many each rule speaks."""
    random = Random(SEED)
    outcomes, speaking = Counter[str](), Counter[str]()
    for _person in range(PEOPLE):
        decision = OURS.rules.decide(drawn(random))
        outcomes[str(decision.outcome)] += 1
        speaking.update(rule.id for rule in decision.leading)
    return outcomes, speaking


def silent(key: str) -> float:
    """The chance that the drawn answer to this question leaves the typical patient at OPTION."""

    def stays(answer: Any) -> bool:
        return OURS.outcome({**TYPICAL, key: answer}) == Outcome.OPTION

    if key in TICKED:
        return prod(1 - chance / 100 for value, chance in TICKED[key].items() if not stays((value,)))
    answers = {each: tuple(each.split()) if key in reference.SEVERAL else each for each in CHOSEN[key]}
    return sum(CHOSEN[key][each] for each, answer in answers.items() if stays(answer)) / 100


def why_so_few() -> Iterator[str]:
    chances = {key: silent(key) for key in TICKED | CHOSEN}
    rarest = ", ".join(
        f"`{key}` {chances[key]:.0%}" for key in sorted(chances, key=lambda key: chances[key])[:4]
    )
    every = prod(chances.values())
    yield f"**Why so few reach OPTION.** There, each of {len(chances)} answers must be one on which no rule has anything"
    yield f"to say. Rarest are such answers to {rarest}. Each answer is drawn by itself, so the"
    yield f"chances multiply, to {every:.2%}: {PEOPLE * every:.0f} of {PEOPLE:,} are to be expected."
    yield "In real people answers hang together: whoever has plain stenosis, with a scan that shows a thick ligament, often"
    yield "has the rest of the picture too. How many do, nobody has measured. And OPTION is meant"
    yield "to be rare: one open point makes it REVIEW, which leads to the same consultation."


def page() -> Iterator[str]:
    outcomes, speaking = spread()
    yield "# A drawn population at the check"
    yield ""
    yield f"Written by `{COMMAND}`; do not edit it. Rules {RULES_VERSION}."
    yield ""
    yield f"These are **not patients**. {PEOPLE:,} made-up people were drawn (seed {SEED}), each answer by itself, with the"
    yield "frequencies below. Those are assumptions about who opens a MILD clinic's check; nobody has measured them, and"
    yield "real answers hang together in ways that this draw does not know. It shows whether the rules sort a plausible"
    yield "waiting room at all, not how many real people would reach an outcome."
    yield ""
    yield "## Where they are sent"
    yield ""
    yield "| outcome | people | share | rules that led most often |"
    yield "|---|---:|---:|---|"
    ids = {
        outcome: [row.id for row in reference.TABLE if row.outcome == outcome]
        for outcome in reference.OUTCOMES
    }
    for outcome in Outcome:
        most = sorted((id for id in ids[outcome] if speaking[id]), key=lambda id: -speaking[id])[:3]
        led = ", ".join(f"{id} ({speaking[id]:,})" for id in most) or "no rule spoke"
        yield f"| {outcome} | {outcomes[outcome]:,} | {outcomes[outcome] / PEOPLE:.1%} | {led} |"
    yield ""
    yield from why_so_few()
    yield ""
    yield "## What was assumed"
    yield ""
    yield "Percent of people. In the first table each answer is ticked by itself; whoever ticks nothing ticks none of these."
    yield f"`pregnant` is offered to those of 18 to 49, and {PREGNANT:g} percent of them tick it."
    for table in (TICKED, CHOSEN):
        yield ""
        yield "| question | answers |"
        yield "|---|---|"
        for key, chances in table.items():
            said = ", ".join(
                f"`{answer.replace(' ', '` and `')}` {chance:g}" for answer, chance in chances.items()
            )
            yield f"| `{key}` | {said} |"


def text() -> str:
    return "\n".join(page()) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        FILE.write_text(text(), encoding="utf-8")
    print(text(), end="")

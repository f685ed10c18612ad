"""PURE. What we ask, step by step: codes only. The words stand in words/*.yaml under the same codes."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from screener.conditions import When, any_of, when


@dataclass(frozen=True)
class Option:
    """One answer. `alone`: excludes all others; `outweighs`: counts even beside those; `ends`: ends the walk;
    `supports`: points toward asking about MILD, unless a rule speaks; `ask_when`: offered only then.
    """

    value: str
    alone: bool = False
    ends: bool = False
    outweighs: bool = False
    supports: bool = False
    ask_when: When = field(default_factory=when, hash=False)


@dataclass(frozen=True)
class Question:
    """`kind`: "one" is a radio group (a string), "many" a group of checkboxes (a collection of strings).
    `information`: never changes outcome or reasons. `sources`: keys of content/sources; `seeds`: lines of the
    five papers this site was made from.
    """

    key: str
    kind: Literal["one", "many"]
    options: tuple[Option, ...]
    sources: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    information: bool = False
    ask_when: When = field(default_factory=when, hash=False)

    @property
    def required(self) -> bool:
        return not self.information

    @cached_property
    def values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    def option(self, value: str) -> Option:
        return next(option for option in self.options if option.value == value)


@dataclass(frozen=True)
class Step:
    """One page of the walk: its name is its address."""

    name: str
    keys: tuple[str, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(BY_KEY[key] for key in self.keys)


def _plain(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value) for value in values)


def _yes(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, supports=True) for value in values)


EMERGENCY_SIGNS = ("e_saddle", "e_bladder", "e_weak", "e_trauma", "e_chest", "e_cold")
WARNING_SIGNS = ("t_fever", "t_infect", "t_cancer", "t_weight", "t_night", "t_fracture", "t_foot")
NONE = Option("none", alone=True, supports=True)
NOT_SURE = Option("not_sure")
NOT_SURE_ALONE = Option("not_sure", alone=True)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "emerg",
        "many",
        (
            *(Option(value, ends=True, outweighs=True) for value in EMERGENCY_SIGNS),
            NONE,
            Option("not_sure", ends=True),
        ),
        sources=("ahcpr", "corn", "bmjbp", "gcare", "nhs-bp", "verh16", "convention"),
    ),
    Question(
        "today",
        "many",
        (*(Option(value, ends=True) for value in WARNING_SIGNS), NONE, Option("not_sure", ends=True)),
        sources=("ahcpr", "gcare", "hard05", "convention"),
    ),
    Question(
        "age",
        "one",
        (Option("under_18", ends=True), *_plain("18_49"), *_yes("50_plus")),
        sources=("mot-elig", "mek20"),
        seeds=("002 L7",),
    ),
    Question(
        "where",
        "many",
        (
            *_plain("back"),
            *_yes("buttock", "leg_one", "leg_both", "feet"),
            Option("none", alone=True, ends=True),
        ),
        seeds=("000 L10", "001 L61", "003 L15", "004 L8"),
    ),
    Question(
        "feel",
        "many",
        _plain("ache", "numb", "weak"),
        seeds=("000 L10", "001 L13,61", "004 L8"),
        information=True,
    ),
    Question(
        "worse",
        "many",
        (*_yes("stand", "walk"), Option("neither", alone=True), NOT_SURE_ALONE),
        seeds=("000 L17", "001 L13,21,55", "002 L7", "004 L8"),
    ),
    Question(
        "relief",
        "many",
        (*_yes("sit", "bend"), Option("stand_still"), Option("nothing", alone=True), NOT_SURE_ALONE),
        sources=("jama10", "delphi", "nad13"),
        seeds=("001 L13,21,55", "002 L45"),
    ),
    Question(
        "dur",
        "one",
        (*_plain("under_3m"), *_yes("3_6m", "over_6m"), NOT_SURE),
        sources=("mot-elig",),
        seeds=("000 L4,16",),
    ),
    Question(
        "effect",
        "one",
        (*_yes("a_lot", "some"), *_plain("little")),
        seeds=("000 L19", "002 L49", "001 L33"),
    ),
    Question(
        "weaker",
        "one",
        (*_plain("yes"), *_yes("no"), NOT_SURE),
        sources=("gcare",),
        seeds=("004 L8",),
    ),
    Question("balance", "one", (*_plain("yes"), *_yes("no"), NOT_SURE), sources=("bal16",)),
    Question(
        "dx",
        "one",
        (*_yes("yes"), *_plain("no"), NOT_SURE),
        seeds=("004 L8", "000 L9", "003 L19"),
    ),
    Question(
        "scan",
        "one",
        (*_yes("recent"), *_plain("old", "none", "cannot"), NOT_SURE),
        seeds=("000 L11,20", "001 L57,107,165"),
    ),
    Question(
        "scan_says",
        "one",
        (*_yes("ligament"), *_plain("narrowing", "neither"), NOT_SURE),
        seeds=("000 L11,20", "001 L57,79", "002 L23"),
        ask_when=when(scan=any_of("recent", "old")),
    ),
    Question(
        "care",
        "one",
        (*_yes("not_enough"), *_plain("helped", "not_tried"), NOT_SURE),
        seeds=("000 L12,18", "001 L57", "002 L47", "003 L15", "004 L10"),
    ),
    Question(
        "care_kinds",
        "many",
        _plain("therapy", "exercise", "medicine", "shots", "other"),
        seeds=("000 L12,18", "001 L57", "002 L47", "003 L15", "004 L10"),
        information=True,
    ),
    Question(
        "surg",
        "one",
        (*_yes("none"), *_plain("same", "other"), NOT_SURE),
        sources=("mot-elig", "orthova"),
        seeds=("001 L67",),
    ),
    Question(
        "told",
        "many",
        (*_plain("unstable", "slip", "disc_main", "disc_bulge", "tumor", "fracture"), NONE, NOT_SURE),
        sources=("brown", "mot-elig"),
        seeds=("001 L67,215", "002 L25-29"),
    ),
    Question(
        "before",
        "many",
        (
            *_plain("thinner", "bleed", "allergy", "infection", "prone", "bladder_old"),
            Option("pregnant", ask_when=when(age=any_of("18_49"))),
            NONE,
            NOT_SURE,
        ),
        sources=("brown", "less"),
        seeds=("001 L67,107,165",),
    ),
    Question("who", "one", _plain("self", "other"), information=True),
    Question("surgery_talk", "one", _plain("yes", "no"), seeds=("000 L13,21",), information=True),
    Question(
        "avoid_surgery",
        "one",
        _plain("yes", "no", "not_sure"),
        seeds=("002 L40", "004 L12"),
        information=True,
    ),
    Question(
        "esi_date",
        "one",
        _plain("under_8w", "over_8w", "never", "not_sure"),
        seeds=("001 L57",),
        information=True,
    ),
    Question("sleep_mood", "one", _plain("yes", "no"), seeds=("004 L10",), information=True),
)
BY_KEY = {question.key: question for question in QUESTIONS}

STEPS: tuple[Step, ...] = (
    Step("emerg", ("emerg",)),
    Step("today", ("today",)),
    Step("age", ("age",)),
    Step("where", ("where", "feel")),
    Step("worse", ("worse",)),
    Step("relief", ("relief",)),
    Step("duration", ("dur", "effect")),
    Step("weakness", ("weaker", "balance")),
    Step("diagnosis", ("dx",)),
    Step("scan", ("scan",)),
    Step("report", ("scan_says",)),
    Step("care", ("care", "care_kinds")),
    Step("surgery", ("surg",)),
    Step("told", ("told",)),
    Step("before", ("before",)),
)
# Asked after the result, of whoever wants to; no rule reads it.
VISIT = Step("visit", ("surgery_talk", "avoid_surgery", "esi_date", "sleep_mood"))
STEP_BY_NAME = {step.name: step for step in STEPS}
STEP_OF = {key: step for step in STEPS for key in step.keys}
# Asked outside the walk: who the check is for (start page), and the optional page after the result.
BESIDE_THE_WALK = ("who", *VISIT.keys)

"""The check once more, as a reader of the clinical paper would write it: plain, slow, and without our code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# Most cautious first.
OUTCOMES = ("EMERGENCY", "CALL_TODAY", "NOT_FIT", "NOT_NOW", "ASSESS", "REVIEW", "OPTION")

# step: the keys that it asks, in order
STEPS: dict[str, tuple[str, ...]] = {
    "emerg": ("emerg",),
    "today": ("today",),
    "age": ("age",),
    "where": ("where", "feel"),
    "worse": ("worse",),
    "relief": ("relief",),
    "duration": ("dur", "effect"),
    "weakness": ("weaker", "balance"),
    "diagnosis": ("dx",),
    "scan": ("scan",),
    "report": ("scan_says",),
    "care": ("care", "care_kinds"),
    "surgery": ("surg",),
    "told": ("told",),
    "before": ("before",),
}
BESIDE = ("who", "surgery_talk", "avoid_surgery", "esi_date", "sleep_mood")

SEVERAL: dict[str, list[str]] = {
    "emerg": ["e_saddle", "e_bladder", "e_weak", "e_trauma", "e_chest", "e_cold", "none", "not_sure"],
    "today": [
        "t_fever",
        "t_infect",
        "t_cancer",
        "t_weight",
        "t_night",
        "t_fracture",
        "t_foot",
        "none",
        "not_sure",
    ],
    "where": ["back", "buttock", "leg_one", "leg_both", "feet", "none"],
    "feel": ["ache", "numb", "weak"],
    "worse": ["stand", "walk", "neither", "not_sure"],
    "relief": ["sit", "bend", "stand_still", "nothing", "not_sure"],
    "care_kinds": ["therapy", "exercise", "medicine", "shots", "other"],
    "told": ["unstable", "slip", "disc_main", "disc_bulge", "tumor", "fracture", "none", "not_sure"],
    "before": [
        "thinner",
        "bleed",
        "allergy",
        "infection",
        "prone",
        "bladder_old",
        "pregnant",
        "none",
        "not_sure",
    ],
}
ONE: dict[str, list[str]] = {
    "age": ["under_18", "18_49", "50_plus"],
    "dur": ["under_3m", "3_6m", "over_6m", "not_sure"],
    "effect": ["a_lot", "some", "little"],
    "weaker": ["yes", "no", "not_sure"],
    "balance": ["yes", "no", "not_sure"],
    "dx": ["yes", "no", "not_sure"],
    "scan": ["recent", "old", "none", "cannot", "not_sure"],
    "scan_says": ["ligament", "narrowing", "neither", "not_sure"],
    "care": ["not_enough", "helped", "not_tried", "not_sure"],
    "surg": ["none", "same", "other", "not_sure"],
    "who": ["self", "other"],
    "surgery_talk": ["yes", "no"],
    "avoid_surgery": ["yes", "no", "not_sure"],
    "esi_date": ["under_8w", "over_8w", "never", "not_sure"],
    "sleep_mood": ["yes", "no"],
}
VALUES = {**SEVERAL, **ONE}
INFORMATION = {"feel", "care_kinds", *BESIDE}
REQUIRED = [key for keys in STEPS.values() for key in keys if key not in INFORMATION]

# Answers that point toward MILD: the role "+" of the paper, and whatever rules nothing out.
SUPPORTING: dict[str, set[str]] = {
    "emerg": {"none"},
    "today": {"none"},
    "age": {"50_plus"},
    "where": {"buttock", "leg_one", "leg_both", "feet"},
    "worse": {"stand", "walk"},
    "relief": {"sit", "bend"},
    "dur": {"3_6m", "over_6m"},
    "effect": {"a_lot", "some"},
    "weaker": {"no"},
    "balance": {"no"},
    "dx": {"yes"},
    "scan": {"recent"},
    "scan_says": {"ligament"},
    "care": {"not_enough"},
    "surg": {"none"},
    "told": {"none"},
    "before": {"none"},
}

Sets = Mapping[str, set[str]]


@dataclass(frozen=True)
class Row:
    id: str
    outcome: str
    condition: Callable[[Sets], Any]
    soon: bool = False


# Each condition is given every key; an unanswered one is the empty set.
TABLE = (
    Row("E1", "EMERGENCY", lambda a: any(value.startswith("e_") for value in a["emerg"])),
    Row("T1", "CALL_TODAY", lambda a: "not_sure" in a["emerg"]),
    Row("T2", "CALL_TODAY", lambda a: any(value.startswith("t_") for value in a["today"])),
    Row("T3", "CALL_TODAY", lambda a: "not_sure" in a["today"]),
    Row("N1", "NOT_FIT", lambda a: a["age"] == {"under_18"}),
    Row("N2", "NOT_FIT", lambda a: "none" in a["where"]),
    Row("N3", "NOT_FIT", lambda a: a["surg"] == {"same"}),
    Row("N4", "NOT_FIT", lambda a: "unstable" in a["told"]),
    Row("N5", "NOT_FIT", lambda a: "disc_main" in a["told"]),
    Row("N6", "NOT_FIT", lambda a: "tumor" in a["told"] or "fracture" in a["told"]),
    Row("N7", "NOT_FIT", lambda a: "neither" in a["worse"] and "nothing" in a["relief"]),
    Row(
        "N8",
        "NOT_FIT",
        lambda a: (
            a["scan"] == {"recent"} and a["scan_says"] == {"neither"} and a["dx"] in ({"no"}, {"not_sure"})
        ),
    ),
    Row("W1", "NOT_NOW", lambda a: "infection" in a["before"]),
    Row("W2", "NOT_NOW", lambda a: "pregnant" in a["before"]),
    Row("W3", "NOT_NOW", lambda a: a["care"] == {"helped"}),
    Row("W4", "NOT_NOW", lambda a: a["effect"] == {"little"}),
    Row("A1", "ASSESS", lambda a: "neither" in a["worse"] or "not_sure" in a["worse"]),
    Row("A2", "ASSESS", lambda a: "nothing" in a["relief"] or "not_sure" in a["relief"]),
    Row("A3", "ASSESS", lambda a: "stand_still" in a["relief"]),
    Row("A4", "ASSESS", lambda a: a["dx"] in ({"no"}, {"not_sure"})),
    Row("A5", "ASSESS", lambda a: a["scan"] in ({"none"}, {"not_sure"})),
    Row("A6", "ASSESS", lambda a: a["scan"] == {"cannot"}),
    Row("A7", "ASSESS", lambda a: a["scan_says"] == {"neither"} and a["dx"] == {"yes"}),
    Row("A8", "ASSESS", lambda a: a["care"] in ({"not_tried"}, {"not_sure"})),
    Row("A9", "ASSESS", lambda a: a["dur"] in ({"under_3m"}, {"not_sure"})),
    Row("V1", "REVIEW", lambda a: "thinner" in a["before"]),
    Row("V2", "REVIEW", lambda a: "bleed" in a["before"]),
    Row("V3", "REVIEW", lambda a: "allergy" in a["before"]),
    Row("V4", "REVIEW", lambda a: "prone" in a["before"]),
    Row("V5", "REVIEW", lambda a: "bladder_old" in a["before"]),
    Row("V6", "REVIEW", lambda a: "not_sure" in a["before"]),
    Row("V7", "REVIEW", lambda a: a["surg"] in ({"other"}, {"not_sure"})),
    Row("V8", "REVIEW", lambda a: "slip" in a["told"]),
    Row("V9", "REVIEW", lambda a: "disc_bulge" in a["told"]),
    Row("V10", "REVIEW", lambda a: "not_sure" in a["told"]),
    Row("V11", "REVIEW", lambda a: a["age"] == {"18_49"}),
    Row("V12", "REVIEW", lambda a: a["scan"] == {"old"}),
    Row("V13", "REVIEW", lambda a: a["scan_says"] == {"narrowing"}),
    Row("V14", "REVIEW", lambda a: a["scan_says"] == {"not_sure"}),
    Row("V15", "REVIEW", lambda a: a["where"] == {"back"}),
    Row("V16", "REVIEW", lambda a: a["weaker"] == {"yes"}, soon=True),
    Row("V17", "REVIEW", lambda a: a["weaker"] == {"not_sure"}),
    Row("V18", "REVIEW", lambda a: a["balance"] == {"yes"}, soon=True),
    Row("V19", "REVIEW", lambda a: a["balance"] == {"not_sure"}),
)


@dataclass(frozen=True)
class Judged:
    outcome: str
    reasons: tuple[str, ...]
    soon: bool


def judge(answers: Mapping[str, Any]) -> Judged:
    """The outcome, the rules that fired by rank and then by table order, and whether one of them says soon."""
    sets = {key: as_set(answers.get(key, ())) for key in VALUES}
    fired = [row for outcome in OUTCOMES for row in TABLE if row.outcome == outcome and row.condition(sets)]
    return Judged(
        outcome=fired[0].outcome if fired else "OPTION",
        reasons=tuple(row.id for row in fired),
        soon=any(row.soon for row in fired),
    )


def as_set(answer: Any) -> set[str]:
    return {answer} if isinstance(answer, str) else set(answer)


def is_alone(key: str, value: str) -> bool:
    """Whether the value excludes all others of its group."""
    if key in ("worse", "relief") and value == "not_sure":
        return True
    return key in SEVERAL and value in ("none", "neither", "nothing")


def may_stand_together(key: str, values: set[str]) -> bool:
    if any(value.startswith("e_") for value in values):
        return True
    return len(values) < 2 or not any(is_alone(key, value) for value in values)


def offered(key: str, kept: Mapping[str, Any]) -> list[str]:
    return [
        value
        for value in VALUES[key]
        if not (key == "before" and value == "pregnant" and kept.get("age") != "18_49")
    ]


def is_asked(key: str, kept: Mapping[str, Any]) -> bool:
    return key != "scan_says" or kept.get("scan") in ("recent", "old")


def ends(key: str, answer: Any) -> bool:
    given = as_set(answer)
    if key in ("emerg", "today"):
        return bool(given - {"none"})
    return (key == "age" and given == {"under_18"}) or (key == "where" and "none" in given)


@dataclass(frozen=True)
class Walked:
    answers: dict[str, Any]
    path: tuple[str, ...]
    unanswered: str | None
    ended: bool


def walk(given: Mapping[str, Any]) -> Walked:
    """What of these answers is believed, which steps they pass, where they stop, and whether they end the walk."""
    kept: dict[str, Any] = {}
    for key in BESIDE:
        believe(key, given, kept)
    path: list[str] = []
    unanswered = None
    for name, keys in STEPS.items():
        asked = [key for key in keys if is_asked(key, kept)]
        if asked and unanswered is None:
            path.append(name)
        for key in asked:
            believe(key, given, kept)
        if unanswered is None and any(key not in INFORMATION and key not in kept for key in asked):
            unanswered = name
        if any(key in kept and ends(key, kept[key]) for key in asked):
            return Walked(kept, tuple(path), unanswered, ended=unanswered is None)
    return Walked(kept, tuple(path), unanswered, ended=False)


def believe(key: str, given: Mapping[str, Any], kept: dict[str, Any]) -> None:
    """Keeps the answer if it is one that the form offers here."""
    answer, choices = given.get(key), offered(key, kept)
    if key in ONE:
        if isinstance(answer, str) and answer in choices:
            kept[key] = answer
    elif isinstance(answer, list | tuple | set | frozenset):
        known = [value for value in choices if value in answer]
        gone = [value for value in answer if value not in choices]
        # With something lost, "none of these" alone is no longer what the visitor said.
        doubtful = gone and all(is_alone(key, value) for value in known)
        if known and not doubtful and may_stand_together(key, set(known)):
            kept[key] = tuple(known)

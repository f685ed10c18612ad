"""A clinic day: people with stable stenosis are never sent to the emergency room, and those in danger always are."""

from typing import Any

import pytest

from screener import flow
from tests.screener.patients import patient

STABLE: dict[str, dict[str, Any]] = {
    "leaks when she coughs, for ten years": {"before": ["bladder_old"]},
    "legs tire after a block and recover on the bench": {"effect": "a_lot", "where": ["leg_both"]},
    "night cramps that pass": {"feel": ["ache"], "where": ["leg_one"]},
    "a car crash years ago": {"told": ["not_sure"], "care": "not_tried"},
    "feet that were always cold": {"where": ["feet"], "relief": ["sit"]},
    "both legs, for years, no worse than before": {
        "where": ["buttock", "leg_both", "feet"],
        "dur": "over_6m",
    },
    "wakes at night to turn over": {"effect": "some", "relief": ["bend"]},
    "numb soles for years": {"feel": ["numb"], "where": ["feet"]},
    "takes warfarin and cannot lie flat on her belly": {"before": ["thinner", "prone"]},
    "a slipped bone and an old scan": {"told": ["slip"], "scan": "old"},
    "his leg has grown weaker over a year": {"weaker": "yes"},
    "never had a scan, never tried therapy": {
        "scan": "none",
        "scan_says": None,
        "care": "not_tried",
        "dx": "no",
    },
    "hurts only when standing in line": {"worse": ["stand"], "relief": ["bend"]},
    "does not know what the report said": {"scan_says": "not_sure", "surg": "not_sure"},
}
URGENT: dict[str, tuple[dict[str, Any], str]] = {
    "numb between the legs since Monday": ({"emerg": ["e_saddle"]}, "EMERGENCY"),
    "cannot pee since last night": ({"emerg": ["e_bladder", "e_weak"]}, "EMERGENCY"),
    "checks a sign and also none": ({"emerg": ["none", "e_cold"]}, "EMERGENCY"),
    "is not sure about the signs": ({"emerg": ["not_sure"]}, "CALL_TODAY"),
    "has a fever with the back pain": ({"today": ["t_fever"]}, "CALL_TODAY"),
    "had cancer and the pain is new": ({"today": ["t_cancer", "not_sure"]}, "CALL_TODAY"),
}


@pytest.mark.parametrize("story", STABLE)
def test_stable_patient_is_not_sent_to_the_emergency_room_nor_told_to_call_today(story: str) -> None:
    decision = flow.outcome(patient(**STABLE[story]))

    assert decision
    assert decision.outcome not in ("EMERGENCY", "CALL_TODAY")


@pytest.mark.parametrize("story", URGENT)
def test_patient_in_danger_is_told_so_at_once(story: str) -> None:
    changes, outcome = URGENT[story]

    decision = flow.outcome(changes if "emerg" in changes else {"emerg": ["none"], **changes})

    assert decision
    assert decision.outcome == outcome

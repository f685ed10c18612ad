"""A patient at the check: full answers that lead to each outcome, and a browser that walks the steps."""

from collections.abc import Mapping
from typing import Any

from django.test import Client

from screener.flow import Walk, replay
from screener.questions import STEPS

Answers = dict[str, Any]

# Typical, stable lumbar stenosis with everything known: the one way to OPTION.
TYPICAL: Answers = {
    "emerg": ["none"],
    "today": ["none"],
    "age": "50_plus",
    "where": ["leg_both"],
    "worse": ["stand", "walk"],
    "relief": ["sit", "bend"],
    "dur": "over_6m",
    "effect": "a_lot",
    "weaker": "no",
    "balance": "no",
    "dx": "yes",
    "scan": "recent",
    "scan_says": "ligament",
    "care": "not_enough",
    "surg": "none",
    "told": ["none"],
    "before": ["none"],
}


def patient(**changes: Any) -> Answers:
    """The typical patient, with these answers changed; None takes an answer away."""
    changed = {**TYPICAL, **changes}
    return {key: answer for key, answer in changed.items() if answer is not None}


def walk_of(answers: Mapping[str, Any]) -> Walk:
    return replay(answers)


def post_step(client: Client, name: str, answers: Mapping[str, Any], prefix: str = "/check/") -> Any:
    step = next(step for step in STEPS if step.name == name)
    data = {key: answers[key] for key in step.keys if key in answers}
    return client.post(f"{prefix}{name}/", data)


def walk_through(client: Client, answers: Mapping[str, Any], prefix: str = "/check/") -> Any:
    """Starts, posts every step of the path in order, and returns the last answer of the server."""
    response: Any = client.post(prefix, {"who": answers.get("who", "self")})
    for step in walk_of(answers).path:
        response = post_step(client, step.name, answers, prefix)
    return response

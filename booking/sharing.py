"""What the symptom check lets a patient send along: an urgency mark without answers, or the answers in plain sight."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from booking.choices import ForWhom, Mark
from screener import answers, explanation, flow, rules, words
from screener.explanation import Point
from screener.flow import Kept
from screener.rules import Decision, Outcome
from screener.words import Words

EFFECTS = ("check", "against", "unknown", "toward")
NEVER_SHARED = (Outcome.EMERGENCY, Outcome.CALL_TODAY)


@dataclass(frozen=True)
class Offer:
    """`mark` and `shared` are what may be ticked; "" and None where nothing is offered."""

    mark: str = ""
    shared: dict[str, Any] | None = None
    outcome: str = ""
    for_whom: str = ""


def exact_lines(shared: dict[str, Any] | None) -> int:
    """How many points and answers there are to read before one agrees to send them."""
    text = shared["text"] if shared else {}
    points = sum(len(group["points"]) for group in text.get("groups", ())) or len(text.get("reasons", ()))
    return points + len(text.get("lines", ()))


def offer(request: HttpRequest) -> Offer:
    """What this visitor's answers, kept in their browser, allow."""
    given = answers.load(request)
    if given is None:
        return Offer()
    who = given.get("who")
    for_whom = who if isinstance(who, str) and who in ForWhom.values else ""
    decision = flow.outcome(given)
    if decision is None:
        return Offer(for_whom=for_whom)
    return Offer(
        mark=_mark(decision),
        shared=shared_of(given, decision),
        outcome=str(decision.outcome),
        for_whom=for_whom,
    )


def shared_of(given: Kept, decision: Decision) -> dict[str, Any] | None:
    """What may go along with a request; None where calling is what matters."""
    return None if decision.outcome in NEVER_SHARED else _frozen(given, decision)


def _mark(decision: Decision) -> str:
    if decision.outcome == Outcome.EMERGENCY:
        return ""
    if decision.outcome == Outcome.CALL_TODAY:
        return Mark.CALL_TODAY.value
    return Mark.SOON.value if decision.soon else ""


def _frozen(given: Kept, decision: Decision) -> dict[str, Any]:
    """Codes and words together, as they are today: later changes of the rules change nothing that was sent.

    The staff reads `english`; the patient saw `text`.
    """
    language = get_language() or "en"
    asked = [key for key in given if key != "who"]
    return {
        "rules_version": rules.RULES_VERSION,
        "digest": rules.digest(),
        "outcome": str(decision.outcome),
        "soon": decision.soon,
        "answers": {key: given[key] for key in asked},
        "language": language,
        "text": _in_words(asked, given, decision, language),
        "english": _in_words(asked, given, decision, "en"),
    }


def _in_words(asked: list[str], given: Kept, decision: Decision, language: str) -> dict[str, Any]:
    spoken = words.of(language)
    who = given.get("who")
    lines = []
    for key in asked:
        said = spoken.questions[key]
        answer = given[key]
        chosen = [answer] if isinstance(answer, str) else answer
        lines.append(
            {"question": said.ask.to(who), "answers": [said.options[value].text.to(who) for value in chosen]}
        )
    reasons = [spoken.reasons[rule.id] for rule in decision.reasons]
    return {
        "heading": spoken.outcomes[str(decision.outcome)].heading,
        "lines": lines,
        "reasons": [f"{reason.text.to(who)} {reason.warning}".strip() for reason in reasons],
        "groups": _by_effect(given, decision, spoken),
    }


def _by_effect(given: Kept, decision: Decision, spoken: Words) -> list[dict[str, Any]]:
    """What needs a check, points toward, points against or is not known, each under those words."""
    explained = explanation.explain(flow.replay(given), decision, spoken)
    points = (*explained.leading, *explained.others, *explained.rest)
    groups = []
    for effect in sorted({point.effect for point in points}, key=_weight):
        of_this = [point for point in points if point.effect == effect]
        texts = [_text(point) for point in of_this]
        groups.append({"effect": effect, "words": of_this[0].effect_in_words, "points": texts})
    return groups


def _weight(effect: str) -> int:
    """What somebody has to look at comes first."""
    return EFFECTS.index(effect) if effect in EFFECTS else len(EFFECTS)


def _text(point: Point) -> str:
    named = f"{', '.join(point.items)}." if point.items else ""
    return " ".join(part for part in (point.opening, named, point.text, point.warning) if part)

"""What does not fit between the words of one language and the questions, rules and outcomes of the data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screener.questions import QUESTIONS, STEPS, VISIT, Question
from screener.rules import RULES, Outcome, Rule

EFFECTS = ("toward", "against", "check", "unknown", "no_sign", "no_bar")
DRAWING = ("title", "desc", "sometimes", "ends", "decides", "none")
PAGES = ("questions", "visit")
LINES = (
    "call_today",
    "call_after_hours",
    "call_own_doctor",
    "closed_in_doubt",
    "emergency_room",
    "many_people",
    "soon",
    "soon_open",
    "soon_closed",
    "or_call",
    "or_call_later",
    "no_study",
    "no_study_on_paper",
    "not_diagnosis",
    "not_tested",
    "for_someone_else",
    "answers_gone",
    "rules_changed",
)
# These lead to a phone, not to something that one could do about an answer.
SAY_ALL = ("E1", "T1", "T2", "T3", "N1")


def faults_of(raw: Mapping[str, Any]) -> Iterator[str]:
    """Each fault names the code; raw is the file of one language as YAML gives it."""
    headed = [step.name for step in (*STEPS, VISIT) if len(step.keys) > 1]
    yield from _differences("questions", raw["questions"], [question.key for question in QUESTIONS])
    yield from _differences("steps", raw["steps"], headed)
    yield from _differences("topics", raw["topics"], [step.name for step in STEPS])
    yield from _differences("reasons", raw["reasons"], [rule.id for rule in RULES])
    yield from _differences("effects", raw["effects"], EFFECTS)
    yield from _differences("outcomes", raw["outcomes"], list(Outcome))
    yield from _differences("drawing", raw["drawing"], DRAWING)
    yield from _differences("pages", raw["pages"], PAGES)
    yield from _differences("lines", raw["lines"], LINES)
    for rule in RULES:
        yield from _reason_faults(rule, raw["reasons"].get(rule.id, {}))
    for question in QUESTIONS:
        yield from _question_faults(question, raw["questions"].get(question.key, {}))
    yield from _one_sided(raw, "")


def _reason_faults(rule: Rule, raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _stray(f"reasons.{rule.id}", raw, ("text", "do", "warning"))
    if raw and not raw.get("do") and rule.id not in SAY_ALL:
        yield f"reasons.{rule.id}.do is missing"


def _question_faults(question: Question, raw: Mapping[str, Any]) -> Iterator[str]:
    place = f"questions.{question.key}"
    yield from _differences(f"{place}.options", raw.get("options", {}), question.values)
    needed = ("ask", "why") if question.information else ("ask", "why", "toward")
    yield from (f"{place}.{name} is missing" for name in needed if not raw.get(name))
    for value, option in raw.get("options", {}).items():
        yield from _stray(f"{place}.options.{value}", option, ("text", "note"))
        if not option.get("text"):
            yield f"{place}.options.{value}.text is missing"


def _differences(place: str, found: Mapping[Any, Any], wanted: Iterable[str]) -> Iterator[str]:
    # A bare yes, no or 18_49 is not a string in YAML: it shows up here as an extra key.
    yield from (f"{place}.{name} is missing" for name in wanted if name not in found)
    yield from (f"{place}.{name} has no place in the data" for name in found if name not in wanted)


def _stray(place: str, found: Mapping[str, Any], allowed: tuple[str, ...]) -> Iterator[str]:
    # A comma inside {text: ...} without quotation marks cuts the sentence in two.
    yield from (
        f"{place} is cut at {name!r}: put the text in quotation marks"
        for name in found
        if name not in allowed
    )


def _one_sided(raw: Any, place: str) -> Iterator[str]:
    """A text that speaks to one of the two readers alone. The options of `who` bear the same two names."""
    if isinstance(raw, Mapping):
        if ("self" in raw) != ("other" in raw) and all(isinstance(each, str) for each in raw.values()):
            yield f"{place} needs both forms, self and other"
        for name, each in raw.items():
            yield from _one_sided(each, f"{place}.{name}".lstrip("."))
    elif isinstance(raw, list):
        for number, each in enumerate(raw):
            yield from _one_sided(each, f"{place}.{number}")

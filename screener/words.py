"""The words of the screener by language and code, read from words/*.yaml and checked against the data at start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from screener.questions import QUESTIONS, STEPS, Question
from screener.rules import RULES, Outcome

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "es")
EFFECTS = ("toward", "against", "check", "unknown")
LINES = (
    "call_today",
    "call_after_hours",
    "call_own_doctor",
    "emergency_room",
    "many_people",
    "soon",
    "no_study",
    "not_diagnosis",
    "not_tested",
    "for_someone_else",
)


class WordsMissing(Exception):
    """Words and data do not fit together; each fault says which file and which code."""


@dataclass(frozen=True)
class Text:
    """One text in its two forms: to the visitor, and to someone who answers for another person."""

    to_self: str = ""
    to_other: str = ""

    def to(self, who: object) -> str:
        return self.to_other if who == "other" else self.to_self


@dataclass(frozen=True)
class OptionWords:
    text: Text
    note: Text


@dataclass(frozen=True)
class QuestionWords:
    """`toward` and `against` tell what an answer means on which no rule has a say."""

    ask: Text
    hint: Text
    warning: Text
    why: Text
    toward: Text
    against: Text
    options: Mapping[str, OptionWords]


@dataclass(frozen=True)
class ReasonWords:
    """`opening` stands before the list of what was checked, where the reason names it."""

    text: str
    warning: str

    @property
    def opening(self) -> str:
        return self.text.partition("{items}")[0].strip() if "{items}" in self.text else ""

    @property
    def rest(self) -> str:
        return self.text.partition("{items}")[2].lstrip(". ") if "{items}" in self.text else self.text


@dataclass(frozen=True)
class OutcomeWords:
    heading: str
    lead: str
    warning: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    lang: str
    questions: Mapping[str, QuestionWords]
    steps: Mapping[str, str]
    reasons: Mapping[str, ReasonWords]
    effects: Mapping[str, str]
    outcomes: Mapping[str, OutcomeWords]
    other_care: tuple[str, ...]
    ask_your_clinician: tuple[str, ...]
    lines: Mapping[str, str]


@lru_cache(maxsize=len(LANGUAGES))
def of(lang: str) -> Words:
    """The words of one language. Raises WordsMissing when they do not fit the data."""
    name = f"{lang if lang in LANGUAGES else 'en'}.yaml"
    raw = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    faults = list(_faults(raw))
    if faults:
        raise WordsMissing(f"screener/words/{name}: " + "; ".join(faults))
    return _words(lang, raw)


def check_all() -> None:
    for lang in LANGUAGES:
        of(lang)


def _faults(raw: Mapping[str, Any]) -> Iterable[str]:
    two_questions = [step.name for step in STEPS if len(step.keys) > 1]
    yield from _differences("questions", raw["questions"], [question.key for question in QUESTIONS])
    yield from _differences("steps", raw["steps"], two_questions)
    yield from _differences("reasons", raw["reasons"], [rule.id for rule in RULES])
    yield from _differences("effects", raw["effects"], EFFECTS)
    yield from _differences("outcomes", raw["outcomes"], list(Outcome))
    yield from _differences("lines", raw["lines"], LINES)
    for code, reason in raw["reasons"].items():
        yield from _stray(f"reasons.{code}", reason, ("text", "warning"))
    for question in QUESTIONS:
        yield from _question_faults(question, raw["questions"].get(question.key, {}))


def _question_faults(question: Question, raw: Mapping[str, Any]) -> Iterable[str]:
    place = f"questions.{question.key}"
    yield from _differences(f"{place}.options", raw.get("options", {}), question.values)
    needed = ("ask", "why") if question.information else ("ask", "why", "toward")
    yield from (f"{place}.{name} is missing" for name in needed if not raw.get(name))
    for value, option in raw.get("options", {}).items():
        yield from _stray(f"{place}.options.{value}", option, ("text", "note"))
        if not option.get("text"):
            yield f"{place}.options.{value}.text is missing"


def _differences(place: str, found: Mapping[Any, Any], wanted: Iterable[str]) -> Iterable[str]:
    # A bare yes, no or 18_49 is not a string in YAML: it shows up here as an extra key.
    yield from (f"{place}.{name} is missing" for name in wanted if name not in found)
    yield from (f"{place}.{name} has no place in the data" for name in found if name not in wanted)


def _stray(place: str, found: Mapping[str, Any], allowed: tuple[str, ...]) -> Iterable[str]:
    # A comma inside {text: ...} without quotation marks cuts the sentence in two.
    yield from (
        f"{place} is cut at {name!r}: put the text in quotation marks"
        for name in found
        if name not in allowed
    )


def _text(raw: str | Mapping[str, str] | None) -> Text:
    if isinstance(raw, Mapping):
        return Text(to_self=raw["self"], to_other=raw["other"])
    return Text(to_self=raw or "", to_other=raw or "")


def _question_words(raw: Mapping[str, Any]) -> QuestionWords:
    return QuestionWords(
        **{name: _text(raw.get(name)) for name in ("ask", "hint", "warning", "why", "toward", "against")},
        options={
            value: OptionWords(text=_text(each["text"]), note=_text(each.get("note")))
            for value, each in raw["options"].items()
        },
    )


def _words(lang: str, raw: Mapping[str, Any]) -> Words:
    return Words(
        lang=lang,
        questions={key: _question_words(each) for key, each in raw["questions"].items()},
        steps=raw["steps"],
        reasons={
            key: ReasonWords(text=each["text"], warning=each.get("warning", ""))
            for key, each in raw["reasons"].items()
        },
        effects=raw["effects"],
        outcomes={
            key: OutcomeWords(each["heading"], each["lead"], each.get("warning", ""), tuple(each["steps"]))
            for key, each in raw["outcomes"].items()
        },
        other_care=tuple(raw["other_care"]),
        ask_your_clinician=tuple(raw["ask_your_clinician"]),
        lines=raw["lines"],
    )

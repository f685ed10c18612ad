"""The words of the screener by language and code, read from words/*.yaml and checked against the data at start."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from screener.words_faults import faults_of

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "es")


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
    """`do`: what to do about it. `opening` stands before the list of what was checked, where the reason names it."""

    text: Text
    do: Text
    warning: str

    def opening(self, who: object) -> str:
        text = self.text.to(who)
        return text.partition("{items}")[0].strip() if "{items}" in text else ""

    def rest(self, who: object) -> str:
        text = self.text.to(who)
        return text.partition("{items}")[2].lstrip(". ") if "{items}" in text else text


@dataclass(frozen=True)
class OutcomeSaid:
    """An outcome in the words for one visitor."""

    heading: str
    lead: str
    warning: str
    steps: tuple[str, ...]
    bring: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeWords:
    short: str
    heading: str
    lead: Text
    warning: str
    steps: tuple[Text, ...]
    bring: tuple[Text, ...]

    def to(self, who: object) -> OutcomeSaid:
        return OutcomeSaid(
            self.heading, self.lead.to(who), self.warning, said(self.steps, who), said(self.bring, who)
        )


@dataclass(frozen=True)
class Words:
    lang: str
    questions: Mapping[str, QuestionWords]
    steps: Mapping[str, str]
    topics: Mapping[str, str]
    reasons: Mapping[str, ReasonWords]
    effects: Mapping[str, str]
    outcomes: Mapping[str, OutcomeWords]
    consultation: tuple[Text, ...]
    other_care: tuple[Text, ...]
    ask_your_clinician: tuple[Text, ...]
    drawing: Mapping[str, str]
    pages: Mapping[str, str]
    lines: Mapping[str, Text]

    def lines_to(self, who: object) -> dict[str, str]:
        return {name: text.to(who) for name, text in self.lines.items()}


def said(texts: Iterable[Text], who: object) -> tuple[str, ...]:
    return tuple(text.to(who) for text in texts)


@lru_cache(maxsize=len(LANGUAGES))
def of(lang: str) -> Words:
    """The words of one language. Raises WordsMissing when they do not fit the data."""
    raw = _raw(lang)
    faults = list(faults_of(raw))
    if faults:
        raise WordsMissing(f"screener/words/{_file(lang)}: " + "; ".join(faults))
    return _words(lang, raw)


@lru_cache(maxsize=len(LANGUAGES))
def digest(lang: str) -> str:
    """SHA-256 over every word of one language, 64 hexadecimal digits: what a reviewer signs. Comments do not count."""
    return sha256(json.dumps(_raw(lang), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def check_all() -> None:
    for lang in LANGUAGES:
        of(lang)


def _file(lang: str) -> str:
    return f"{lang if lang in LANGUAGES else 'en'}.yaml"


def _raw(lang: str) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((FOLDER / _file(lang)).read_text(encoding="utf-8"))
    return raw


def _text(raw: str | Mapping[str, str] | None) -> Text:
    if isinstance(raw, Mapping):
        return Text(to_self=raw["self"], to_other=raw["other"])
    return Text(to_self=raw or "", to_other=raw or "")


def _texts(raw: Iterable[str | Mapping[str, str]] | None) -> tuple[Text, ...]:
    return tuple(_text(each) for each in raw or ())


def _question_words(raw: Mapping[str, Any]) -> QuestionWords:
    return QuestionWords(
        **{name: _text(raw.get(name)) for name in ("ask", "hint", "warning", "why", "toward", "against")},
        options={
            value: OptionWords(text=_text(each["text"]), note=_text(each.get("note")))
            for value, each in raw["options"].items()
        },
    )


def _outcome_words(raw: Mapping[str, Any]) -> OutcomeWords:
    return OutcomeWords(
        short=raw["short"],
        heading=raw["heading"],
        lead=_text(raw["lead"]),
        warning=raw.get("warning", ""),
        steps=_texts(raw.get("steps")),
        bring=_texts(raw.get("bring")),
    )


def _words(lang: str, raw: Mapping[str, Any]) -> Words:
    return Words(
        lang=lang,
        questions={key: _question_words(each) for key, each in raw["questions"].items()},
        steps=raw["steps"],
        topics=raw["topics"],
        reasons={
            key: ReasonWords(_text(each["text"]), _text(each.get("do")), each.get("warning", ""))
            for key, each in raw["reasons"].items()
        },
        effects=raw["effects"],
        outcomes={key: _outcome_words(each) for key, each in raw["outcomes"].items()},
        consultation=_texts(raw["consultation"]),
        other_care=_texts(raw["other_care"]),
        ask_your_clinician=_texts(raw["ask_your_clinician"]),
        drawing=raw["drawing"],
        pages=raw["pages"],
        lines={name: _text(each) for name, each in raw["lines"].items()},
    )

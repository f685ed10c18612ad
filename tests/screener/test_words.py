"""The words of the check: complete in both languages, short, and never a promise or a diagnosis."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from screener import words
from screener.questions import BY_KEY, EMERGENCY_SIGNS, QUESTIONS
from screener.rules import RULES, Outcome

FORBIDDEN = (
    "you have lumbar",
    "you have stenosis",
    "you are a candidate",
    "diagnosed with",
    "guarantee",
    "safe",
    "proven",
    "cure",
    "painless",
    "permanent",
    "approved",
    "tiene estenosis espinal lumbar.",
    "candidat",
    "garant",
    "segura para",
)


def texts(lang: str) -> Iterator[tuple[str, str]]:
    raw = yaml.safe_load((words.FOLDER / f"{lang}.yaml").read_text(encoding="utf-8"))

    def below(place: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield place, value
        else:
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            for name, part in parts:
                yield from below(f"{place}.{name}", part)

    yield from below(lang, raw)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_question_option_reason_and_outcome_has_words(lang: str) -> None:
    said = words.of(lang)

    assert set(said.questions) == {question.key for question in QUESTIONS}
    assert set(said.reasons) == {rule.id for rule in RULES}
    assert set(said.outcomes) == set(Outcome)
    for question in QUESTIONS:
        for who in ("self", "other", None):
            assert said.questions[question.key].ask.to(who)
            assert all(option.text.to(who) for option in said.questions[question.key].options.values())


def test_both_languages_say_the_same_things() -> None:
    english, spanish = ({place[2:] for place, _text in texts(lang)} for lang in ("en", "es"))
    unvaried = {place.removesuffix(".self").removesuffix(".other") for place in english}

    assert unvaried == {place.removesuffix(".self").removesuffix(".other") for place in spanish}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_sentences_have_twenty_words_at_most_and_options_twenty_five(lang: str) -> None:
    for place, text in texts(lang):
        most = 25 if ".options." in place else 20
        for sentence in re.split(r"(?<=[.?!:])\s+", text):
            assert len(sentence.split()) <= most, (place, sentence)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_reason_or_outcome_promises_or_diagnoses(lang: str) -> None:
    for place, text in texts(lang):
        if not place.startswith(f"{lang}.questions"):
            assert not [word for word in FORBIDDEN if word in text.lower()], place


@pytest.mark.parametrize("sign", EMERGENCY_SIGNS)
def test_emergency_sign_speaks_of_the_other_person_too(sign: str) -> None:
    said = words.of("en").questions["emerg"].options[sign]

    assert not re.search(r"\byou\b|\byour\b", said.text.to("other"))


def test_questions_about_another_person_never_say_you() -> None:
    for question in QUESTIONS:
        said = words.of("en").questions[question.key]
        if question.key not in ("who", "scan_says"):
            for text in (said.ask, said.hint, *(option.text for option in said.options.values())):
                assert not re.search(r"\byou\b|\byour\b", text.to("other")), question.key


def test_missing_word_stops_the_start_and_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    english = (words.FOLDER / "en.yaml").read_text(encoding="utf-8")
    broken = english.replace("\n  N3:\n", "\n  N33:\n").replace('      "18_49": {text', "      18_49: {text")
    (tmp_path / "en.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    words.of.cache_clear()

    with pytest.raises(words.WordsMissing) as refusal:
        words.of("en")
    words.of.cache_clear()

    for fault in (
        "en.yaml",
        "reasons.N3 is missing",
        "reasons.N33 has no place",
        "age.options.18_49 is missing",
    ):
        assert fault in str(refusal.value)


def test_every_supporting_answer_can_be_put_in_words() -> None:
    for lang in words.LANGUAGES:
        for question in QUESTIONS:
            if not question.information:
                assert words.of(lang).questions[question.key].toward.to_self
    assert words.of("en").questions["scan_says"].against.to_self
    assert BY_KEY["scan_says"].ask_when

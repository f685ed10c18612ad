"""The words of the check keep the rules for texts: no promise, short sentences, and easier to read than a page must be."""

from collections.abc import Iterable, Iterator

import pytest
import yaml

from content import grade
from content.grade import SHORTEST_TEXT, Reading
from content.plain_texts import PlainText, check_texts, reading_of
from screener import words
from screener.questions import STEPS, VISIT, Step
from screener.rules import RULES, Outcome

# An answer to choose from may name several signs of one kind; taking it apart would make several answers of it.
MOST_WORDS_OF_AN_OPTION = 25
# The aim of a page is the limit here: grade 6. In Spanish, where a step is often too short for a fair measure, the middle
# of INFLESZ "normal" is.
LIMIT = {"en": 6.0, "es": 60.0}
Place = tuple[str, ...]


def texts(lang: str) -> Iterator[tuple[Place, PlainText]]:
    """Every text of a language, with the codes that lead to it and its line."""
    file = words.FOLDER / f"{lang}.yaml"

    def below(node: yaml.Node, place: Place) -> Iterator[tuple[Place, PlainText]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield from below(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from below(value, place)
        else:
            yield place, PlainText(f"screener/words/{file.name}", node.start_mark.line + 1, node.value)

    root = yaml.compose(file.read_text(encoding="utf-8"))
    assert root is not None
    yield from below(root, ())


def reading_at_length(said: Iterable[str], lang: str) -> Reading:
    """Said over and over, a short text is long enough to measure: its means stay what they are."""
    score = reading_of([each.replace("{items}", "") for each in said if each] * SHORTEST_TEXT, lang)
    assert score is not None
    return score


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_check_promises_nothing_and_speaks_in_short_sentences(lang: str) -> None:
    options = [text for place, text in texts(lang) if "options" in place]
    others = [text for place, text in texts(lang) if "options" not in place]

    found = [*check_texts(others, lang), *check_texts(options, lang, most_words=MOST_WORDS_OF_AN_OPTION)]

    assert [str(finding) for finding in found] == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("step", [*STEPS, VISIT], ids=lambda step: step.name)
def test_every_step_is_easy_to_read(step: Step, lang: str) -> None:
    keys = step.keys
    said = [text.words for place, text in texts(lang) if place[0] == "questions" and place[1] in keys]

    score = reading_of(said, lang)

    assert score is not None
    assert score.within(LIMIT[lang]), score


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_easy_to_read(outcome: Outcome, lang: str) -> None:
    said = [text.words for place, text in texts(lang) if place[:2] == ("outcomes", outcome)]

    score = reading_at_length(said, lang)

    assert score.within(LIMIT[lang]), score


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("who", ["self", "other"])
def test_every_reason_is_easy_to_read_by_itself(who: str, lang: str) -> None:
    said = words.of(lang).reasons
    scores = {
        rule.id: reading_at_length(
            [said[rule.id].text.to(who), said[rule.id].warning, said[rule.id].do.to(who)], lang
        )
        for rule in RULES
    }

    # One sentence or two in Spanish: a few long words that must stand weigh much, so normal has to do.
    limit = LIMIT["en"] if lang == "en" else grade.LIMIT["es"]
    assert {rule: score for rule, score in scores.items() if not score.within(limit)} == {}


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("part", ["consultation", "other_care", "ask_your_clinician", "lines", "reasons"])
def test_whatever_else_a_result_says_is_easy_to_read(part: str, lang: str) -> None:
    said = [text.words for place, text in texts(lang) if place[0] == part]

    score = reading_at_length(said, lang)

    assert score.within(LIMIT[lang]), score


def test_hard_words_are_found_in_a_text_too_short_to_measure_once() -> None:
    assert reading_of(["Unavoidable radiological examination."], "en") is None
    assert not reading_at_length(["Unavoidable radiological examination."], "en").within(LIMIT["en"])

"""PURE. The rules for words that stand outside the pages: questions of the check, mails, what staff say on the phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.findings import ERROR, Finding
from content.grade import LIMIT, Reading, reading
from content.promises import promises
from content.sentences import Sentence, sentences

MOST_WORDS = 20
# A longer text without a full stop, such as an answer to choose, is read like a sentence; a shorter one only by its words.
LONGEST_FRAGMENT = 6


@dataclass(frozen=True)
class PlainText:
    """A few words outside the pages, such as a question of the check, with their place in a file."""

    file: str
    line: int
    words: str


def check_texts(
    texts: Iterable[PlainText], lang: str, *, most_words: int = MOST_WORDS
) -> tuple[Finding, ...]:
    """Sentence length and promises of words that stand outside the pages."""
    found: list[Finding] = []
    for text in texts:
        for sentence in sentences([(text.line, text.words)]):
            for word, advice in promises(sentence.text, lang):
                found.append(
                    Finding("promise", ERROR, text.file, text.line, sentence.text, f"“{word}”: {advice}.")
                )
            if len(sentence.words) > most_words:
                found.append(too_long(text.file, text.line, sentence, most_words))
    return tuple(found)


def reading_of(texts: Iterable[str], lang: str) -> Reading | None:
    """How hard some texts are to read together; None when they are too short to tell."""
    whole: list[tuple[str, ...]] = []
    loose: list[tuple[str, ...]] = []
    for text in texts:
        for sentence in sentences([(1, text)]):
            is_read_so = sentence.is_whole or len(sentence.words) > LONGEST_FRAGMENT
            (whole if is_read_so else loose).append(sentence.words)
    return reading(whole, [word for words in loose for word in words], lang)


def faults_of(text: str, lang: str) -> tuple[str, ...]:
    """What is wrong with a text of several lines, such as a reply that staff write, in sentences for its author."""
    lines = [PlainText("", number, line) for number, line in enumerate(text.splitlines(), 1)]
    found = [f"“{each.words}” {each.advice}" for each in check_texts(lines, lang)]
    score = reading_of(text.splitlines(), lang)
    if score is not None and not score.within(LIMIT[lang]):
        scale = "INFLESZ" if lang == "es" else "Reading grade"
        found.append(
            f"{scale} {score.score}; the limit is {LIMIT[lang]:g}. Use shorter words and shorter sentences."
        )
    return tuple(found)


def too_long(file: str, line: int, sentence: Sentence, most: int) -> Finding:
    advice = f"Divide this sentence: it has {len(sentence.words)} words, {most} are the limit."
    return Finding("sentence-length", ERROR, file, line, sentence.text, advice)

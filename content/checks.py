"""PURE. The rules for texts: what is wrong with one page, or with all pages together.

One entrance each: `check_page` and `check_house`; for words outside the pages see plain_texts.py. docs/text-rules.md
explains every rule by its name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from content.ageing import old_sources, overdue, twins, unused_sources
from content.claims import NOT_COUNTED, claims
from content.documents import Page, Source
from content.findings import ERROR, WARNING, Exemption, Finding
from content.frequencies import faults
from content.grade import AIM, LIMIT, Reading, reading
from content.insertions import PLACE
from content.plain_texts import MOST_WORDS, too_long
from content.promises import promises
from content.prose import Block, Prose, read
from content.raw_html import advice as instead_of
from content.raw_html import tags
from content.sentences import Sentence, sentences
from content.source_words import words_of_sources
from content.structure import headings, links, pictures

MOST_SENTENCES = 3
# An exemption in braces silences these and nothing else.
SILENCED = ("claim", "promise", "frequency")
GRADED = ("paragraph", "item", "cell", "caption")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*(?<![.,])")


@dataclass(frozen=True)
class House:
    """Every page and source, the day, and until when each signature is good: (id, language) → day.

    `cited_elsewhere` are keys of sources that something other than a page rests on.
    """

    pages: Mapping[tuple[str, str], Page]
    sources: Mapping[str, Source]
    today: date
    good_until: Mapping[tuple[str, str], date] = field(default_factory=dict)
    cited_elsewhere: frozenset[str] = frozenset()

    def anchors(self) -> dict[str, frozenset[str]]:
        return {page.path: _ids(prose_of(page)) for page in self.pages.values()}


@dataclass(frozen=True)
class Report:
    """What the rules found on one page, and its measures. `longest` is in words."""

    page: Page
    findings: tuple[Finding, ...]
    exemptions: tuple[Exemption, ...]
    words: int
    reading: Reading | None
    longest: int
    claims: int
    sources: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == ERROR)


def prose_of(page: Page) -> Prose:
    return _prose(page.body, page.document.body_line)


@lru_cache(maxsize=1000)
def _prose(body: str, first_line: int) -> Prose:
    return read(body, first_line)


def check_house(house: House) -> tuple[tuple[Report, ...], tuple[Finding, ...]]:
    """A report on each page, and what concerns the pages together."""
    prose = {key: prose_of(page) for key, page in house.pages.items()}
    anchors = {page.path: _ids(prose[key]) for key, page in house.pages.items()}
    reports = tuple(check_page(page, house, anchors) for page in house.pages.values())
    used = house.cited_elsewhere.union(*(each.sources for each in prose.values()))
    together = [
        *unused_sources(house.sources.values(), used),
        *old_sources(house.sources.values(), used, house.today),
        *words_of_sources(house.sources.values()),
    ]
    for key, page in house.pages.items():
        together += overdue(page, house.good_until.get(key), house.today)
        together += twins(page, house.pages, prose)
    return reports, tuple(together)


def check_page(page: Page, house: House, anchors: Mapping[str, frozenset[str]] | None = None) -> Report:
    """What is wrong with one page, be it a file or a draft that stands in no file yet."""
    prose = prose_of(page)
    said = [(block, sentence) for block in (*_front(page), *prose.blocks) for sentence in block.sentences]
    stated = list(claims(prose, page.lang, page.kind))
    known = {**(house.anchors() if anchors is None else anchors), page.path: _ids(prose)}
    twin = house.pages.get((page.id, _other(page.lang)))
    score = _reading(page, prose)
    found = [
        *_unsourced(page, stated),
        *_echoes(page, prose),
        *_promises(page, said),
        *_frequencies(page, said),
        *_sources(page, prose, house),
        *_structure(page, prose, twin, known),
        *_places(page),
        *_html(page),
        *_twin(page, twin),
    ]
    if page.kind != "legal":
        found += [*_lengths(page, said, prose), *_grade(page, score)]
    kept, exempt = _sort_out(page, found, said)
    return Report(
        page=page,
        findings=tuple(sorted(kept, key=lambda each: each.line)),
        exemptions=exempt,
        words=sum(len(sentence.words) for _block, sentence in said),
        reading=score,
        longest=max((len(sentence.words) for _block, sentence in said), default=0),
        claims=len(stated),
        sources=len(prose.sources),
    )


def _finding(rule: str, page: Page, line: int, words: str, advice: str, severity: str = ERROR) -> Finding:
    return Finding(rule, severity, page.document.name, line, words, advice)


def _ids(prose: Prose) -> frozenset[str]:
    return frozenset(heading.id for heading in prose.headings)


def _front(page: Page) -> tuple[Block, ...]:
    """The words of the front matter, as blocks on their lines."""
    keys = list(page.document.front)
    lines = {key: keys.index(key) + 2 for key in ("title", "nav", "summary", "main_message") if key in keys}
    return tuple(
        Block(
            "lead" if key == "main_message" else "front", line, sentences([(line, str(getattr(page, key)))])
        )
        for key, line in lines.items()
    )


def _unsourced(page: Page, stated: list[tuple[Sentence, bool]]) -> Iterator[Finding]:
    for sentence, sourced in stated:
        if not sourced:
            advice = "Put the source behind the full stop, such as [^mot1], or say it without the claim."
            yield _finding("claim", page, sentence.line, sentence.text, advice)


def _echoes(page: Page, prose: Prose) -> Iterator[Finding]:
    """Where no source can stand (title, summary, heading, picture), a number must be one that a source carries."""
    carried = {
        number
        for block in prose.blocks
        if block.sources
        for sentence in block.sentences
        for number in NUMBER.findall(sentence.text)
    }
    repeating = [block for block in prose.blocks if block.kind in ("heading", "alt", "caption")]
    for block in (*_front(page), *repeating):
        for number in NUMBER.findall(NOT_COUNTED.sub("", block.text)):
            if page.kind not in ("legal", "emergency") and number not in carried:
                advice = f"Say {number} in a sentence with its source on this page too."
                yield _finding("claim", page, block.line, block.text, advice)


def _promises(page: Page, said: list[tuple[Block, Sentence]]) -> Iterator[Finding]:
    for block, sentence in said:
        for word, advice in promises(sentence.text, block.lang or page.lang):
            yield _finding("promise", page, sentence.line, sentence.text, f"“{word}”: {advice}.")


def _frequencies(page: Page, said: list[tuple[Block, Sentence]]) -> Iterator[Finding]:
    for block, sentence in said:
        if block.kind not in ("heading", "front"):
            for advice in faults(block, sentence, block.lang or page.lang):
                yield _finding("frequency", page, sentence.line, sentence.text, advice)


def _sources(page: Page, prose: Prose, house: House) -> Iterator[Finding]:
    for block in prose.blocks:
        for sentence in block.sentences:
            for key in sentence.sources:
                if key not in house.sources:
                    advice = (
                        f"There is no source {key}. Write content/sources/{key}.md, or name one that exists."
                    )
                    yield _finding("source-unknown", page, sentence.line, sentence.text, advice)


def _structure(
    page: Page, prose: Prose, twin: Page | None, anchors: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    for rule, line, words, advice in (
        *headings(prose),
        *pictures(prose),
        *links(prose, path=page.path, twin=twin.path if twin else "", lang=page.lang, anchors=anchors),
    ):
        yield _finding(rule, page, line, words, advice)


def _places(page: Page) -> Iterator[Finding]:
    for line, words in enumerate(page.body.split("\n"), page.document.body_line):
        if PLACE in words:
            advice = f"Take out {PLACE}, or insert what should stand in its place."
            yield _finding("place", page, line, words, advice)


def _html(page: Page) -> Iterator[Finding]:
    """In the whole text: what the front matter says is shown letter by letter too."""
    for line, tag in tags(page.document.text):
        yield _finding("html", page, line + 1, tag, instead_of(tag))


def _other(lang: str) -> str:
    return "en" if lang == "es" else "es"


def _twin(page: Page, twin: Page | None) -> Iterator[Finding]:
    if twin is None:
        yield _finding(
            "twin", page, 1, "", f"Write its twin, content/pages/{_other(page.lang)}/{page.id}.md."
        )


def _lengths(page: Page, said: list[tuple[Block, Sentence]], prose: Prose) -> Iterator[Finding]:
    for _block, sentence in said:
        if len(sentence.words) > MOST_WORDS:
            yield too_long(page.document.name, sentence.line, sentence, MOST_WORDS)
    for block in prose.blocks:
        count = sum(not sentence.is_label for sentence in block.sentences)
        if block.kind in ("paragraph", "item") and count > MOST_SENTENCES:
            advice = f"Divide this paragraph: it has {count} sentences, {MOST_SENTENCES} are the limit."
            yield _finding("paragraph-length", page, block.line, block.sentences[0].text, advice)


def _reading(page: Page, prose: Prose) -> Reading | None:
    """The grade of the lead and the body.

    A fragment of a list makes one sentence with its lead-in. Cells of tables, bold labels and fragments without a lead-in
    are short without being sentences: their words count, their shortness does not.
    """
    whole: list[tuple[str, ...]] = []
    loose: list[str] = []
    led: list[int] = []
    lead = [block for block in _front(page) if block.kind == "lead"]
    for block in (*lead, *prose.blocks):
        if block.lang not in ("", page.lang) or block.kind not in (*GRADED, "lead"):
            continue
        for sentence in block.sentences:
            if block.kind != "cell" and not sentence.is_label and (sentence.is_whole or block.kind != "item"):
                whole.append(sentence.words)
            else:
                loose += sentence.words
                if block.lead:
                    led.append(len(block.lead.sentences[-1].words) + len(sentence.words))
    return reading(whole, loose, page.lang, led)


def _grade(page: Page, score: Reading | None) -> Iterator[Finding]:
    if score is None or score.meets_aim:
        return
    aim, limit = AIM[page.lang], LIMIT[page.lang]
    scale = "INFLESZ" if page.lang == "es" else "Reading grade"
    advice = f"{scale} {score.score}; the aim is {aim:g}, the limit {limit:g}. Use shorter words and shorter sentences."
    yield _finding("grade", page, 1, "", advice, WARNING if score.within(limit) else ERROR)


def _sort_out(
    page: Page, found: list[Finding], said: list[tuple[Block, Sentence]]
) -> tuple[list[Finding], tuple[Exemption, ...]]:
    """Findings that stand, and those that a reason in the text has settled."""
    reasons = {(each.line, each.text): each.exemption for _block, each in said if each.exemption is not None}
    kept: list[Finding] = []
    exempt: list[Exemption] = []
    for each in found:
        place = (each.line, each.words)
        if each.rule in SILENCED and reasons.get(place):
            exempt.append(Exemption(each.rule, each.file, each.line, each.words, reasons[place] or ""))
        else:
            kept.append(each)
    settled = {(each.line, each.words) for each in exempt}
    for line, words in sorted(set(reasons) - settled):
        if reasons[(line, words)]:
            kept.append(
                _finding("exemption", page, line, words, "No rule minds this: remove the exemption.", WARNING)
            )
        else:
            kept.append(_finding("exemption", page, line, words, "Say between {! and !} why it may stand."))
    return kept, tuple(exempt)

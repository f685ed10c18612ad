"""PURE. Splits a piece of our Markdown into sentences, each with its line, its sources and its plain words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from content.markup import CITATION
from content.render import EXEMPTION

# A word as a reader counts it: 2,229 and X-ray are one each, and so is what a {{token}} will stand for.
WORD = re.compile(r"\{\{\s*[a-z_]+\s*\}\}|[^\W_]+(?:[-'’.,][^\W_]+)*")
CITED = re.compile(CITATION)
# Every length is bounded, so that a hostile text of thousands of brackets is read as fast as any other.
IMAGE = re.compile(
    r'!\[(?P<alt>[^\]]{0,900})\]\((?P<file>[^)\s"]{0,200})(?:\s+"(?P<caption>[^"]{0,900})")?\s*\)'
)
LINK = re.compile(
    r'(?<!!)\[(?P<text>[^\]^][^\]]{0,300})\]\((?P<address>[^)\s"]{0,900})(?:\s+"[^"]{0,300}")?\s*\)'
)
PAGE_NAME = re.compile(r"(?<!!)\[[A-ZÁÉÍÓÚ¿][^\]]{0,300}\]\(/[^)]{0,900}\)")
BOLD_ALONE = re.compile(r"\*\*[^*]+\*\*(?:\[\^[a-z0-9-]+\])*$")
BARE_ADDRESS = re.compile(r"<(?P<address>https?://[^<>\s]{1,900})>")
ATTRIBUTES = re.compile(r"(?<!\{)\{:?[ ]*(?P<marks>[#.\w][^{}\n!]*)\}(?!\})")

END = re.compile(
    r"""(?P<mark>[.?!…]+)
        (?:["”»’')*_]|\](?:\([^)\n]{0,900}\))?){0,9}
        (?:\[\^[a-z0-9-]+\]|[ \t]{0,9}\{![^\n]{0,300}?!\})*
        (?=\s|$)""",
    re.VERBOSE,
)
# What follows each of these belongs to the same sentence; after the others only a small letter or a digit does.
TITLES = (
    "dr",
    "dra",
    "sr",
    "sra",
    "mr",
    "mrs",
    "ms",
    "vs",
    "st",
    "e.g",
    "i.e",
    "p. ej",
    "ej",
    "núm",
    "approx",
    "aprox",
)
LONGEST_SHORT = 12
SHORTENED = ("etc", "a.m", "p.m", "u.s", "al", "ee", "uu", "inc", "no")


@dataclass(frozen=True)
class Sentence:
    """`text` is what a reader sees, tokens unfilled; `exemption` is the reason why a rule is silent here."""

    text: str
    line: int
    sources: tuple[str, ...] = ()
    exemption: str | None = None
    # Without the names of pages that it links to: "read Risks" states no risk.
    states: str = ""
    # **A bold opening.** It names what the next sentence is about.
    is_label: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(WORD.findall(self.text))

    @property
    def is_whole(self) -> bool:
        """Whether it ends as a sentence does; "all your medicines" in a list does not."""
        return bool(re.search(r"[.?!…][\"”»’')]*$", self.text))


def plain(raw: str) -> str:
    """The words alone: no sources, marks of emphasis, addresses or exemptions."""
    text = EXEMPTION.sub("", CITED.sub("", raw))
    text = BARE_ADDRESS.sub(r"\g<address>", LINK.sub(r"\g<text>", text))
    text = re.sub(r"\*+|`|(?<!\w)_+|_+(?!\w)", "", text.replace(r"\*", "∗"))
    return " ".join(unescape(text.replace("{{ ", "{{").replace(" }}", "}}")).split())


def sentences(lines: Sequence[tuple[int, str]]) -> tuple[Sentence, ...]:
    """The sentences of one block, given as (line number, Markdown) pairs."""
    raw = "\n".join(text for _number, text in lines)
    found: list[Sentence] = []
    for start, end in _spans(raw):
        piece = raw[start:end]
        text = plain(piece)
        if text:
            first = start + len(piece) - len(piece.lstrip())
            line = lines[raw.count("\n", 0, first)][0]
            reasons = [each.group(1) for each in EXEMPTION.finditer(piece)]
            found.append(
                Sentence(
                    text,
                    line,
                    tuple(CITED.findall(piece)),
                    exemption="; ".join(reasons) if reasons else None,
                    states=plain(PAGE_NAME.sub("", piece)),
                    is_label=bool(BOLD_ALONE.match(piece.strip())),
                )
            )
    return tuple(found)


def _spans(raw: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in END.finditer(raw):
        if not _goes_on(raw, mark):
            yield start, mark.end()
            start = mark.end()
    if raw[start:].strip():
        yield start, len(raw)


def _goes_on(raw: str, mark: re.Match[str]) -> bool:
    """Whether a full stop only shortens a word, as in "Dr. Lee" or "9 a.m. to 5 p.m."."""
    if mark["mark"] != ".":
        return False
    after = raw[mark.end() : mark.end() + LONGEST_SHORT].lstrip().lstrip("*_([")[:1]
    before = raw[max(0, mark.start() - LONGEST_SHORT) : mark.start()].lower()
    if re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, TITLES))})$", before):
        return True
    shortened = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, SHORTENED))})$", before)
    return after.islower() or bool(shortened and after.isdigit())

"""PURE. A finished page as its readers meet it: blocks of words in order, to compare two versions without markup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from content.word_diff import ADDED, REMOVED, SAME, Piece, words_changed

HEADINGS = ("h2", "h3", "h4")
BLOCKS = (*HEADINGS, "p", "li", "td", "th", "figcaption", "caption", "dt", "dd")
# Cells are compared as blocks of their own; who reads a difference wants the words, not the grid.
KINDS = {"th": "cell", "td": "cell", "caption": "caption", "figcaption": "caption", "dt": "p", "dd": "p"}


@dataclass(frozen=True)
class Block:
    """`kind` is a heading (h2, h3, h4), p, li, cell, caption or picture."""

    kind: str
    words: str


@dataclass(frozen=True)
class Compared:
    """One block of either version, with its changed words."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self._end()
            self.blocks.append(Block("picture", given.get("alt") or ""))
        elif tag == "sup":
            self.words += " ["
        elif tag in BLOCKS:
            self._end()
            self.open.append(tag)
        elif tag == "br":
            self.words += " "

    def handle_endtag(self, tag: str) -> None:
        if tag == "sup":
            self.words += "]"
        elif tag in BLOCKS:
            self._end()
            if tag in self.open:
                self.open.reverse()
                self.open.remove(tag)
                self.open.reverse()

    def handle_data(self, data: str) -> None:
        self.words += data

    def _end(self) -> None:
        words = " ".join(self.words.split())
        self.words = ""
        if words:
            kind = self.open[-1] if self.open else "p"
            self.blocks.append(Block(KINDS.get(kind, kind), words))


def blocks_of(html: str) -> tuple[Block, ...]:
    """The blocks of cleaned HTML, as render makes it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._end()
    return tuple(reader.blocks)


def blocks_changed(old: Sequence[Block], new: Sequence[Block]) -> tuple[Compared, ...]:
    """Both versions in reading order: what is the same, and what was added or removed, word by word."""
    found: list[Compared] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Compared(block.kind, (Piece(SAME, block.words),)) for block in old[a:b]]
        else:
            found += _change(old[a:b], new[c:d])
    return tuple(found)


def _change(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Compared]:
    paired = min(len(old), len(new))
    for before, after in zip(old[:paired], new[:paired], strict=True):
        if before.kind == after.kind:
            yield Compared(after.kind, words_changed(before.words, after.words))
        else:
            yield Compared(before.kind, (Piece(REMOVED, before.words),))
            yield Compared(after.kind, (Piece(ADDED, after.words),))
    for block in old[paired:]:
        yield Compared(block.kind, (Piece(REMOVED, block.words),))
    for block in new[paired:]:
        yield Compared(block.kind, (Piece(ADDED, block.words),))

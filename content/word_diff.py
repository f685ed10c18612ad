"""PURE. What two texts have in common and what was added or removed, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s+|[^\W_]+(?:['’-][^\W_]+)*|.", re.DOTALL)
# Comparing takes words times words: longer passages are shown as replaced as a whole.
MOST_WORDS = 1000
MOST_LINES = 2000
AROUND = 2


@dataclass(frozen=True)
class Piece:
    """`kind` is same, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class Line:
    """One line of both texts together; `number` counts the lines of the newer text, None for one that is gone."""

    number: int | None
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


@dataclass(frozen=True)
class Gap:
    """A run of lines that are the same in both texts and are not shown."""

    lines: int


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as pieces in reading order. Joined without the added ones they are `old`, without the removed `new`."""
    return tuple(_joined(_pieces(WORD.findall(old), WORD.findall(new))))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        yield Piece(REMOVED, "".join(old))
        yield Piece(ADDED, "".join(new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
        else:
            yield Piece(REMOVED, "".join(old[a:b]))
            yield Piece(ADDED, "".join(new[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Without empty pieces, and a blank between two changes goes with them: one change reads better than three."""
    kept = [piece for piece in pieces if piece.words]
    removed = added = ""
    for place, piece in enumerate(kept):
        within = removed or added
        follows = place + 1 < len(kept) and kept[place + 1].kind != SAME
        if piece.kind == SAME and within and follows and piece.words in (" ", "\n"):
            removed, added = removed + piece.words, added + piece.words
        elif piece.kind == SAME:
            yield from _change(removed, added)
            removed = added = ""
            yield piece
        elif piece.kind == REMOVED:
            removed += piece.words
        else:
            added += piece.words
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(REMOVED, removed)
    if added:
        yield Piece(ADDED, added)


def lines_changed(old: str, new: str) -> tuple[Line, ...]:
    """Every line of both texts, in order, with its changed words."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) > MOST_LINES or len(after) > MOST_LINES:
        return (Line(None, (Piece(REMOVED, old),)), Line(1, (Piece(ADDED, new),)))
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line(c + at + 1, (Piece(SAME, words),)) for at, words in enumerate(before[a:b])]
        else:
            found += _lines_of_change(before[a:b], after[c:d], c)
    return tuple(found)


def _lines_of_change(before: Sequence[str], after: Sequence[str], start: int) -> list[Line]:
    """Lines in pairs, each with its words compared; those without a partner are removed or added whole."""
    paired = min(len(before), len(after))
    found = [
        Line(start + at + 1, words_changed(before[at], after[at]) or (Piece(SAME, ""),))
        for at in range(paired)
    ]
    found += [Line(None, (Piece(REMOVED, words),)) for words in before[paired:]]
    found += [Line(start + at + 1, (Piece(ADDED, after[at]),)) for at in range(paired, len(after))]
    return found


def folded(lines: Sequence[Line], around: int = AROUND) -> tuple[Line | Gap, ...]:
    """Changed lines with a few around them; the others become gaps."""
    near: set[int] = set()
    for at, line in enumerate(lines):
        if line.is_changed:
            near.update(range(at - around, at + around + 1))
    shown: list[Line | Gap] = []
    for at, line in enumerate(lines):
        last = shown[-1] if shown else None
        if at in near:
            shown.append(line)
        elif isinstance(last, Gap):
            shown[-1] = Gap(last.lines + 1)
        else:
            shown.append(Gap(1))
    return tuple(shown)

"""Two texts of one document side by side: their lines as written, or their words as readers meet them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from content.inspection import inspect
from content.markup import UnknownName
from content.models import Page
from content.present import presented
from content.reading import Block, Compared, blocks_changed, blocks_of
from content.word_diff import Gap, Line, folded, lines_changed

# So many blocks around a change are read with it.
AROUND = 2


@dataclass(frozen=True)
class Run:
    """Blocks that follow one another, and whether a change is near."""

    is_near: bool
    blocks: tuple[Compared, ...]


@dataclass(frozen=True)
class Difference:
    """`lines` is how it is written; `blocks` how it is read, empty where one of the two cannot be shown."""

    lines: tuple[Line | Gap, ...]
    blocks: tuple[Compared, ...]
    is_readable: bool

    @property
    def runs(self) -> list[Run]:
        """The blocks in runs: near a change, or far from any."""
        near = {
            place + step
            for place, block in enumerate(self.blocks)
            if block.is_changed
            for step in range(-AROUND, AROUND + 1)
        }
        found: list[Run] = []
        for is_near, run in groupby(enumerate(self.blocks), key=lambda each: each[0] in near):
            found.append(Run(is_near, tuple(block for _place, block in run)))
        return found

    @property
    def is_empty(self) -> bool:
        return not any(isinstance(line, Line) and line.is_changed for line in self.lines)


def difference(row: Page, old: str, new: str) -> Difference:
    before, after = read(row, old), read(row, new)
    readable = before is not None and after is not None
    return Difference(
        lines=folded(lines_changed(old, new)),
        blocks=blocks_changed(before or (), after or ()) if readable else (),
        is_readable=readable,
    )


def read(row: Page, text: str) -> Sequence[Block] | None:
    """The document as its readers meet it; None when it cannot be shown."""
    found = inspect(row, text)
    if found.source is not None:
        source = found.source
        said = (f"{words}" for name in source.texts for words in source.texts[name].values())
        return (Block("h2", source.title), *(Block("p", each) for each in said), Block("p", source.link))
    if found.page is None:
        return () if not text else None
    try:
        shown = presented(found.page)
    except UnknownName:
        return None
    front = (Block("h2", shown.title), Block("p", shown.main_message))
    return (*front, *blocks_of(str(shown.body_html)))

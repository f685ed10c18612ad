"""PURE. Two changes of one text put together, line by line, as a proposal that a person reads before it counts."""

from difflib import SequenceMatcher

MOST_LINES = 2000


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where they touch the same lines, or nothing is known of the text of before."""
    before = base.split("\n")
    if not base or max(map(len, (before, mine.split("\n"), theirs.split("\n")))) > MOST_LINES:
        return None
    changes = sorted(_changes(before, mine.split("\n")) + _changes(before, theirs.split("\n")))
    kept: list[tuple[int, int, tuple[str, ...]]] = []
    for change in dict.fromkeys(changes):
        if kept and change[0] <= kept[-1][1]:
            return None
        kept.append(change)
    for start, end, lines in reversed(kept):
        before[start:end] = lines
    return "\n".join(before)


def _changes(before: list[str], after: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """From which line to which what comes instead. Neighbouring changes count as touching."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(a, b, tuple(after[c:d])) for tag, a, b, c, d in codes if tag != "equal"]

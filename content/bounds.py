"""PURE. How much one text may hold. Whatever reads Markdown takes steps by steps over these, so they come first.

Each limit is many times what a page needs (the longest has 7 KB, lines of 550 characters and 33 headings).
"""

import re

MOST_LINES = 2000
LONGEST_LINE = 4000
LONGEST_BLOCK = 8000
LONGEST_FRONT = 12_000
DEEPEST = 8
MOST_HEADINGS = 100
MOST_COLUMNS = 30
# In one block: what stands between two empty lines.
MOST_MARKS = {
    "[": 100,
    "<": 100,
    "{": 100,
    "*": 300,
    "_": 300,
    "`": 100,
    '"': 300,
    "'": 300,
    "\\": 300,
    "!": 100,
}
# What opens something inside something: quotes and lists, each of which may stand in the one before.
OPENS = re.compile(r"[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+)")
HEADS = re.compile(r"#|(?:=+|-+)\s*$")
Fault = tuple[int, str]  # line, what to do


def too_much(lines: list[str], first_line: int) -> Fault | None:
    """The first thing in a body that goes too far; every line is looked at once."""
    headings = length = 0
    marks = dict.fromkeys(MOST_MARKS, 0)
    for number, line in enumerate(lines[:MOST_LINES], first_line):
        depth, rest = _opened(line)
        headings += bool(HEADS.match(rest))
        if not line.strip():
            length, marks = 0, dict.fromkeys(MOST_MARKS, 0)
        length += len(line)
        for mark in marks:
            marks[mark] += line.count(mark)
        if fault := _line_fault(line, depth, headings) or _block_fault(length, marks):
            return number, fault
    if len(lines) > MOST_LINES:
        return first_line + MOST_LINES, f"{MOST_LINES} lines are the limit. Divide it into two pages."
    return None


def front_too_much(text: str) -> Fault | None:
    if len(text) > LONGEST_FRONT:
        return 2, f"The front matter is too long: {LONGEST_FRONT} characters are the limit."
    return None


def _opened(line: str) -> tuple[int, str]:
    """How deep a line stands, and what it holds there. Four blanks are one step, as in a list."""
    place = depth = 0
    while depth <= DEEPEST and (mark := OPENS.match(line, place)):
        place, depth = mark.end(), depth + 1
    blanks = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return depth + blanks // 4, line[place:].lstrip()


def _line_fault(line: str, depth: int, headings: int) -> str:
    if len(line) > LONGEST_LINE:
        return f"This line is too long: {LONGEST_LINE} characters are the limit. Begin a new paragraph."
    if depth > DEEPEST:
        return (
            f"Lists, quotes or callouts stand too deeply inside one another: {DEEPEST} levels are the limit."
        )
    if headings > MOST_HEADINGS:
        return f"{MOST_HEADINGS} headings are the limit. Divide it into two pages."
    if line.count("|") > MOST_COLUMNS:
        return f"This table is too wide: {MOST_COLUMNS} columns are the limit."
    return ""


def _block_fault(length: int, marks: dict[str, int]) -> str:
    if length > LONGEST_BLOCK:
        return (
            f"This paragraph, list or table is too long: {LONGEST_BLOCK} characters are the limit. Divide it."
        )
    for mark, count in marks.items():
        if count > MOST_MARKS[mark]:
            return f"Too many {mark} in one paragraph, list or table: {MOST_MARKS[mark]} are the limit. Divide it."
    return ""

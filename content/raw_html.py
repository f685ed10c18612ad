"""PURE. Tags and comments of HTML in a text: they would not work but be shown to readers, letter by letter."""

import re
from collections.abc import Iterator

# "< 3 months" and "a<b" open no tag, and <https://nih.gov/> is an address.
NAME = r"[A-Za-z][A-Za-z0-9]*(?:[-:][A-Za-z][A-Za-z0-9]*)*"
TAG = re.compile(
    rf"</?{NAME}(?:[\s/][^<>]{{0,2000}})?>"
    r"|<!--|<![A-Za-z\[]|<\?[A-Za-z]"
    # Browsers run these before anybody has closed them.
    r"|</?(?:script|style|iframe|object|embed|img|svg|math|form|input|link|meta|base|a)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"(?<!`)(`{1,9})(?!`)([^`\n]{1,2000})(?<!`)\1(?!`)")
LONGEST_SHOWN = 40


def tags(text: str) -> Iterator[tuple[int, str]]:
    """Each line, counted from 0, with the first tag that begins on it; what stands in `code` is none."""
    seen = -1
    for found in TAG.finditer(CODE.sub(lambda code: " " * len(code[0]), text)):
        line = text.count("\n", 0, found.start())
        if line > seen:
            seen = line
            yield line, " ".join(found[0].split())[:LONGEST_SHOWN]


def advice(tag: str) -> str:
    kind = "a script" if re.match(r"</?script\b", tag, re.IGNORECASE) else "HTML"
    return f"Take out {tag}: readers would see {kind} as it stands, and it never works. Use Markdown instead."

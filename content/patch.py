"""PURE. A change of files as a mail that `git am` takes, byte for byte."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from email.header import Header
from email.utils import format_datetime, formataddr

NO_END = "\\ No newline at end of file\n"
NOBODY = "0" * 40


@dataclass(frozen=True)
class Change:
    """One file before and after; None where there is none."""

    name: str
    old: str | None
    new: str | None


def diff(change: Change) -> str:
    """In git's own form. Lines end at a line feed and nowhere else, whatever other marks they hold."""
    if change.old == change.new:
        return ""
    before = "/dev/null" if change.old is None else f"a/{change.name}"
    after = "/dev/null" if change.new is None else f"b/{change.name}"
    head = [f"diff --git a/{change.name} b/{change.name}\n"]
    if change.old is None:
        head.append("new file mode 100644\n")
    if change.new is None:
        head.append("deleted file mode 100644\n")
    compared = list(unified_diff(_lines(change.old), _lines(change.new), before, after))
    return "".join(head + [line if line.endswith("\n") else f"{line}\n{NO_END}" for line in compared])


def _lines(text: str | None) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text or "")


def mail(
    changes: Sequence[Change], *, author: tuple[str, str], at: datetime, subject: str, lines: Sequence[str]
) -> str:
    """One patch with a message. No line of the message can be taken for a part of the patch."""
    parts = [diff(change) for change in changes]
    if not any(parts):
        return ""
    name, address = (re.sub(r"[\r\n<>]", " ", part) for part in author)
    head = [
        f"From {NOBODY} Mon Sep 17 00:00:00 2001",
        f"From: {formataddr((name, address), 'utf-8')}",
        f"Date: {format_datetime(at)}",
        f"Subject: {Header(f'[PATCH] {subject}', 'utf-8', maxlinelen=900).encode()}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "\n".join([*head, "", *_quiet(lines), "---", "", ""]) + "".join(parts) + "-- \nclinic\n"


def _quiet(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        words = " ".join(line.split())
        yield f"  {words}" if re.match(r"diff |Index: |---|-- |\+\+\+|@@|From |>From ", words) else words

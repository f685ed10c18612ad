"""Hostile or misplaced text is refused with its line before anything reads its Markdown, and stays in the form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.practice import Practice
from clinic.staff import StaffMember
from content import bounds, checks, files, present
from content.documents import LARGEST, BadDocument, page_from, parse
from tests.content.desk_of_editors import now_of
from tests.content.rooms import Room

FRONT = (
    "---\nid: about\nlang: en\npath: /about/\ntitle: T\nnav: N\nsummary: S.\nmain_message: M.\nkind: guide\n"
    "review_every: 12\n---\n"
)
Bad = Callable[[int], str]
# How each grows to a size, and the line of the file where it goes too far first.
HOSTILE: dict[str, tuple[Bad, int]] = {
    "quotes on one line": (lambda size: ">" * size, 12),
    "quotes with blanks": (lambda size: "> " * (size // 2), 12),
    "quotes line by line": (lambda size: _steps(size, lambda depth: ">" * depth + " a"), 21),
    "lists on one line": (lambda size: "- " * (size // 2), 12),
    "numbered lists on one line": (lambda size: "1. " * (size // 3), 12),
    "lists line by line": (lambda size: _steps(size, lambda depth: "    " * depth + "- a"), 20),
    "callouts line by line": (lambda size: _steps(size, lambda depth: "    " * depth + "!!! info"), 21),
    "tabs": (lambda size: "Text.\n" + "\t" * size + "a", 13),
    "brackets": (lambda size: "[" * size, 12),
    "brackets on many lines": (lambda size: "[\n" * (size // 2), 112),
    "emphasis": (lambda size: "a*b**\n" * (size // 6), 112),
    "underscores": (lambda size: "_a \n" * (size // 4), 312),
    "backticks": (lambda size: "`a\n" * (size // 3), 112),
    "pictures": (lambda size: "![a\n" * (size // 4), 112),
    "reasons": (lambda size: "{! a\n" * (size // 5), 112),
    "addresses": (lambda size: "<https://a\n" * (size // 11), 112),
    "quotation marks": (lambda size: '"a\n' * (size // 3), 312),
    "headings": (lambda size: "# a\n\n" * (size // 5), 212),
    "headings in quotes": (lambda size: "> # a\n\n" * (size // 7), 212),
    "underlined headings": (lambda size: "a\n=\n\n" * (size // 5), 313),
    "a wide table": (lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4), 12),
    "one long line": (lambda size: "pain " * (size // 5), 12),
    "one long block": (lambda size: "pain will\n" * (size // 10), 900),
    "many lines": (lambda size: "\n" * size + "x", 2012),
}


def _steps(size: int, line: Callable[[int], str]) -> str:
    """As many lines as fit, each a step deeper than the one before."""
    lines, length, depth = [], 0, 0
    while length < size:
        lines.append(line(depth))
        length, depth = length + len(lines[-1]) + 1, depth + 1
    return "\n".join(lines)


@pytest.fixture
def no_slow_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever begins to read Markdown fails the test."""

    def begun(*_given: object, **_named: object) -> None:
        raise AssertionError("the slow work was begun")

    monkeypatch.setattr(checks, "read", begun)
    monkeypatch.setattr(present, "render", begun)


@pytest.mark.parametrize("size", [50_000, 60_000])
@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_read_for_minutes_is_refused_with_its_line(
    name: str, size: int, no_slow_work: None
) -> None:
    grow, line = HOSTILE[name]

    with pytest.raises(BadDocument) as refused:
        page_from(parse("about.md", FRONT + grow(size)))

    assert refused.value.line == line, refused.value.fault
    assert refused.value.fault.endswith(".")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("size", [200_000, 2_000_000])
def test_more_than_a_page_can_hold_is_refused_by_its_size(name: str, size: int, no_slow_work: None) -> None:
    with pytest.raises(BadDocument, match=f"larger than {LARGEST // 1024} KB"):
        parse("about.md", FRONT + HOSTILE[name][0](size) + "x" * LARGEST)


def test_front_matter_has_its_limit_too() -> None:
    with pytest.raises(BadDocument, match="front matter is too long"):
        parse("about.md", FRONT.replace("title: T", f"title: {'T' * bounds.LONGEST_FRONT}"))


def test_every_line_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    opened = bounds._opened

    def counted(line: str) -> tuple[int, str]:
        seen.append(line)
        return opened(line)

    monkeypatch.setattr(bounds, "_opened", counted)

    assert bounds.too_much(["Text.", "", "- a"] * 600, 1) is None

    assert len(seen) == 1800


def test_our_pages_are_far_from_every_limit() -> None:
    for text in files.current().texts.values():
        lines = text.document.body.split("\n")

        assert len(text.raw.encode()) * 4 < LARGEST, text.name
        assert len(lines) * 4 < bounds.MOST_LINES, text.name
        assert max(map(len, lines)) * 3 < bounds.LONGEST_LINE, text.name


def test_a_file_that_goes_too_far_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "pages" / "en"
    folder.mkdir(parents=True)
    (folder / "about.md").write_text(FRONT + "Text.\n", encoding="utf-8")
    (folder / "bad.md").write_text(FRONT.replace("about", "bad") + ">" * 900 + "\n", encoding="utf-8")

    found = files.read(tmp_path / "content")

    assert [text.name for text in found.texts.values()] == ["content/pages/en/about.md"]
    assert ["bad.md, line 12" in str(fault) for fault in found.faults] == [True]


@pytest.mark.parametrize("do", ["save", "check", "publish", "send"])
def test_the_editor_says_the_line_and_keeps_what_was_typed(
    do: str, eli: StaffMember, practice: Practice, no_slow_work: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    room = Room(eli)
    hostile = room.body + "\n\n" + "> " * 900 + "\n"
    room.press(do, body=hostile)
    if room.answer.status_code in (301, 302, 303):
        room.open()

    assert room.body.strip() == hostile.strip()
    assert "too deeply inside one another" in room.answer.content.decode()
    assert now_of().live is None


def test_the_preview_says_the_line(eli: StaffMember, practice: Practice) -> None:
    room = Room(eli)
    answer = room.client.post(
        room.answer.request["PATH_INFO"].replace("change", "preview"),
        {**room.fields, "body": "Text.\n\n" + "[" * 900},
    )

    assert "Too many [" in answer.content.decode()


def test_a_page_of_the_usual_kind_passes() -> None:
    body = "## A\n\n- one\n    - two\n        - three\n\n> A quote\n\n!!! info\n    Text.\n\n* * * *\n\n***\n"

    assert page_from(parse("about.md", FRONT + body)).body == body

"""PURE. Reads the Markdown of a page into blocks with line numbers: headings, paragraphs, items, cells, captions."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown.extensions.toc import slugify

from content.heading_ids import Ids
from content.sentences import ATTRIBUTES, BARE_ADDRESS, IMAGE, LINK, Sentence, plain, sentences

Lines = Sequence[tuple[int, str]]

ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+\.)\s+(?P<text>.*)$")
HEADING = re.compile(r"^(?P<marks>#{1,6})\s*(?P<text>.+?)\s*#*$")
UNDERLINE = re.compile(r"^(?:=+|-+)\s*$")
CALLOUT = re.compile(r'^!!!\s*(?P<kind>[\w -]+?)(?:\s+"(?P<title>[^"]*)")?\s*$')
ROW = re.compile(r"^\s*\|")
RULE_OF_TABLE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*$")
DEEPEST = 40
LANGUAGE = re.compile(r"""lang=["']?(\w+)""")
OWN_ID = re.compile(r"#([\w-]+)")


@dataclass(frozen=True)
class Block:
    """`kind`: heading, title (of a callout), paragraph, item, cell, alt or caption. `lang` is "" for the page's own.

    `lead` is the paragraph or item, ending in a colon, that a list item goes on from. `names_row`: a cell that
    heads its column or begins its row.
    """

    kind: str
    line: int
    sentences: tuple[Sentence, ...]
    level: int = 0
    id: str = ""
    lang: str = ""
    lead: "Block | None" = None
    names_row: bool = False

    @property
    def text(self) -> str:
        return " ".join(each.text for each in self.sentences)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(key for each in self.sentences for key in each.sources)


@dataclass(frozen=True)
class Link:
    text: str
    address: str
    line: int


@dataclass(frozen=True)
class Drawing:
    alt: str
    file: str
    caption: str
    line: int


@dataclass(frozen=True)
class Prose:
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    drawings: tuple[Drawing, ...]

    @property
    def headings(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "heading")

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(key for block in self.blocks for key in block.sources)


def read(body: str, first_line: int = 1) -> Prose:
    """The blocks of a body whose first line has the given number in its file."""
    reader = _Reader()
    reader.read(list(enumerate(body.split("\n"), first_line)))
    return Prose(tuple(reader.blocks), tuple(reader.links), tuple(reader.drawings))


@dataclass
class _Reader:
    """Follows Python-Markdown: a list or a table starts only after an empty line, a heading anywhere."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)
    lead: Block | None = None
    depth: int = 0

    def read(self, lines: Lines, kind: str = "paragraph", lead: Block | None = None) -> None:
        self.lead = lead
        self.depth += 1
        place = 0
        while place < len(lines):
            # What stands deeper cannot be shown either; here it is read as one piece.
            deep = self.depth > DEEPEST and lines[place][1].strip()
            place = self._paragraph(lines, place, kind) if deep else self._next(lines, place, kind)
        self.depth -= 1

    def _next(self, lines: Lines, place: int, kind: str) -> int:
        number, text = lines[place]
        if not text.strip():
            return place + 1
        if heading := HEADING.match(text):
            return self._heading(lines, place, heading["text"], len(heading["marks"]))
        if callout := CALLOUT.match(text):
            self._add("title", [(number, callout["title"] or callout["kind"])])
            return self._inner(lines, place + 1)
        if text.startswith(">"):
            end = _until(lines, place, lambda each: each.startswith(">"))
            self.read([(n, re.sub(r"^> ?", "", t)) for n, t in lines[place:end]])
            return end
        if ROW.match(text) and place + 1 < len(lines) and RULE_OF_TABLE.match(lines[place + 1][1]):
            end = _until(lines, place, lambda each: "|" in each)
            self._table(lines[place:end])
            return end
        if ITEM.match(text):
            return self._list(lines, place)
        return self._paragraph(lines, place, kind)

    def _heading(self, lines: Lines, place: int, text: str, level: int) -> int:
        marks = ATTRIBUTES.search(text)
        own = OWN_ID.search(marks["marks"]) if marks else None
        words = plain(ATTRIBUTES.sub("", text))
        made = self.ids.add(own[1]) if own else self.ids.unique(slugify(words, "-"))
        self._add("heading", [(lines[place][0], ATTRIBUTES.sub("", text))], level=level, id=made)
        self.lead = None
        return place + 1

    def _inner(self, lines: Lines, place: int) -> int:
        """What stands indented below a callout's first line."""
        end = _until(lines, place, lambda each: not each.strip() or each.startswith("    "))
        self.read([(number, text[4:]) for number, text in lines[place:end]])
        self.lead = None
        return end

    def _table(self, lines: Lines) -> None:
        for row, (number, text) in enumerate((lines[0], *lines[2:])):
            for column, cell in enumerate(re.split(r"(?<!\\)\|", text.strip().strip("|"))):
                self._add("cell", [(number, cell.strip())], names_row=row == 0 or column == 0)
        self.lead = None

    def _list(self, lines: Lines, place: int) -> int:
        """Every item of one list; each goes on from the paragraph above the list if that ends in a colon."""
        lead = self.lead
        while place < len(lines) and (item := ITEM.match(lines[place][1])):
            end = place + 1
            while end < len(lines) and _belongs(lines, end):
                end += 1
            rest = [
                (number, text[4:] if text.startswith("    ") else text)
                for number, text in lines[place + 1 : end]
            ]
            self.read([(lines[place][0], item["text"]), *rest], "item", lead)
            place = end
        self.lead = None
        return place

    def _paragraph(self, lines: Lines, place: int, kind: str) -> int:
        end = place + 1
        while end < len(lines) and lines[end][1].strip() and not HEADING.match(lines[end][1]):
            if UNDERLINE.match(lines[end][1]) and end == place + 1:
                level = 1 if lines[end][1].startswith("=") else 2
                return self._heading(lines, place, lines[place][1], level) + 1
            # Inside an item a nested list needs no empty line above it.
            if kind == "item" and ITEM.match(lines[end][1]):
                break
            end += 1
        marks = "".join(
            found["marks"] for _number, text in lines[place:end] for found in ATTRIBUTES.finditer(text)
        )
        language = LANGUAGE.search(marks)
        cleaned = [(number, ATTRIBUTES.sub("", text)) for number, text in lines[place:end]]
        block = self._add(kind, cleaned, lang=language[1] if language else "")
        if block is not None:
            self.lead = block if block.text.endswith(":") else None
        return end

    def _add(
        self,
        kind: str,
        lines: Lines,
        *,
        level: int = 0,
        id: str = "",
        lang: str = "",
        names_row: bool = False,
    ) -> Block | None:
        for number, text in lines:
            for found in LINK.finditer(text):
                self.links.append(Link(plain(found["text"]), found["address"], number))
            for bare in BARE_ADDRESS.finditer(text):
                self.links.append(Link(bare["address"], bare["address"], number))
        drawings = [
            Drawing(found["alt"], found["file"], found["caption"] or "", number)
            for number, text in lines
            for found in IMAGE.finditer(text)
        ]
        self.drawings.extend(drawings)
        said = sentences([(number, IMAGE.sub("", text)) for number, text in lines])
        block = Block(
            kind, lines[0][0], said, level, id, lang, self.lead if kind == "item" else None, names_row
        )
        if said:
            self.blocks.append(block)
        for each in drawings:
            for words, what in ((each.alt, "alt"), (each.caption, "caption")):
                self.blocks.append(Block(what, each.line, sentences([(each.line, words)])))
        return block if said else None


def _until(lines: Lines, place: int, fits: Callable[[str], bool]) -> int:
    while place < len(lines) and fits(lines[place][1]):
        place += 1
    return place


def _belongs(lines: Lines, place: int) -> bool:
    """Whether a line goes on with the item above it: indented, or not parted from it, or empty with such a line below."""
    text = lines[place][1]
    if text.startswith("    "):
        return True
    if not text.strip():
        later = next((each for _number, each in lines[place + 1 :] if each.strip()), "")
        return later.startswith("    ")
    return bool(lines[place - 1][1].strip()) and not ITEM.match(text)

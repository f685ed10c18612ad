"""PURE. Our own marks in Markdown: citations, callouts, pictures, tables as cards, words of the glossary."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from content.glossary import FirstUses

CITATION = r"\[\^([a-z0-9-]+)\]"
CALLOUTS = ("emergency", "urgent", "info")
# A table with more columns than this takes the whole width of the page.
NARROW_TABLE = 4


class UnknownName(Exception):
    """A text names a source, a token, a picture or a callout that does not exist."""


@dataclass(frozen=True)
class Picture:
    """An image of the house: its address and its size in CSS pixels."""

    address: str
    width: int
    height: int


class _Citations(InlineProcessor):
    """[^key] becomes a mark that _Numbers fills in, since Markdown meets the marks out of order."""

    def __init__(self, md: Markdown, known: Iterable[str]) -> None:
        super().__init__(CITATION, md)
        self.known = frozenset(known)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        key = m.group(1)
        if key not in self.known:
            raise UnknownName(f"There is no source {key!r} in content/sources.")
        return Element("sup", {"class": "citation", "data-key": key}), m.start(0), m.end(0)


class _Numbers(Treeprocessor):
    """A small number for each citation, in reading order, that leads to the list of sources and back."""

    def __init__(self, md: Markdown, word: str, places: dict[str, list[str]]) -> None:
        super().__init__(md)
        self.word, self.places = word, places

    def run(self, root: Element) -> None:
        for mark in root.iter("sup"):
            if (key := mark.attrib.pop("data-key", None)) is None:
                continue
            ids = self.places.setdefault(key, [])
            number = list(self.places).index(key) + 1
            ids.append(f"cite-{number}-{len(ids) + 1}")
            link = SubElement(mark, "a", {"href": f"#source-{number}", "id": ids[-1]})
            link.set("aria-label", f"{self.word} {number}")
            link.text = str(number)


class _HouseMarkup(Treeprocessor):
    """Tables that become cards, pictures with captions, callouts under their name."""

    def __init__(self, md: Markdown, picture: Callable[[str], Picture | None]) -> None:
        super().__init__(md)
        self.picture = picture

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[index] = _table_of_cards(child)
                elif (
                    child.tag == "p"
                    and len(child) == 1
                    and child[0].tag == "img"
                    and not (child.text or "").strip()
                ):
                    parent[index] = self._figure(child[0])
                elif child.tag == "div" and "admonition" in child.get("class", ""):
                    _callout(child)
                elif child.tag in ("p", "li") and _is_link_alone(child):
                    child.set("class", "alone")

    def _figure(self, image: Element) -> Element:
        name = image.get("src", "")
        picture = self.picture(name)
        if picture is None:
            raise UnknownName(f"There is no picture {name!r} in static/img.")
        figure = Element("figure")
        attributes = {"src": picture.address, "alt": image.get("alt", ""), "loading": "lazy"}
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
        SubElement(figure, "img", attributes)
        if caption := image.get("title"):
            SubElement(figure, "figcaption").text = caption
        return figure


def _table_of_cards(table: Element) -> Element:
    labels = ["".join(head.itertext()) for head in table.iter("th")]
    for head in table.iter("th"):
        head.set("scope", "col")
    for row in table.iter("tr"):
        cells = row.findall("td")
        if cells and _is_bold_throughout(cells[0]):
            cells[0].tag = "th"
            cells[0].set("scope", "row")
        for label, cell in zip(labels, cells, strict=False):
            if cell.tag == "td":
                cell.set("data-label", label)
    box = Element("div", {"class": "table-cards" if len(labels) <= NARROW_TABLE else "table-cards wide"})
    box.append(table)
    return box


def _is_bold_throughout(cell: Element) -> bool:
    return (
        len(cell) == 1
        and cell[0].tag == "strong"
        and not (cell.text or "").strip()
        and not (cell[0].tail or "").strip()
    )


def _is_link_alone(line: Element) -> bool:
    """Such a link is as tall as a finger; one inside a sentence is as tall as its line."""
    return (
        len(line) == 1
        and line[0].tag == "a"
        and not (line.text or "").strip()
        and not (line[0].tail or "").strip(". \n")
    )


def _callout(box: Element) -> None:
    kind = box.get("class", "").removeprefix("admonition").strip()
    if kind not in CALLOUTS:
        raise UnknownName(f"There is no callout {kind!r}. Known: {', '.join(CALLOUTS)}.")
    box.tag = "aside" if kind == "info" else "div"
    box.set("class", f"callout {kind}")
    for title in box:
        if title.get("class") == "admonition-title":
            title.set("class", "callout-title")


class HouseMarks(Extension):
    """Our own marks in Markdown; `places` is filled with the ids of the citations, source by source."""

    def __init__(
        self,
        *,
        source_word: str,
        sources: Iterable[str],
        picture: Callable[[str], Picture | None],
        terms: Mapping[str, str],
        places: dict[str, list[str]],
    ) -> None:
        super().__init__()
        self.source_word, self.sources, self.picture, self.places = source_word, sources, picture, places
        self.terms = terms

    def extendMarkdown(self, md: Markdown) -> None:
        # Raw HTML is shown as text: an editor never needs it and a stranger must not use it.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_Citations(md, self.sources), "citation", 175)
        md.treeprocessors.register(_Numbers(md, self.source_word, self.places), "numbers", 6)
        md.treeprocessors.register(_HouseMarkup(md, self.picture), "house", 5)
        md.treeprocessors.register(FirstUses(md, self.terms), "glossary", 4)

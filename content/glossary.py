"""PURE. The words of the glossary page, and where a page uses one of them first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import slugify, unique
from markdown.treeprocessors import Treeprocessor

HEADING = re.compile(r"^###\s+(?P<word>[^(\n]+?)\s*(?:\((?P<medical>[^)]+)\))?\s*$", re.MULTILINE)
ALSO = re.compile(r"^\*(?:Also|También):\s*(?P<forms>[^*]+)\*\s*$", re.MULTILINE)
# Where a link would stand inside another, or disturb a heading, a warning or a picture.
LEAVE_ALONE = {"a", "h2", "h3", "h4", "sup", "figure", "th"}


@dataclass(frozen=True)
class Term:
    """One word: the id of its heading, and every form that means it, in small letters."""

    id: str
    forms: tuple[str, ...]


def terms_of(body: str) -> tuple[Term, ...]:
    """The words of a glossary's Markdown: `### Word (medical word)`, then perhaps `*Also: …*`."""
    found: list[Term] = []
    taken: set[str] = set()
    headings = list(HEADING.finditer(body))
    for heading, following in zip_longest(headings, headings[1:]):
        text = body[heading.end() : following.start() if following else len(body)]
        also = ALSO.search(text)
        forms = [heading["word"], heading["medical"] or "", *(also["forms"].split(",") if also else [])]
        title = heading.group(0).lstrip("#").strip()
        kept = tuple(dict.fromkeys(form.strip().lower() for form in forms if form.strip()))
        found.append(Term(id=unique(slugify(title, "-"), taken), forms=kept))
    return tuple(found)


def addresses(terms: tuple[Term, ...], page: str) -> dict[str, str]:
    """Form → address of its definition on the glossary page."""
    return {form: f"{page}#{term.id}" for term in terms for form in term.forms}


class FirstUses(Treeprocessor):
    """Links the first use of each word on a page to its definition."""

    def __init__(self, md: Markdown, known: Mapping[str, str]) -> None:
        super().__init__(md)
        self.known = known
        forms = sorted(known, key=len, reverse=True)
        # Without any word the pattern matches nowhere.
        self.pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, forms)) or '(?!)'})\b", re.IGNORECASE)
        self.used: set[str] = set()

    def run(self, root: Element) -> None:
        self.used = set()
        self._walk(root)

    def _walk(self, element: Element) -> None:
        if element.tag in LEAVE_ALONE or "emergency" in element.get("class", ""):
            return
        children = list(element)
        self._link_text(element)
        for child in children:
            self._walk(child)
            self._link_tail(element, child)

    def _link_text(self, element: Element) -> None:
        links = self._links(element.text or "")
        if links:
            element.text, made = links
            for place, link in enumerate(made):
                element.insert(place, link)

    def _link_tail(self, parent: Element, child: Element) -> None:
        links = self._links(child.tail or "")
        if links:
            child.tail, made = links
            after = list(parent).index(child) + 1
            for place, link in enumerate(made):
                parent.insert(after + place, link)

    def _links(self, text: str) -> tuple[str, list[Element]] | None:
        """The text before the first link, and the links with the text behind each as their tail."""
        pieces = list(self._first_uses(text))
        if not pieces:
            return None
        made = []
        for (_start, end, word, address), following in zip(pieces, [*pieces[1:], None], strict=True):
            link = Element("a", {"class": "term", "href": address})
            link.text = word
            link.tail = text[end : following[0] if following else len(text)]
            made.append(link)
        return text[: pieces[0][0]], made

    def _first_uses(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        for match in self.pattern.finditer(text):
            address = self.known[match.group(0).lower()]
            if address not in self.used:
                self.used.add(address)
                yield match.start(), match.end(), match.group(0), address

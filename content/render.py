"""PURE. Markdown to HTML that may be shown: citations, callouts, cards for tables, and only the tags we list."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import nh3
from markdown import Markdown

from content.markup import HouseMarks, Picture, UnknownName

TOKEN = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
# {! why the rules for words are wrong here !} speaks to editors: checks.py reports it, no reader sees it.
EXEMPTION = re.compile(r"[ \t]{0,9}\{![ \t]{0,9}([^\n]{0,300}?)[ \t]{0,9}!\}")
MOST_BRACKET_STEPS = 10_000_000
WORDS_A_MINUTE = 180  # slow, comfortable reading of health text

ALLOWED_TAGS = {
    "a", "abbr", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "em", "figcaption", "figure",
    "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href", "id", "class", "aria-label"},
    "abbr": {"title"},
    "aside": {"class"},
    "div": {"class", "lang"},
    "h2": {"id", "class"},
    "h3": {"id", "class"},
    "h4": {"id", "class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "li": {"class"},
    "ol": {"class", "start"},
    "p": {"class", "lang"},
    "span": {"class", "lang"},
    "sup": {"class", "id"},
    "td": {"data-label"},
    "th": {"scope"},
    "ul": {"class"},
}


@dataclass(frozen=True)
class Heading:
    id: str
    title: str
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True)
class Cited:
    """One source of a page: its number, its key, and the ids of the places that cite it."""

    number: int
    key: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Rendered:
    html: str
    contents: tuple[Heading, ...]
    cited: tuple[Cited, ...]
    minutes: int


def render(
    body: str,
    *,
    source_word: str,
    sources: Iterable[str],
    picture: Callable[[str], Picture | None],
    tokens: Mapping[str, str],
    terms: Mapping[str, str] | None = None,
) -> Rendered:
    """Markdown to finished HTML.

    `source_word` is read out before a citation's number; `sources` are the keys that may be cited;
    `picture` finds an image by its file name; `tokens` maps names to HTML that is put in as it stands;
    `terms` maps words of the glossary to the address of their definition.
    Raises UnknownName for whatever the text names and the house does not have.
    """
    body = EXEMPTION.sub("", body)
    places: dict[str, list[str]] = {}
    house = HouseMarks(
        source_word=source_word, sources=sources, picture=picture, terms=terms or {}, places=places
    )
    md = Markdown(
        extensions=["toc", "tables", "admonition", "attr_list", "sane_lists", "smarty", house],
        extension_configs={"toc": {"toc_depth": "2-3"}},
        output_format="html",
    )
    # Markdown looks for the end of each bracket as far as its block goes: a hostile block would take minutes.
    if any(block.count("[") * len(block) > MOST_BRACKET_STEPS for block in body.split("\n\n")):
        raise UnknownName("Too many brackets [ in one block. Divide it by empty lines.")
    try:
        converted = md.convert(body)
    except RecursionError:
        raise UnknownName("Lists or callouts stand too deeply inside one another.") from None
    cleaned = nh3.clean(
        converted,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,
    )
    return Rendered(
        html=fill_tokens(cleaned, tokens),
        contents=_headings(getattr(md, "toc_tokens", [])),
        cited=tuple(
            Cited(number=number, key=key, anchors=tuple(ids))
            for number, (key, ids) in enumerate(places.items(), 1)
        ),
        minutes=max(1, round(len(body.split()) / WORDS_A_MINUTE)),
    )


def fill_tokens(html: str, tokens: Mapping[str, str]) -> str:
    """Puts the practice's own facts in the place of {{name}}; raises UnknownName for a name we do not know."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in tokens:
            raise UnknownName(f"There is no {{{{{escape(name)}}}}}. Known: {', '.join(sorted(tokens))}.")
        return tokens[name]

    return TOKEN.sub(value, html)


def _headings(tokens: list[dict[str, Any]]) -> tuple[Heading, ...]:
    return tuple(
        Heading(id=each["id"], title=unescape(each["name"]), children=_headings(each["children"]))
        for each in tokens
    )

"""PURE. What a page is built of: headings in order, pictures in words, links that say where they lead and lead there."""

import re
from collections.abc import Iterator, Mapping

from content.prose import Prose

FIXED = ("/check/", "/check/how-it-decides/", "/book/", "/emergency/", "/sources/", "/search/", "/glossary/")
KNOWN_EVERYWHERE = frozenset({*FIXED, *(f"/es{path}" for path in FIXED)})
SAYS_NOTHING = re.compile(
    r"(?:click|tap|press)?\s*(?:here|this|link|this link|this page|more|read more|learn more|details|info|go)"
    r"|(?:haga clic|pulse|presione|toque)?\s*(?:en )?"
    r"(?:aquí|acá|este enlace|enlace|esta página|esto|más|leer más|más información|ver más)"
    r"|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
NAMES_ITSELF = re.compile(
    r"\s*(?:an? )?(?:image|picture|photo|graphic|drawing)\b of|\s*(?:una? )?(?:imagen|foto|dibujo|gráfico) de",
    re.I,
)
FEWEST_WORDS_OF_ALT = 4
Fault = tuple[str, int, str, str]  # rule, line, words, what to do


def headings(prose: Prose) -> Iterator[Fault]:
    above = 1
    for heading in prose.headings:
        if heading.level == 1:
            yield (
                "headings",
                heading.line,
                heading.text,
                "The title is the only first heading: write ## here.",
            )
        elif heading.level > above + 1:
            yield (
                "headings",
                heading.line,
                heading.text,
                f"Write {'#' * (above + 1)}: a level is left out here.",
            )
        above = max(heading.level, 2)


def pictures(prose: Prose) -> Iterator[Fault]:
    for each in prose.drawings:
        if len(each.alt.split()) < FEWEST_WORDS_OF_ALT:
            yield "alt-text", each.line, each.file, "Say between [ and ] what there is to see."
        elif NAMES_ITSELF.match(each.alt):
            yield "alt-text", each.line, each.alt, "Say what is seen; that it is a picture is known."
        elif each.alt.strip() == each.caption.strip():
            yield "alt-text", each.line, each.alt, "Say what is seen; the caption is read out anyway."


def links(
    prose: Prose, *, path: str, twin: str, lang: str, anchors: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    """`path`, `twin`: this page in its language and in the other; `anchors`: every page's path with its headings' ids."""
    for link in prose.links:
        if SAYS_NOTHING.fullmatch(link.text.strip(" .!»")):
            yield "link-text", link.line, link.text, "Name the place that the link leads to."
        if link.address.startswith(("http://", "https://", "mailto:")):
            if link.address.startswith("http://"):
                yield "link", link.line, link.address, "Write https://."
            continue
        if not link.address.startswith(("/", "#")):
            yield (
                "link",
                link.line,
                link.address,
                "Write the page's path from the root, such as /mild/risks/.",
            )
            continue
        if link.address != twin:
            yield from _inside(link.address, link.line, path=path, lang=lang, anchors=anchors)


def _inside(
    address: str, line: int, *, path: str, lang: str, anchors: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    place, _, anchor = address.partition("#")
    place = place.partition("?")[0] or path
    if place.startswith("/es/") != (lang == "es"):
        yield "link", line, address, "Link to the page in the language of this one."
    if place in anchors:
        if anchor and anchor not in anchors[place]:
            yield "link", line, address, f"There is no heading with the id {anchor} on that page."
    elif place not in KNOWN_EVERYWHERE:
        yield "link", line, address, "There is no page at this path."

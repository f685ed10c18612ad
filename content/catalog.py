"""Every page and source as readers get it: the files, and over them what editors have published."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from content import files, live
from content.assembly import Assembly
from content.documents import BadDocument, Page, Source
from content.files import Files
from content.glossary import addresses, terms_of
from content.live import Key, LiveTexts
from content.markup import Picture
from content.resolve import Case

log = logging.getLogger("clinic.content")
SVG_SIZE = re.compile(r'viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')


@dataclass(frozen=True, eq=False)
class Catalog:
    """`faults` are sentences with file, line and what to do; `version` changes with any word that is served.

    `moved` leads from an address of before to the one of now, `sent_on` from a withdrawn page to another one;
    `gone` are addresses of withdrawn pages. `cases` tells of each document where its text comes from.
    """

    by_path: Mapping[str, Page]
    by_id: Mapping[tuple[str, str], Page]
    sources: Mapping[str, Source]
    faults: tuple[BadDocument, ...]
    version: str
    moved: Mapping[str, str] = field(default_factory=dict)
    sent_on: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    cases: Mapping[Key, Case] = field(default_factory=dict)

    def terms(self, lang: str) -> Mapping[str, str]:
        """Words of the glossary → the address of their definition."""
        page = self.by_id.get(("glossary", lang))
        return addresses(terms_of(page.body), page.path) if page else {}

    def twin(self, page: Page) -> Page | None:
        return self.by_id.get((page.id, "en" if page.lang == "es" else "es"))


def read(folder: Path) -> Catalog:
    """What would be served of the files below a folder alone."""
    return put_together(files.read(folder), live.NOTHING)


def put_together(deployed: Files, published: LiveTexts) -> Catalog:
    """What is served of some files with some published texts over them."""
    built = Assembly(deployed, published)
    return Catalog(
        by_path=built.by_path,
        by_id={(page.id, page.lang): page for page in built.by_path.values()},
        sources=built.sources,
        faults=(*deployed.faults, *built.faults),
        version=built.version,
        moved=built.moved,
        sent_on=built.sent_on,
        gone=frozenset(built.gone),
        cases=built.cases,
    )


@lru_cache(maxsize=1)
def of_files() -> Catalog:
    """The catalog of the files as deployed, whatever editors have published."""
    return put_together(files.current(), live.NOTHING)


_built: dict[str, tuple[Files, str, Catalog]] = {}


def current() -> Catalog:
    """What this process serves now; made anew when something else was published, or its time has come."""
    deployed, published = files.current(), live.current()
    built = _built.get("now")
    if built is None or built[0] is not deployed or built[1] != published.version:
        built = (deployed, published.version, put_together(deployed, published))
        for fault in built[2].faults[len(deployed.faults) :]:
            log.error("%s", fault)
        _built["now"] = built
    return built[2]


@lru_cache(maxsize=64)
def picture(name: str) -> Picture | None:
    """A drawing of static/img by its file name, with the size that its viewBox tells."""
    if not re.fullmatch(r"[a-z0-9-]+\.svg", name):
        return None
    try:
        head = (Path(settings.BASE_DIR) / "static" / "img" / name).read_text(encoding="utf-8")[:2000]
    except OSError:
        return None
    size = SVG_SIZE.search(head)
    width, height = (round(float(size[1])), round(float(size[2]))) if size else (640, 400)
    return Picture(address=static(f"img/{name}"), width=width, height=height)

"""Every page and every source, read once per process; a bad file is left out and reported, never fatal."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.templatetags.static import static

from content.documents import BadDocument, Document, Page, Source, page_from, parse, source_from
from content.glossary import addresses, terms_of
from content.markup import Picture

log = logging.getLogger("clinic.content")
T = TypeVar("T", Page, Source)
FOLDER = Path(__file__).parent
SVG_SIZE = re.compile(r'viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')


@dataclass(frozen=True)
class Catalog:
    """`faults` are sentences with file, line and what to do; `version` changes with any word of any file."""

    by_path: Mapping[str, Page]
    by_id: Mapping[tuple[str, str], Page]
    sources: Mapping[str, Source]
    faults: tuple[BadDocument, ...]
    version: str

    def terms(self, lang: str) -> Mapping[str, str]:
        """Words of the glossary → the address of their definition."""
        page = self.by_id.get(("glossary", lang))
        return addresses(terms_of(page.body), page.path) if page else {}

    def twin(self, page: Page) -> Page | None:
        return self.by_id.get((page.id, "en" if page.lang == "es" else "es"))


def read(folder: Path) -> Catalog:
    """Reads pages/ and sources/ below a folder."""
    faults: list[BadDocument] = []
    pages = list(_read_all(sorted(folder.glob("pages/*/*.md")), folder, page_from, faults))
    sources = list(_read_all(sorted(folder.glob("sources/*.md")), folder, source_from, faults))
    by_path: dict[str, Page] = {}
    by_id: dict[tuple[str, str], Page] = {}
    for page in pages:
        if page.path in by_path or (page.id, page.lang) in by_id:
            other = by_path.get(page.path) or by_id[(page.id, page.lang)]
            fault = f"The id with its language, or the path, is already taken by {other.document.name}."
            faults.append(BadDocument(page.document.name, 2, fault))
            continue
        by_path[page.path] = page
        by_id[(page.id, page.lang)] = page
    documents = [page.document for page in pages] + [source.document for source in sources]
    return Catalog(
        by_path=by_path,
        by_id=by_id,
        sources={source.key: source for source in sources},
        faults=tuple(faults),
        version=sha256("".join(each.digest for each in documents).encode()).hexdigest()[:16],
    )


def _read_all(
    files: Iterable[Path], folder: Path, make: Callable[[Document], T], faults: list[BadDocument]
) -> Iterable[T]:
    for file in files:
        name = file.relative_to(folder.parent).as_posix()
        try:
            yield make(parse(name, file.read_bytes()))
        except BadDocument as fault:
            faults.append(fault)
        except OSError as error:
            faults.append(BadDocument(name, 1, f"The file cannot be read ({type(error).__name__})."))


@lru_cache(maxsize=1)
def current() -> Catalog:
    """The catalog of this process."""
    catalog = read(FOLDER)
    for fault in catalog.faults:
        log.error("%s", fault)
    return catalog


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

"""Where each source is cited: on which pages of a language."""

import re
from functools import lru_cache

from content import catalog
from content.documents import Page
from content.markup import CITATION


def used_on(lang: str) -> dict[str, list[Page]]:
    """Source key → pages that cite it, in the order of their paths."""
    return _places(catalog.current(), lang)


@lru_cache(maxsize=4)
def _places(known: catalog.Catalog, lang: str) -> dict[str, list[Page]]:
    places: dict[str, list[Page]] = {}
    for page in sorted(known.by_path.values(), key=lambda each: each.path):
        if page.lang == lang:
            for key in sorted(set(re.findall(CITATION, page.body))):
                places.setdefault(key, []).append(page)
    return places

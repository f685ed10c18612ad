"""What keeps a page from being shown: files that cannot be read, names that do not exist, missing twins."""

from functools import lru_cache

from django.conf import settings

from content import catalog
from content.catalog import Catalog
from content.documents import Page
from content.markup import UnknownName
from content.present import rendered
from content.resolve import Case

PLACEHOLDER = "{{legal_placeholder}}"


def faults(of: Catalog | None = None) -> list[str]:
    """One sentence a fault, with its file and what to do; empty when every page can be shown."""
    known = of or catalog.current()
    found = [str(fault) for fault in known.faults]
    for page in known.by_path.values():
        try:
            rendered(page, known)
        except UnknownName as fault:
            found.append(f"{page.document.name}: {fault}")
        if _lacks_its_twin(page, known):
            other = "en" if page.lang == "es" else "es"
            found.append(f"{page.document.name}: write its twin, content/pages/{other}/{page.id}.md.")
        if settings.MODE == "live" and PLACEHOLDER in page.body:
            found.append(
                f"{page.document.name}: the clinic's counsel must supply this text before the site is live."
            )
    return found


@lru_cache(maxsize=1)
def faults_of_this_release() -> tuple[str, ...]:
    """Of the files alone, which stay as they are while a process lives: whoever asks often costs nothing."""
    return tuple(faults(catalog.of_files()))


def _lacks_its_twin(page: Page, known: Catalog) -> bool:
    """Not so while one of a new pair waits for the other in the admin, or where the other one was withdrawn."""
    other = "en" if page.lang == "es" else "es"
    is_new = known.cases.get(("page", page.id, page.lang)) is Case.NEW
    return known.twin(page) is None and not is_new and ("page", page.id, other) not in known.cases

"""What keeps a page from being shown: files that cannot be read, names that do not exist, missing twins."""

from django.conf import settings

from content import catalog
from content.markup import UnknownName
from content.present import rendered

PLACEHOLDER = "{{legal_placeholder}}"


def faults() -> list[str]:
    """One sentence a fault, with its file and what to do; empty when every page can be shown."""
    known = catalog.current()
    found = [str(fault) for fault in known.faults]
    for page in known.by_path.values():
        try:
            rendered(page)
        except UnknownName as fault:
            found.append(f"{page.document.name}: {fault}")
        if known.twin(page) is None:
            other = "en" if page.lang == "es" else "es"
            found.append(f"{page.document.name}: write its twin, content/pages/{other}/{page.id}.md.")
        if settings.MODE == "live" and PLACEHOLDER in page.body:
            found.append(
                f"{page.document.name}: the clinic's counsel must supply this text before the site is live."
            )
    return found

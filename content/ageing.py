"""PURE. What comes with the calendar: old sources, overdue reviews, twins left behind. It warns and never fails."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from content.documents import Page, Source
from content.findings import WARNING, Finding
from content.prose import Prose

LOOKED_AT_AGAIN_AFTER = timedelta(days=365)
# What nobody did and only time has brought about.
CALENDAR = ("review-overdue", "twin-older", "source-old")


def old_sources(sources: Iterable[Source], used: frozenset[str], today: date) -> Iterator[Finding]:
    for source in sources:
        if source.key in used and date.fromisoformat(source.checked_on) + LOOKED_AT_AGAIN_AFTER < today:
            advice = f"Last looked at on {source.checked_on}. Open its link, see if it still says so, set checked_on."
            yield Finding("source-old", WARNING, source.document.name, 1, source.key, advice)


def unused_sources(sources: Iterable[Source], used: frozenset[str]) -> Iterator[Finding]:
    for source in sources:
        if source.key not in used:
            yield Finding(
                "source-unused",
                WARNING,
                source.document.name,
                1,
                source.key,
                "Cite it on a page, or remove it.",
            )


def overdue(page: Page, due: date | None, today: date) -> Iterator[Finding]:
    if due is not None and due <= today:
        advice = f"Its review was due on {due}. Ask a clinician to read and sign it."
        yield Finding("review-overdue", WARNING, page.document.name, 1, "", advice)


def twins(
    page: Page, pages: Mapping[tuple[str, str], Page], prose: Mapping[tuple[str, str], Prose]
) -> Iterator[Finding]:
    """Of a page in Spanish, whether it still follows the English text that it was made from."""
    twin = pages.get((page.id, "en"))
    if page.lang == "en" or twin is None:
        return
    name = page.document.name
    if page.translates and page.translates != twin.document.digest:
        advice = f"{twin.document.name} has changed since: compare both, then set translates to {twin.document.digest}."
        yield Finding("twin-older", WARNING, name, 1, "", advice)
    ours, theirs = prose[(page.id, page.lang)].sources, prose[(twin.id, twin.lang)].sources
    if ours != theirs:
        advice = f"Only one of this page and {twin.document.name} cites these: cite them in both."
        yield Finding("twin-sources", WARNING, name, 1, ", ".join(sorted(ours ^ theirs)), advice)

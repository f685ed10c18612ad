"""Puts one page together for its template: words, sources, breadcrumbs and the practice's own facts."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clinic import snapshot
from content import catalog, menu
from content.documents import Page, Source
from content.render import Heading, Rendered, render
from content.review import Review, review_of

# A page of definitions links nothing to itself; in an emergency, and on the way in, links would only distract.
NO_GLOSSARY_LINKS = ("glossary", "emergency", "home", "legal")


@dataclass(frozen=True)
class Citation:
    """One line of the list of sources under a page."""

    number: int
    key: str
    label: str
    citation: str
    link: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class PresentedPage:
    id: str
    title: str
    summary: str
    main_message: str
    kind: str
    body_html: SafeString
    contents: tuple[Heading, ...]
    citations: tuple[Citation, ...]
    checked_on: date | None
    minutes: int
    review: Review


def practice_tokens() -> dict[str, str]:
    """What {{phone}}, {{clinic}}, {{hours}} and {{medicare}} stand for, as safe HTML."""
    practice = snapshot.current().practice
    return {
        "phone": format_html('<a href="tel:{}">{}</a>', practice.phone, practice.phone_display),
        "clinic": format_html("{}", practice.name),
        "hours": format_html("{}", practice.hours_text),
        "medicare": format_html("{}", practice.medicare_sentence),
        "legal_placeholder": format_html(
            "{}", _("The clinic’s own text must stand here before the site goes live.")
        ),
    }


def rendered(page: Page, known: catalog.Catalog | None = None) -> Rendered:
    """`known` is what there is to cite and to explain; by default what is served now."""
    known = known or catalog.current()
    return render(
        page.body,
        source_word=_("Source"),
        sources=known.sources,
        picture=catalog.picture,
        tokens=practice_tokens(),
        terms={} if page.kind in NO_GLOSSARY_LINKS else known.terms(page.lang),
    )


def presented(page: Page) -> PresentedPage:
    """Raises content.render.UnknownName when the text names what the house does not have."""
    # Taken once: in between, something else may come to be served.
    known = catalog.current()
    result, sources = rendered(page, known), known.sources
    used = [sources[cited.key] for cited in result.cited]
    citations = tuple(
        Citation(
            number=cited.number,
            key=cited.key,
            label=source.label(page.lang),
            citation=source.title,
            link=source.link,
            anchors=cited.anchors,
        )
        for cited, source in zip(result.cited, used, strict=True)
    )
    return PresentedPage(
        id=page.id,
        title=page.title,
        summary=page.summary,
        main_message=page.main_message,
        kind=page.kind,
        body_html=mark_safe(result.html),  # noqa: S308 - nh3 has let through only what render lists
        contents=result.contents,
        citations=citations,
        checked_on=oldest_check(used),
        minutes=result.minutes,
        review=review_of(page),
    )


def oldest_check(sources: list[Source]) -> date | None:
    return min((date.fromisoformat(source.checked_on) for source in sources), default=None)


def neighbours(page: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after this one on a patient's way; none for pages beside it."""
    by_id = catalog.current().by_id
    way = [by_id[(page_id, page.lang)] for page_id in menu.JOURNEY if (page_id, page.lang) in by_id]
    if page not in way:
        return None, None
    place = way.index(page)
    return (way[place - 1] if place else None), (way[place + 1] if place + 1 < len(way) else None)


def related(page: Page) -> list[Page]:
    """Pages of the same folder that do not already stand before or after this one."""
    folder = page.path.rstrip("/").rpartition("/")[0] + "/"
    beside = neighbours(page)
    root = "/es/" if page.lang == "es" else "/"
    return [
        each
        for each in catalog.current().by_path.values()
        if each.path.startswith(folder)
        and folder != root
        and each not in (page, *beside)
        and each.kind != "legal"
    ]


def crumbs(page: Page) -> list[Page]:
    """The pages above this one, by its path: home first, the page itself left out."""
    by_path = catalog.current().by_path
    root = "/es/" if page.lang == "es" else "/"
    if page.path == root:
        return []
    parts = page.path.removeprefix(root).strip("/").split("/")[:-1]
    above = [root] + [root + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
    return [by_path[path] for path in above if path in by_path]

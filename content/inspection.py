"""What is wrong with one text of one document, by the same rules as in CI, with the lines of the whole text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from content import catalog, files
from content.ageing import twins
from content.catalog import Catalog
from content.checks import House, Report, check_page, prose_of
from content.claim_words import INDIRECT
from content.claims import STATING, claims, is_claim
from content.documents import BadDocument, Page, Source
from content.files import Made, key_of, made_from, name_of
from content.findings import ERROR, WARNING, Finding
from content.house import house
from content.markup import CITATION, UnknownName
from content.models import Page as Row
from content.present import rendered
from content.second_reader import needs_second_reader, new_sentences
from content.source_words import words_of_sources

# These stand at addresses that the site itself relies on.
FIXED = ("home", "emergency")
SHOWN_BY = ("content:home", "content:page", "content:emergency")
CLINICAL_KINDS = ("clinical", "emergency")
NAMED = re.compile(r"'([^']+)'|\{\{([a-z_]+)\}\}")
NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class Inspection:
    """`made` is None when the front matter cannot be read. `report` has a page's measures."""

    made: Made | None
    findings: tuple[Finding, ...]
    report: Report | None = None

    @property
    def page(self) -> Page | None:
        return self.made if isinstance(self.made, Page) else None

    @property
    def source(self) -> Source | None:
        return self.made if isinstance(self.made, Source) else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == WARNING)


def inspect(row: Row, text: str) -> Inspection:
    """Never raises, and asks no database: whatever is wrong is a finding."""
    file = files.current().texts.get(row.key)
    name = file.name if file else name_of(row.key)
    try:
        made = made_from(row.kind, name, text)
    except BadDocument as fault:
        return Inspection(None, (Finding("front-matter", ERROR, name, fault.line, "", fault.fault),))
    if key_of(made) != row.key:
        advice = _("The id and the language of a document never change. Here they are: %(key)s.")
        words = " ".join(part for part in row.key[1:] if part)
        return Inspection(made, (Finding("identity", ERROR, name, 2, "", advice % {"key": words}),))
    if isinstance(made, Source):
        return Inspection(made, tuple(words_of_sources([made])))
    return _of_page(made)


def _of_page(page: Page) -> Inspection:
    known, rules = catalog.current(), house()
    would_be = with_page(known, page)
    rules = replace(rules, pages=would_be.by_id)
    report = check_page(page, rules)
    found = [*_paths(page, known), *_unknown_names(page, would_be), *map(_of_pair, report.findings)]
    found += _twins(page, rules)
    return Inspection(page, tuple(sorted(found, key=lambda each: each.line)), report)


def with_page(known: Catalog, page: Page) -> Catalog:
    """The catalog as it would be with this text of a page."""
    by_id = {**known.by_id, (page.id, page.lang): page}
    return replace(known, by_id=by_id, by_path={each.path: each for each in by_id.values()})


def _of_pair(finding: Finding) -> Finding:
    """Of two new pages one must come first; the other one's absence only warns here."""
    return replace(finding, severity=WARNING) if finding.rule == "twin" else finding


def _paths(page: Page, known: Catalog) -> Iterator[Finding]:
    file = files.current().texts.get(("page", page.id, page.lang))
    line, name = list(page.document.front).index("path") + 2, page.document.name
    others = [each for each in known.by_path.values() if (each.id, each.lang) != (page.id, page.lang)]
    taken = next((each for each in others if each.path == page.path), None)
    if page.id in FIXED and file is not None and isinstance(file.made, Page) and page.path != file.made.path:
        advice = _("This page stays at %(path)s: the site relies on it.") % {"path": file.made.path}
        yield Finding("path", ERROR, name, line, page.path, advice)
    elif taken is not None:
        advice = _("The page “%(title)s” stands at this path. Choose another one.") % {"title": taken.title}
        yield Finding("path", ERROR, name, line, page.path, advice)
    elif not _is_free(page):
        advice = _("A part of the site itself stands at this path. Choose another one.")
        yield Finding("path", ERROR, name, line, page.path, advice)
    elif page.path in known.moved and known.moved[page.path] not in _own_paths(page, known):
        advice = _("Readers of this path are sent to %(path)s today. They would come here instead.")
        yield Finding("old-path", WARNING, name, line, page.path, advice % {"path": known.moved[page.path]})


def _own_paths(page: Page, known: Catalog) -> tuple[str, ...]:
    before = known.by_id.get((page.id, page.lang))
    return (before.path,) if before else ()


def _is_free(page: Page) -> bool:
    """Whether Django would come to look this address up among the pages."""
    with translation.override(page.lang):
        try:
            return resolve(page.path).view_name in SHOWN_BY
        except Resolver404:
            return False


def _unknown_names(page: Page, known: Catalog) -> Iterator[Finding]:
    try:
        with translation.override(page.lang):
            rendered(page, known)
    except UnknownName as fault:
        named = NAMED.search(str(fault))
        name = next(filter(None, named.groups()), "") if named else ""
        line = _line_that_names(name, page.document.text) if name else 1
        yield Finding("unknown-name", ERROR, page.document.name, line, name, str(fault))


def _line_that_names(name: str, text: str) -> int:
    """The first line that cites, shows, fills in or calls out this name."""
    marks = re.compile(
        rf"\[\^{re.escape(name)}\]|\({re.escape(name)}|\{{\{{\s*{re.escape(name)}|!!!\s*{re.escape(name)}"
    )
    return next((number for number, line in enumerate(text.split("\n"), 1) if marks.search(line)), 1)


def _twins(page: Page, rules: House) -> Iterator[Finding]:
    pair = [rules.pages[key] for key in ((page.id, "en"), (page.id, "es")) if key in rules.pages]
    prose = {(each.id, each.lang): prose_of(each) for each in pair}
    yield from twins(page, rules.pages, prose)


def is_clinical(*texts: Made | None) -> bool:
    """Whether one of these texts states what medicine must answer for: then two people publish it.

    What is served counts too, so that nobody takes the claims or the kind away to publish alone.
    """
    return any(
        isinstance(made, Source)
        or made.kind in CLINICAL_KINDS
        or any(claims(prose_of(made), made.lang, made.kind))
        or any(_claims_outside_the_text(made))
        for made in texts
        if made is not None
    )


def _claims_outside_the_text(page: Page) -> Iterator[str]:
    """Readers get these too, though none needs a source: front matter, headings, heads of tables, alt texts."""
    words = [page.title, page.nav, page.summary, page.main_message]
    for block in prose_of(page).blocks:
        if block.kind not in STATING or block.names_row:
            words += [each.text for each in block.sentences]
    for each in words:
        # Who pays, and what it costs: an indirect question states nothing.
        if not INDIRECT[page.lang].match(each) and is_claim(each, page.lang, numbers=False):
            yield each


def unread_words(before: Made | None, after: Made | None) -> str:
    """A new sentence of a page that is more than practical, or ""; is_clinical has asked for a claim already."""
    if not isinstance(after, Page):
        return ""
    new = new_sentences(before if isinstance(before, Page) else None, after)
    return next((words for words in new if needs_second_reader(words, after.lang)), "")


def wording_faults(before: Made | None, after: Made) -> Iterator[Finding]:
    """A change marked as wording only leaves every number and every source where it is."""
    old, new = (made.document.body if made else "" for made in (before, after))
    for pattern in (NUMBER, re.compile(CITATION)):
        if sorted(pattern.findall(old)) != sorted(pattern.findall(new)):
            advice = _("Numbers or sources have changed, so this is more than wording: take the mark away.")
            yield Finding("wording", ERROR, after.document.name, 1, "", advice)
            return

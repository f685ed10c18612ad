"""What the page of one document shows to its editor: where it stands, what the checks find, and what may be done next."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.facts import clock
from clinic.staff import StaffMember, who
from clinic.zone import zone_words
from content import catalog, editing, openings, publishing, rights
from content.documents import BadDocument, Page
from content.editing import Standing
from content.editing_forms import DocumentForm, InsertForm
from content.findings import ERROR, Finding
from content.inspection import Inspection, inspect
from content.models import Page as Row
from content.refusals import Blocked, Refused
from content.structure import FIXED
from content.writing import is_kept

# Drawings that belong to the frame of the site, not to its texts.
OF_THE_FRAME = ("logo.svg", "favicon.svg")
FIXED_PLACES = {
    "/check/": "Symptom check",
    "/book/": "Ask for a consultation",
    "/emergency/": "Emergency",
    "/sources/": "Sources",
    "/check/how-it-decides/": "How the check decides",
}


@dataclass(frozen=True)
class Place:
    """Where something can be mended, in words and as an anchor: a field, a line of the box, or the box itself."""

    words: str
    anchor: str
    line: int = 0


@dataclass(frozen=True)
class Found:
    """A finding beside the place where it can be mended."""

    finding: Finding
    place: Place

    @property
    def is_error(self) -> bool:
        return self.finding.severity == ERROR


def document_form(row: Row, now: Standing, typed: Mapping[str, Any] | None = None) -> DocumentForm:
    digest = twin_digest(row)
    if typed is None:
        return DocumentForm(kind=row.kind, text=now.text, stamp=now.stamp, twin_digest=digest)
    return DocumentForm(kind=row.kind, data=typed, twin_digest=digest)


def twin_digest(row: Row) -> str:
    """The hash of the English page that a Spanish one is made from; "" where there is none."""
    twin = catalog.current().by_id.get((row.page_id, "en")) if row.lang == "es" else None
    return twin.document.digest if twin else ""


def typed_text(form: DocumentForm, now: Standing) -> str:
    """What stands in the form, or the text of before where a value cannot be written."""
    try:
        return form.text() if form.is_bound else now.text
    except BadDocument:
        return now.text


def found_in(form: DocumentForm, inspection: Inspection, refused: Refused | None = None) -> list[Found]:
    """What the checks find in a text, and what kept it from going further just now."""
    more = refused.findings if isinstance(refused, Blocked) else ()
    findings = dict.fromkeys([*inspection.findings, *more])
    ordered = sorted(findings, key=lambda each: (each.severity != ERROR, each.line))
    return [Found(each, place_of(form, each.line)) for each in ordered]


def place_of(form: DocumentForm, line: int) -> Place:
    """Of a line of the whole text; lines of the box are counted as its writer sees them."""
    if code := form.field_on(line):
        return Place(str(form[code].label), f"#id_{code}")
    in_box = line - form.body_line() + 1
    if in_box < 1:
        return Place(_("The whole text"), "#id_body")
    return Place(_("Line %(line)s") % {"line": in_box}, f"#line-{in_box}", in_box)


@dataclass(frozen=True)
class ToExcuse:
    """A rule that warns, how often, and why that may stand as far as somebody has typed it."""

    rule: str
    times: int
    reason: str


def to_excuse(found: list[Found], typed: Mapping[str, Any]) -> list[ToExcuse]:
    rules = Counter(each.finding.rule for each in found if not each.is_error)
    return [
        ToExcuse(rule, times, str(typed.get(f"reason-{rule}", ""))) for rule, times in sorted(rules.items())
    ]


def insert_form(row: Row, typed: Mapping[str, Any] | None = None) -> InsertForm:
    choices: dict[str, Any] = {"sources": sources(row.lang), "pages": pages(row.lang), "pictures": pictures()}
    return InsertForm(typed, **choices) if typed is not None else InsertForm(**choices)


def sources(lang: str) -> list[tuple[str, str]]:
    known = catalog.current().sources.values()
    found = [(source.key, f"{source.label(lang or 'en')} [{source.key}]") for source in known]
    return sorted(found, key=lambda each: each[1].casefold())


def pages(lang: str) -> list[tuple[str, str]]:
    """Where a page of this language may lead: the other pages, and the rooms of the site."""
    lang = lang or "en"
    known = catalog.current().by_path.values()
    found = sorted((page.path, f"{page.title} – {page.path}") for page in known if page.lang == lang)
    fixed = FIXED if lang == "en" else tuple(f"/es{path}" for path in FIXED)
    names = {path: FIXED_PLACES.get(path.removeprefix("/es"), "") for path in fixed}
    there = {path for path, _words in found}
    return found + [
        (path, f"{words} – {path}") for path, words in names.items() if words and path not in there
    ]


def pictures() -> list[str]:
    folder = Path(settings.BASE_DIR) / "static" / "img"
    return sorted(each.name for each in folder.glob("*.svg") if each.name not in OF_THE_FRAME)


def is_changed(form: DocumentForm, now: Standing, text: str) -> bool:
    """Whether saving this form makes another text, or says something else about the same one."""
    draft, typed = now.draft, form.given
    if draft is None or text != now.text or not form.is_bound:
        return text != now.text
    return not is_kept(draft, bool(typed.get("wording_only")), "")


def others_draft(now: Standing, person: StaffMember) -> str:
    """A word of warning, never a lock."""
    draft = now.draft
    if draft is None or draft.author_id == person.pk:
        return ""
    when = timezone.localtime(draft.created)
    day = _("today") if when.date() == timezone.localdate() else date_format(when, "M j, Y")
    said = {"name": draft.author.short_name, "time": clock(when.time()), "day": day}
    return _("%(name)s has a draft from %(time)s, %(day)s. You go on from it. Talk to each other.") % said


def numbered(form: DocumentForm, text: str) -> Iterator[tuple[int, str]]:
    """The lines of the box, counted as in the findings."""
    return enumerate(text.rstrip("\n").split("\n")[form.body_line() - 1 :], 1)


def context(request: HttpRequest, row: Row, now: Standing, form: DocumentForm, **more: Any) -> dict[str, Any]:
    """Everything for the template; `more` is what just happened: a problem, a refusal, what was given back."""
    text = typed_text(form, now)
    inspection = inspect(row, text)
    person = who(request)
    opened = request.method == "GET"
    changed = is_changed(form, now, text)
    found = found_in(form, inspection, more.get("refused"))
    served = catalog.current().by_id.get((row.page_id, row.lang))
    return {
        "here": "change",
        "row": row,
        "now": now,
        "form": form,
        "insert": more.pop("insert", None) or insert_form(row),
        "found": found,
        "errors": [each for each in found if each.is_error],
        "warnings": [each for each in found if not each.is_error],
        "to_excuse": to_excuse(found, form.data),
        "report": inspection.report,
        "lines": list(numbered(form, text)),
        "others_draft": others_draft(now, person),
        "opened_by": openings.opened_by_others(row.pk, person, note=opened and rights.may_edit(person)),
        "why_not_publish": publishing.why_not_publish(person, now, text, changed=changed),
        "waits_for_review": publishing.waits_for_review(now, changed=changed),
        "reviewers": [each for each in rights.reviewers() if each.pk != person.pk],
        "notes": list(row.notes.select_related("by").order_by("-pk")[:20]),
        "zone": zone_words(),
        "served_at": served.path if isinstance(served, Page) else "",
        "pictures": pictures(),
        "may_edit": rights.may_edit(person),
        "title": title_of(row, text),
        **more,
    }


def title_of(row: Row, text: str) -> str:
    """What people call the document."""
    made = editing.made_of(row, text)
    if isinstance(made, Page):
        return made.title
    return made.label("en") or str(row) if made else str(row)

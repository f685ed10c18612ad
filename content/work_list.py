"""The editors' work list: of every document, what is served, who writes, what waits, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from clinic import snapshot
from clinic.staff import StaffMember
from content import export
from content.ageing import LOOKED_AT_AGAIN_AFTER
from content.checks import House, Report, check_page
from content.documents import Page as PageText
from content.documents import Source
from content.editing import Standing, made_of, standing
from content.files import Made
from content.findings import ERROR, Finding
from content.grade import Reading
from content.house import house
from content.live import Key
from content.models import Page
from content.resolve import Case
from content.source_words import words_of_sources

# A review that is due within this time shows amber, an overdue one red.
SOON = timedelta(days=60)
LIVE, SCHEDULED, WITHDRAWN, UNPUBLISHED = "live", "scheduled", "withdrawn", "not published"
STAGES = {Page.Stage.DRAFT: "draft", Page.Stage.IN_REVIEW: "in review", Page.Stage.RETURNED: "returned"}


@dataclass(frozen=True)
class Work:
    """`errors` and `warnings` count findings of the draft, or of what is served. Names of states are codes."""

    row: Page
    case: Case
    sentence: str
    state: str
    title: str
    page_kind: str
    path: str
    editor: StaffMember | None
    since: datetime | None
    scheduled_for: datetime | None
    review: str
    review_due: date | None
    grade: Reading | None
    errors: int
    warnings: int
    twin: Key | None
    # Of a page in Spanish: the English one has changed since.
    twin_is_older: bool
    ahead_days: int | None

    @property
    def key(self) -> Key:
        return self.row.key


def rows() -> tuple[Work, ...]:
    """Every document, in four queries however many there are."""
    found = [
        standing(row)
        for row in Page.objects.select_related("live", "scheduled__author", "draft__author").order_by(
            "kind", "page_id", "lang"
        )
    ]
    waiting = {file.key: file.since for file in export.changed_files(found)}
    rules = house()
    anchors = rules.anchors()
    return tuple(_work(each, rules, anchors, waiting.get(each.row.key)) for each in found)


def _work(
    now: Standing, rules: House, anchors: Mapping[str, frozenset[str]], ahead_since: datetime | None
) -> Work:
    made = made_of(now.row, now.text)
    served = made_of(now.row, now.served_text)
    report, findings = _checked(made, rules, anchors)
    review, due = _review(now, served, rules)
    newest = now.draft or now.scheduled
    twin = _twin(now.row)
    return Work(
        row=now.row,
        case=now.case,
        sentence=now.sentence,
        state=_state(now),
        title=made.title if made else now.row.page_id,
        page_kind=made.kind if isinstance(made, PageText) else "",
        path=made.path if isinstance(made, PageText) else "",
        editor=newest.author if newest else None,
        since=newest.created if newest else None,
        scheduled_for=now.scheduled_for,
        review=review,
        review_due=due,
        grade=report.reading if report else None,
        errors=sum(each.severity == ERROR for each in findings) if made else 1,
        warnings=sum(each.severity != ERROR for each in findings),
        twin=twin,
        twin_is_older=_lags(served, rules),
        ahead_days=(timezone.now() - ahead_since).days if ahead_since else None,
    )


def _state(now: Standing) -> str:
    if now.row.stage in STAGES:
        return STAGES[Page.Stage(now.row.stage)]
    if now.scheduled:
        return SCHEDULED
    if now.case is Case.WITHDRAWN:
        return WITHDRAWN
    return LIVE if now.served_text else UNPUBLISHED


def _checked(
    made: Made | None, rules: House, anchors: Mapping[str, frozenset[str]]
) -> tuple[Report | None, tuple[Finding, ...]]:
    if isinstance(made, Source):
        return None, tuple(words_of_sources([made]))
    if made is None:
        return None, ()
    report = _report(_Asked(made, rules, anchors))
    return report, report.findings


class _Asked:
    """A page with all that its findings depend on; equal ones are checked once."""

    def __init__(self, page: PageText, rules: House, anchors: Mapping[str, frozenset[str]]) -> None:
        self.page, self.rules, self.anchors = page, rules, anchors
        twin = rules.pages.get((page.id, "en" if page.lang == "es" else "es"))
        places = frozenset(anchors.items())
        self.same = (page.document.digest, twin and twin.path, places, frozenset(rules.sources))

    def __hash__(self) -> int:
        return hash(self.same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.same == other.same


@lru_cache(maxsize=2000)
def _report(asked: _Asked) -> Report:
    page = asked.page
    rules = replace(asked.rules, pages={**asked.rules.pages, (page.id, page.lang): page})
    return check_page(page, rules, asked.anchors)


def _review(now: Standing, served: Made | None, rules: House) -> tuple[str, date | None]:
    """signed, unsigned, changed, amber or red, and when the next review is due."""
    if isinstance(served, Source):
        due = date.fromisoformat(served.checked_on) + LOOKED_AT_AGAIN_AFTER
        return _colour(due, rules.today), due
    signature = snapshot.current().signature("page", now.row.page_id, now.row.lang)
    if served is None or signature is None:
        return "unsigned", None
    if signature.digest != served.document.digest:
        return "changed", signature.good_until
    return _colour(signature.good_until, rules.today), signature.good_until


def _colour(due: date, today: date) -> str:
    return "red" if due <= today else "amber" if due <= today + SOON else "signed"


def _twin(row: Page) -> Key | None:
    if row.kind != Page.Kind.PAGE:
        return None
    other = "en" if row.lang == "es" else "es"
    return row.key[0], row.page_id, other


def _lags(served: Made | None, rules: House) -> bool:
    """Whether this page in Spanish was made from another English text than today's."""
    if not isinstance(served, PageText) or served.lang == "en" or not served.translates:
        return False
    twin = rules.pages.get((served.id, "en"))
    return twin is not None and served.translates != twin.document.digest

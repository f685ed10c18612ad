"""What waits: the list of all pages and sources, new ones, and the way of every edit back to the repository."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.staff import who
from content import actions, editing, export, work_list
from content.editing_forms import NewDocumentForm
from content.models import Page
from content.refusals import Refused
from content.resolve import SETTLE_FIRST
from content.staff_door import ADD, LOOK, come_back, room, show
from content.work_list import Work

REVIEW_DUE = ("amber", "red")


@dataclass(frozen=True)
class Tab:
    """One answer to "what waits?"; `holds` says which documents belong to it."""

    name: str
    words: str | Promise
    holds: Callable[[Work, int], bool]


TABS = (
    Tab("all", gettext_lazy("All"), lambda work, _person: True),
    Tab(
        "mine",
        gettext_lazy("My drafts"),
        lambda work, person: work.editor is not None and work.editor.pk == person,
    ),
    Tab("drafts", gettext_lazy("Drafts"), lambda work, _person: work.state in ("draft", "returned")),
    Tab("review", gettext_lazy("Wait for review"), lambda work, _person: work.state == "in review"),
    Tab("scheduled", gettext_lazy("Scheduled"), lambda work, _person: work.scheduled_for is not None),
    Tab("conflicts", gettext_lazy("To settle"), lambda work, _person: work.case in SETTLE_FIRST),
    Tab(
        "ahead", gettext_lazy("Not in the repository yet"), lambda work, _person: work.ahead_days is not None
    ),
    Tab("due", gettext_lazy("Review due"), lambda work, _person: work.review in REVIEW_DUE),
    Tab("problems", gettext_lazy("Problems"), lambda work, _person: bool(work.errors)),
    Tab("withdrawn", gettext_lazy("Withdrawn"), lambda work, _person: work.state == "withdrawn"),
)


STATES = {
    "live": gettext_lazy("live"),
    "draft": gettext_lazy("draft"),
    "in review": gettext_lazy("waits for review"),
    "returned": gettext_lazy("back with the author"),
    "scheduled": gettext_lazy("scheduled"),
    "withdrawn": gettext_lazy("withdrawn"),
    "not published": gettext_lazy("not published"),
}


@dataclass(frozen=True)
class Line:
    """One document in the list, with its codes in words."""

    work: Work
    state_words: str
    review_words: str
    has_twin: bool


def _line(work: Work, known: frozenset[object]) -> Line:
    return Line(work, str(STATES[work.state]), _review_words(work), work.twin in known)


def _review_words(work: Work) -> str:
    due = date_format(work.review_due, "M j, Y") if work.review_due else ""
    if work.row.kind == Page.Kind.SOURCE:
        return _look_again_words(work.review) % {"day": due}
    words = {
        "unsigned": _("Not signed by a clinician yet"),
        "changed": _("Changed since it was signed"),
        "signed": _("Next review %(day)s"),
        "amber": _("Review soon: %(day)s"),
        "red": _("Review overdue since %(day)s"),
    }
    return words[work.review] % {"day": due}


def _look_again_words(review: str) -> str:
    """Nobody signs a source; somebody opens it once a year and sees whether it still says so."""
    words = {
        "signed": _("Look at it again by %(day)s"),
        "amber": _("Look at it again soon: by %(day)s"),
        "red": _("Not looked at for a year: overdue since %(day)s"),
    }
    return words.get(review, "")


@room(LOOK)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    everything, person = work_list.rows(), who(request)
    known = frozenset(each.key for each in everything)
    lang, kind = request.GET.get("lang", ""), request.GET.get("kind", "")
    query = request.GET.get("q", "").strip().casefold()
    rows = tuple(each for each in everything if _fits(each, lang, kind, query))
    wanted = next((tab for tab in TABS if tab.name == request.GET.get("show")), TABS[0])
    by_tab = {tab.name: [each for each in rows if tab.holds(each, person.pk)] for tab in TABS}
    context = {
        "title": _("Pages and sources"),
        "tabs": [(tab, len(by_tab[tab.name])) for tab in TABS],
        "wanted": wanted.name,
        "found": [_line(each, known) for each in sorted(by_tab[wanted.name], key=_urgency)],
        "lang_wanted": lang,
        "kind_wanted": kind,
        "query": request.GET.get("q", ""),
        "may_add": person.has_perm(ADD),
    }
    return show(request, "content/admin_work.html", context)


# What somebody must do something about comes first.
FIRST = ("returned", "in review", "draft", "scheduled", "not published")


def _urgency(work: Work) -> tuple[int, int, str]:
    troubled = work.case in SETTLE_FIRST or bool(work.errors)
    place = FIRST.index(work.state) if work.state in FIRST else len(FIRST)
    return (
        not troubled,
        place - (work.review in REVIEW_DUE),
        work.row.kind + work.row.page_id + work.row.lang,
    )


def _fits(work: Work, lang: str, kind: str, query: str) -> bool:
    if lang and work.row.lang not in (lang, ""):
        return False
    if kind and kind not in (work.row.kind, work.page_kind):
        return False
    return not query or query in f"{work.title} {work.path} {work.row.page_id}".casefold()


@room(ADD)
def add_after_csrf(request: HttpRequest) -> HttpResponse:
    problem = _("This page waited too long, so nothing was added. Please press the button again.")
    return _asked(request, NewDocumentForm(request.POST), 403, problem=problem)


@rescued_by(add_after_csrf)
@room(ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        kept = lost_logins.take(request).dict()
        initial = {"kind": request.GET.get("kind", "page")} | kept
        return _asked(request, NewDocumentForm(initial=initial), problem=come_back(kept))
    form = NewDocumentForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, 422)
    given = form.cleaned_data
    names = {
        "kind": given["kind"],
        "document_id": given["document_id"],
        "lang": given["lang"] if given["kind"] == "page" else "",
    }
    try:
        made = actions.new_document(by=who(request), text=editing.starting_text(**names), **names)
    except Refused as refusal:
        return _asked(request, form, 422, problem=str(refusal))
    return redirect("admin:content_page_change", made.page_id)


def _asked(request: HttpRequest, form: NewDocumentForm, status: int = 200, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "problem": problem,
        "title": _("A new page or source"),
    }
    return show(request, "content/admin_add.html", context, status=status)


@room(LOOK)
@require_safe
def to_repository(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Edits on their way to the repository"),
        "files": export.changed_files(),
        "left_out": export.left_out(),
    }
    return show(request, "content/admin_export.html", context)


@room(LOOK)
@require_safe
def patch(request: HttpRequest) -> HttpResponse:
    """One file that `git am` takes, with authors and revision numbers on top."""
    words = export.patch()
    audit.record(by=who(request), action="exported", subject="page", subject_ids=[])
    response = HttpResponse(words, content_type="text/x-patch; charset=utf-8")
    name = f"clinic-pages-{timezone.localtime():%Y-%m-%d-%H%M}.patch"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

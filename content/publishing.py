"""What must be in order before a text goes live: who may, whether it is still the right one, and what the checks say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from clinic.staff import StaffMember
from content import catalog, cited_elsewhere
from content.editing import Standing, made_of
from content.files import Made
from content.findings import Finding
from content.inspection import Inspection, inspect, is_clinical, unread_words, wording_faults
from content.models import Page, Revision, Step
from content.refusals import (
    BadText,
    Blocked,
    NotAllowed,
    NothingToDo,
    Overtaken,
    PathTaken,
    ReasonsNeeded,
    Scheduled,
)
from content.rights import may_review
from content.where_used import used_on
from content.writing import stale


def draft_of(now: Standing) -> Revision:
    if now.draft is None:
        raise NothingToDo(_("There is no draft of this."))
    return now.draft


def not_scheduled(now: Standing) -> None:
    if now.scheduled is not None:
        words = _("Text %(number)s is scheduled to go live. Cancel that first; it then is a draft again.")
        raise Scheduled(words % {"number": now.scheduled.number})


def not_overtaken(now: Standing, draft: Revision) -> None:
    """What was live, and the file, must still be what the draft was made from."""
    if now.served_digest != draft.over_digest or now.file_digest != draft.base_digest:
        words = _("What readers get has changed since this draft was begun. Compare both, then settle it.")
        raise stale(now, draft.text, Overtaken, words)


def was_public(now: Standing, text: Revision) -> bool:
    """Whether exactly this text was published before, or is the file: then two people have answered for it."""
    if text.digest == now.file_digest:
        return True
    before = Step.objects.filter(
        revision__page=now.row,
        revision__digest=text.digest,
        kind=Step.Kind.PUBLISHED,
        live_from__lte=text.created,
    )
    return before.exclude(revision__steps__kind=Step.Kind.UNSCHEDULED).exists()


def may_publish(person: StaffMember, now: Standing) -> str:
    """Why this person may not publish the draft; "" when they may. The checks come on top of it."""
    if now.draft is None:
        return str(_("There is no draft of this."))
    served, made = _last_shown(now), made_of(now.row, now.draft.text)
    return _why_not(person, now, served, made, known=was_public(now, now.draft))


def _last_shown(now: Standing) -> Made | None:
    """What readers get, or got until it was withdrawn: nobody takes the claims away from that alone either."""
    return made_of(now.row, now.served_text or (now.live.text if now.live else now.file_text))


def _why_not(
    person: StaffMember, now: Standing, served: Made | None, made: Made | None, *, known: bool
) -> str:
    clinical = is_clinical(served, made)
    new = "" if clinical or known else unread_words(served, made)
    if not clinical and not new:
        return ""
    if not may_review(person):
        if new:
            words = _("A clinical reviewer reads new words like these before they go live: “%(words)s”")
            return str(words % {"words": new})
        return str(_("This page makes medical statements: a clinical reviewer publishes it."))
    if not known and person.pk in now.authors:
        return str(_("You wrote this. Another person with the reviewer’s right publishes it."))
    return ""


def allowed_to_take_down(person: StaffMember, now: Standing) -> None:
    served = made_of(now.row, now.served_text)
    if is_clinical(served) and not may_review(person):
        raise NotAllowed(_("This page makes medical statements: a clinical reviewer takes it down."))


def approve(
    now: Standing,
    draft: Revision,
    *,
    by: StaffMember,
    reasons: Mapping[str, str],
    spanish_by: str,
) -> list[dict[str, Any]]:
    """Raises what keeps the draft from being published; returns the warnings let stand, each with its reason."""
    known = was_public(now, draft)
    seen = inspect(now.row, draft.text)
    served = _last_shown(now)
    if why_not := _why_not(by, now, served, seen.made, known=known):
        raise NotAllowed(why_not)
    no_errors(now, draft, seen, _("Not published: the checks found something that must be changed first."))
    if known:
        return []
    if now.row.lang == "es" and not spanish_by.strip():
        raise NotAllowed(_("Name the person who has read the Spanish and stands for it."))
    missing = [each for each in seen.warnings if not reasons.get(each.rule, "").strip()]
    if missing:
        raise ReasonsNeeded(_("Say for each of these why it may stand."), missing)
    return [_told(each, reasons[each.rule]) for each in seen.warnings]


def ready_for_review(now: Standing, draft: Revision) -> None:
    """A reviewer is not asked to read what could not be published anyway."""
    words = _("Not sent: the checks found something that must be changed first.")
    no_errors(now, draft, inspect(now.row, draft.text), words)


def no_errors(now: Standing, draft: Revision, seen: Inspection, refusal: str) -> None:
    found = [*seen.errors, *_scheduled_paths(now, seen)]
    if draft.kind == Revision.Kind.WORDING and seen.made is not None:
        found += wording_faults(made_of(now.row, now.served_text), seen.made)
    if any(each.rule == "path" for each in found):
        raise PathTaken(_("This address is not free."), found)
    if found:
        raise Blocked(refusal, found)


def _scheduled_paths(now: Standing, seen: Inspection) -> Sequence[Finding]:
    """Another page may be about to take the same address."""
    if seen.page is None:
        return []
    waiting = Page.objects.filter(scheduled__isnull=False, kind=Page.Kind.PAGE).exclude(pk=now.row.pk)
    for row in waiting.select_related("scheduled"):
        other = made_of(row, row.scheduled.text) if row.scheduled else None
        if other is not None and getattr(other, "path", "") == seen.page.path:
            advice = _("“%(page)s” is scheduled to go live at this path.") % {"page": row}
            line = list(seen.page.document.front).index("path") + 2
            return [
                Finding("path", "error", seen.page.document.name, line, seen.page.path, advice),
            ]
    return []


def _told(finding: Finding, reason: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "line": finding.line,
        "words": finding.words,
        "advice": finding.advice,
        "reason": reason.strip(),
    }


def nothing_rests_on(now: Standing) -> None:
    """A source that is cited stays: without it the pages that cite it could not be shown."""
    if now.row.kind != Page.Kind.SOURCE:
        return
    key = now.row.page_id
    pages = [page.title for lang in ("en", "es") for page in used_on(lang).get(key, ())]
    places = pages + [str(place.title) for place in cited_elsewhere.citing(key)]
    if places:
        words = _("It is cited: %(places)s. Take it out there first.")
        raise NotAllowed(words % {"places": ", ".join(places)})


def leads_somewhere(now: Standing, redirect_to: str) -> None:
    target = catalog.current().by_path.get(redirect_to)
    itself = target is not None and (target.id, target.lang) == (now.row.page_id, now.row.lang)
    if redirect_to and (target is None or itself or now.row.kind != Page.Kind.PAGE):
        raise BadText(_("Readers can be sent on to another page only. Write its path, such as /mild/."))

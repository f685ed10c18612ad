"""What must be in order before a text goes live: who may, whether it is still the right one, and what the checks say."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.staff import StaffMember
from content import catalog, cited_elsewhere
from content.documents import digest_of
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


def was_public(now: Standing, digest: str, by_then: datetime) -> bool:
    """Whether exactly this text was published before, or is the file: then two people have answered for it."""
    if digest == now.file_digest:
        return True
    before = Step.objects.filter(
        revision__page=now.row, revision__digest=digest, kind=Step.Kind.PUBLISHED, live_from__lte=by_then
    )
    return before.exclude(revision__steps__kind=Step.Kind.UNSCHEDULED).exists()


def _is_known(now: Standing, text: str, *, changed: bool) -> bool:
    begun = timezone.now() if changed or now.draft is None else now.draft.created
    return was_public(now, digest_of(text), begun)


def _last_shown(now: Standing) -> Made | None:
    """What readers get, or got until it was withdrawn: nobody takes the claims away from that alone either."""
    return made_of(now.row, now.served_text or (now.live.text if now.live else now.file_text))


def why_not_publish(person: StaffMember, now: Standing, text: str, *, changed: bool = False) -> str:
    """ "" when this person may publish the text; else why not. The checks come on top of it.

    `changed`: it is not the draft yet, and this person would be one of its authors.
    """
    served, made = _last_shown(now), made_of(now.row, text)
    known = _is_known(now, text, changed=changed)
    clinical = is_clinical(served, made)
    new = "" if clinical or known else unread_words(served, made)
    if not clinical and not new:
        return ""
    waits = waits_for_review(now, changed=changed)
    if not may_review(person):
        return _ask_a_reviewer(new, waits=waits)
    if known or not (changed or person.pk in now.authors):
        return ""
    if waits:
        return _("You wrote this clinical text. It waits for another reviewer, who publishes it.")
    return _("You wrote this clinical text, so another reviewer publishes it: send it for review.")


def _ask_a_reviewer(new: str, *, waits: bool) -> str:
    if new and waits:
        said = _("These words are new: “%(words)s” It waits for a clinical reviewer, who publishes it.")
        return said % {"words": new}
    if new:
        said = _("These words are new: “%(words)s” A clinical reviewer publishes it: send it for review.")
        return said % {"words": new}
    if waits:
        return _("This text makes clinical statements. It waits for a clinical reviewer, who publishes it.")
    return _("This text makes clinical statements. A clinical reviewer publishes it: send it for review.")


def was_answered_for(now: Standing, text: str) -> bool:
    """Whether a text of before, brought back now, has been public: then nobody is asked about it again."""
    return _is_known(now, text, changed=True)


def why_only_a_draft(person: StaffMember, now: Standing, text: str) -> str:
    """ "" when a text that this person brings back goes live; else why it becomes the draft."""
    try:
        not_scheduled(now)
    except Scheduled as refusal:
        return str(refusal)
    return why_not_publish(person, now, text, changed=True)


def waits_for_review(now: Standing, *, changed: bool = False) -> bool:
    """Whether this text is the one that a reviewer was asked to read."""
    return now.row.stage == Page.Stage.IN_REVIEW and not changed


def why_not_return(person: StaffMember, now: Standing) -> str:
    """ "" when this person may give the draft back to its author."""
    if not waits_for_review(now):
        return _("This does not wait for review.")
    if not may_review(person):
        return _("Only a clinical reviewer gives a text back.")
    if person.pk in now.authors:
        return _("You wrote this, so another reviewer gives it back.")
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
    if why_not := why_not_publish(by, now, draft.text):
        raise NotAllowed(why_not)
    seen = inspect(now.row, draft.text)
    no_errors(now, draft, seen)
    if _is_known(now, draft.text, changed=False):
        return []
    if now.row.lang == "es" and not spanish_by.strip():
        raise NotAllowed(_("Name the person who has read the Spanish and stands for it."))
    missing = [each for each in seen.warnings if not reasons.get(each.rule, "").strip()]
    if missing:
        raise ReasonsNeeded(_("Say for each of these why it may stand."), missing)
    return [_told(each, reasons[each.rule]) for each in seen.warnings]


def ready_for_review(now: Standing, draft: Revision) -> None:
    """A reviewer is not asked to read what could not be published anyway."""
    no_errors(now, draft, inspect(now.row, draft.text))


def no_errors(now: Standing, draft: Revision, seen: Inspection) -> None:
    found = [*seen.errors, *_scheduled_paths(now, seen)]
    if draft.kind == Revision.Kind.WORDING and seen.made is not None:
        found += wording_faults(made_of(now.row, now.served_text), seen.made)
    if any(each.rule == "path" for each in found):
        raise PathTaken(_("This address is not free."), found)
    if found:
        raise Blocked(_("The checks found something that must be changed first."), found)


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

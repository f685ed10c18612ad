"""What a form asks for when a text is to go live, and the words that confirm what was done."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clinic import snapshot
from clinic.staff import who
from clinic.zone import in_words
from content import actions
from content.models import Page, Step
from content.refusals import BadTime

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WAYS_TO_WRITE_A_TIME = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p")


def publish_draft(request: HttpRequest, row: Page, stamp: str, typed: Mapping[str, Any]) -> None:
    at = moment(typed.get("publish_at", "")) if typed.get("do") == "schedule" else None
    step = actions.publish(
        page_id=row.pk,
        by=who(request),
        stamp=stamp,
        at=at,
        reasons=reasons_in(typed),
        spanish_by=typed.get("spanish_by", ""),
        note=typed.get("note", ""),
    )
    snapshot.refresh()
    confirm(request, said_of(step))


def said_of(step: Step) -> str:
    """What its person reads when it is done."""
    if step.kind == Step.Kind.SENT:
        whom = step.asked.short_name if step.asked else _("the reviewers")
        return _("Sent for review to %(name)s.") % {"name": whom}
    if step.kind == Step.Kind.RETURNED:
        return _("Given back to its author, with your note.")
    if step.live_from and step.live_from > step.at:
        return _("Scheduled: it goes live on %(time)s.") % {"time": in_words(step.live_from)}
    return _("Published. Every server shows it within five seconds.")


def reasons_in(typed: Mapping[str, Any]) -> dict[str, str]:
    """Why each rule's warnings may stand."""
    prefix = "reason-"
    return {name.removeprefix(prefix): why for name, why in typed.items() if name.startswith(prefix)}


def moment(words: str) -> datetime:
    """Day and time of the clinic's zone, as a browser or a person writes them. Raises BadTime."""
    for way in WAYS_TO_WRITE_A_TIME:
        try:
            return datetime.strptime(words.strip().upper().replace("  ", " "), way)
        except ValueError:
            continue
    raise BadTime(_("Write the day and the time, such as 12/01/2026 9:00 am."))


def confirm(request: HttpRequest, words: "StrOrPromise") -> None:
    """Says it once, also when the answer to a first press was never seen."""
    waiting = messages.get_messages(request)
    if str(words) not in [str(each) for each in waiting]:
        messages.success(request, words)
    # Looking at them has not shown them.
    vars(waiting)["used"] = False

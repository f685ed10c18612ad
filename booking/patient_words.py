"""Where a request stands, in the patient's words; the staff's words are in statuses.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.choices import AttemptResult, ClosingReason, HistoryKind
from booking.models import ConsultationRequest, StatusChange
from booking.statuses import Status


@dataclass(frozen=True)
class Standing:
    """`promised`: the day by which we get in touch still counts. `asks_anew`: a new request is a way on."""

    heading: Promise
    next: Promise
    promised: bool = False
    asks_anew: bool = False


STANDINGS: Mapping[Status, Standing] = {
    Status.NEW: Standing(
        _("We have your request"), _("Somebody here reads it and gets in touch."), promised=True
    ),
    Status.TRIED: Standing(
        _("We tried to reach you"), _("Please call us. If you do not, we will try again.")
    ),
    Status.WAITING: Standing(
        _("We are working on your request"), _("We wait for something that we need. Call us to hear more.")
    ),
    Status.TIME_SET: Standing(
        _("We have agreed on a time"), _("You are not sure of it, or you cannot come? Please call us.")
    ),
    Status.ATTENDED: Standing(_("Your request is done"), _("Do you need something else? Please call us.")),
    Status.MISSED: Standing(_("We did not meet"), _("Would you like another time? Please call us.")),
    Status.CLOSED: Standing(_("Your request is closed"), _("Do you need something else? Please call us.")),
}
CANCELLED = Standing(
    _("You cancelled your request"),
    _("Have you changed your mind? Call us, or send a new request."),
    asks_anew=True,
)


TALKED = Standing(_("We have talked with each other"), _("Are you not sure what comes next? Please call us."))
ANSWERED = Standing(_("We have your answer"), _("Somebody here reads it and gets in touch."))
# Once there is a time, or the visit has taken place, it is no longer a mere request.
WITHOUT_A_TIME = (Status.NEW, Status.TRIED, Status.WAITING, Status.MISSED)


def standing(about: ConsultationRequest) -> Standing:
    last = _last_touch(about) if about.status == Status.TRIED else None
    if last and last.kind == HistoryKind.CONTACT:
        return ANSWERED
    if last and _got_through(last):
        return TALKED
    if about.status == Status.CLOSED and about.closing_reason == ClosingReason.CANCELLED:
        return CANCELLED
    return STANDINGS[Status(about.status)]


def talked_last(about: ConsultationRequest) -> bool:
    """Whether the last try got through, or they got in touch since."""
    last = _last_touch(about)
    return last is not None and _got_through(last)


def _got_through(touch: StatusChange) -> bool:
    return touch.kind in (HistoryKind.REPLIED, HistoryKind.CONTACT) or touch.detail == AttemptResult.SPOKE


def _last_touch(about: ConsultationRequest) -> StatusChange | None:
    ways = Q(kind__in=(HistoryKind.MOVED, HistoryKind.ATTEMPT, HistoryKind.REPLIED))
    # New contact wishes are an answer only where we waited for one.
    answers = Q(kind=HistoryKind.CONTACT) & ~Q(from_status=F("to_status"))
    return about.status_changes.filter(ways | answers).order_by("-version").first()

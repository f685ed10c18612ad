"""The page of one request: everything about it, and what may be done next. Shown by many views, with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from booking import mail_words, messages, same_person, staff_words, timeline, work_actions
from booking.actions import IllegalMove, ReasonMissing, VisitAhead
from booking.changes import SUBJECT, StaleVersion
from booking.choices import AttemptResult, ClosingReason, HistoryKind
from booking.desk_forms import VISIT_AHEAD, WAITS, WorkForm, never_tried
from booking.desk_pages import Card, zone_of
from booking.due_times import visit_of
from booking.models import BookedTime, ConsultationRequest, StatusChange
from booking.next_try import MANY_TRIES
from booking.patient_words import talked_last
from booking.promise import zone_in_words
from booking.scripts import script_for
from booking.statuses import NEXT_STATUSES, Status
from booking.typed_kept import kept_when_gone
from booking.visits import as_local, is_ahead, open_moves
from booking.work_actions import Taken
from clinic import audit
from clinic.facts import clock
from clinic.staff import StaffMember, who

PROBLEMS = (StaleVersion, IllegalMove, ReasonMissing, Taken)


@dataclass(frozen=True)
class Move:
    """A move of the table, and what it says to the patient."""

    to: Status
    mail: str


@dataclass(frozen=True)
class Steps:
    """What may be done with a request as it stands."""

    about: ConsultationRequest

    @property
    def may_try(self) -> bool:
        return self.about.status in work_actions.MAY_TRY

    @property
    def may_reply(self) -> bool:
        return self.about.status in work_actions.MAY_REPLY

    @property
    def may_wait(self) -> bool:
        return self.about.status == Status.WAITING or Status.WAITING in self._next

    @property
    def may_set_time(self) -> bool:
        return self.about.status == Status.TIME_SET or Status.TIME_SET in self._next

    @property
    def may_say_how_it_went(self) -> bool:
        return self.about.status == Status.TIME_SET and not is_ahead(self.about)

    @property
    def may_close(self) -> bool:
        return Status.CLOSED in self._next

    @property
    def is_untried(self) -> bool:
        return never_tried(self.about)

    @property
    def mail_of_a_try(self) -> str:
        """Of one without a talk."""
        before = self.about.status
        after = Status.TRIED if before in work_actions.TRIED_FROM else before
        return self._said(messages.for_attempt(before, after, talked=False))

    @property
    def mail_of_missing(self) -> str:
        return self._said(messages.for_move(self.about.status, Status.MISSED))

    @property
    def mail_of_closing(self) -> str:
        return self._said(messages.for_move(self.about.status, Status.CLOSED))

    @property
    def mail_of_opening(self) -> str:
        return self._said(messages.for_move(self.about.status, Status.NEW))

    def _said(self, mail: messages.Mail | messages.NoMail) -> str:
        return mail_words.said(self.about, mail)

    @property
    def table(self) -> list[Move]:
        return [
            Move(to, self._said(messages.for_move(self.about.status, to))) for to in open_moves(self.about)
        ]

    @property
    def _next(self) -> frozenset[Status]:
        return NEXT_STATUSES[Status(self.about.status)]


@dataclass(frozen=True)
class VisitWords:
    """The time of the visit on the office's own clock."""

    booked: BookedTime

    @property
    def day(self) -> Any:
        return as_local(self.booked).date()

    @property
    def time(self) -> str:
        return clock(as_local(self.booked).time())


def find(request: HttpRequest, pk: int) -> ConsultationRequest | None:
    """The request; None where it is gone but something was typed, which must not be lost with it."""
    requests = ConsultationRequest.objects.select_related("location", "owner", "merged_into")
    found = requests.filter(pk=pk).first()
    if found is None and not request.POST.get("note"):
        raise Http404
    return found


def gone(request: HttpRequest) -> HttpResponse:
    return kept_when_gone(request, request.POST.get("note", ""))


def in_words(problem: Exception) -> str:
    if isinstance(problem, Taken):
        return _("%(who)s took this one a moment ago.") % {"who": problem.owner.short_name}
    if isinstance(problem, ReasonMissing):
        return _("It is marked, so it needs a reason to be closed.")
    if isinstance(problem, VisitAhead):
        return str(VISIT_AHEAD)
    if isinstance(problem, StaleVersion):
        return _("This request was changed while you had it open.")
    return _("The request cannot move there from where it stands.")


def conflict(request: HttpRequest, pk: int, form: WorkForm, problem: Exception) -> HttpResponse:
    """Nothing was changed; the note stays, beside what the others did in between."""
    about = find(request, pk)
    if about is None:
        return gone(request)
    return show(
        request,
        about,
        status=409,
        problem=in_words(problem),
        note=form.typed_note,
        since=form.cleaned_data["version"],
    )


def show(
    request: HttpRequest,
    about: ConsultationRequest,
    *,
    status: int = 200,
    form: WorkForm | None = None,
    problem: str = "",
    note: str = "",
    since: int | None = None,
) -> HttpResponse:
    changes = list(about.status_changes.select_related("by"))
    alike = same_person.likely(about) if about.is_open else []
    seen = [about.pk, *(each.other.pk for each in alike)]
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=seen)
    context = {
        "form": form,
        "problem": problem,
        "note": form.typed_note if form else note,
        "in_between": _in_between(changes, since),
        "lines": timeline.lines(about, changes),
        "alike": alike,
        "tried_by": _tried_by(changes),
    }
    return render(request, "desk/request.html", context | _about(about, who(request)), status=status)


def _about(about: ConsultationRequest, reader: StaffMember) -> dict[str, Any]:
    card, booked = Card(about), visit_of(about)
    return {
        "about": about,
        "card": card,
        "zone_words": zone_words(about),
        "script": script_for(about, by=reader),
        "shared": _shared(about),
        "visit": VisitWords(booked) if booked else None,
        "steps": Steps(about),
        "is_mine": about.owner == reader,
        "results": AttemptResult.choices,
        "waits": WAITS,
        "reasons": [(code, words) for code, words in ClosingReason.choices if code],
        "many_tries": about.attempts >= MANY_TRIES and not talked_last(about),
        "goes_on": about.goes_on if about.merged_into else None,
        "merged_here": list(about.merged.order_by("pk")),
    }


def zone_words(about: ConsultationRequest) -> str:
    """Central Time; in it, all times of this request are told."""
    return zone_in_words(timezone.now().astimezone(ZoneInfo(zone_of(about))))


def _in_between(changes: Sequence[StatusChange], since: int | None) -> list[str]:
    return [timeline.words_of(change) for change in changes if since is not None and change.version > since]


def _shared(about: ConsultationRequest) -> dict[str, Any] | None:
    shared = about.shared
    return shared | {"english": staff_words.of(shared["english"])} if shared else None


def _tried_by(changes: Sequence[StatusChange]) -> StaffMember | None:
    """Who tried last, when nobody has taken it: the first to ask."""
    tries = [change for change in changes if change.kind == HistoryKind.ATTEMPT and change.by]
    return max(tries, key=lambda change: change.version).by if tries else None

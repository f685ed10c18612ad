"""Everything that happened with a request, in words and in order: its history, and the mails that went out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking.choices import AttemptResult, CameBy, ClosingReason, HistoryKind, WaitsFor
from booking.models import ConsultationRequest, StatusChange
from booking.statuses import Status
from clinic.encryption import Unreadable
from clinic.facts import clock
from clinic.outbox import Message

STAFF_MAIL = "staff"


@dataclass(frozen=True)
class Line:
    """`kind` is a HistoryKind, asked, or mail; `note` holds the words that somebody wrote."""

    at: datetime
    kind: str
    words: str
    note: str = ""
    fault: bool = False


def lines(about: ConsultationRequest, changes: list[StatusChange]) -> list[Line]:
    """Oldest first. The history is given, since whoever shows it has read it already."""
    found = [Line(change.at, change.kind, words_of(change), change.note) for change in changes]
    found += [_mail(mail) for mail in _mails(about)]
    if not any(change.kind == HistoryKind.ADDED for change in changes):
        found.append(Line(about.created, "asked", _("The patient asked.")))
    return sorted(found, key=lambda line: line.at)


def _mails(about: ConsultationRequest) -> list[Message]:
    mails = Message.objects.filter(about=about.mail_about).exclude(kind=STAFF_MAIL)
    mails = mails.defer("to", "text", "html", "calendar")
    try:
        return list(mails)
    except Unreadable:
        # One that our keys do not open may not hide the others; each is asked for its subject alone.
        return list(mails.defer("subject"))


def words_of(change: StatusChange) -> str:
    """One sentence: who did what."""
    who = change.by.short_name if change.by else ""
    return _WORDS[HistoryKind(change.kind)](change, who)


def _mail(mail: Message) -> Line:
    try:
        subject = {"subject": mail.subject}
    except Unreadable:
        subject = {"subject": _("cannot be read")}
    if mail.state == Message.State.SENT:
        return Line(mail.created, "mail", _("Mail sent: “%(subject)s”") % subject)
    if mail.state == Message.State.DEAD:
        words = _("Mail could not be sent: “%(subject)s”. Tell them by phone.") % subject
        return Line(mail.created, "mail", words, fault=True)
    if mail.due > mail.created:
        words = _("Mail planned for %(day)s: “%(subject)s”")
        return Line(mail.created, "mail", words % (subject | {"day": date_format(mail.due, "M j")}))
    return Line(mail.created, "mail", _("Mail on its way: “%(subject)s”") % subject)


def _moved(change: StatusChange, who: str) -> str:
    if not change.is_move:
        if not who:
            return _("The patient changed how to reach them.")
        return _("%(who)s lets it wait on: %(what)s.") % {"who": who, "what": _waits(change.detail)}
    if not who:
        return _("The patient cancelled it.")
    words = {
        "who": who,
        "before": change.get_from_status_display(),
        "after": change.get_to_status_display(),
        "why": _why(change),
    }
    if words["why"]:
        return _("%(who)s moved it from %(before)s to %(after)s (%(why)s).") % words
    return _("%(who)s moved it from %(before)s to %(after)s.") % words


def _why(change: StatusChange) -> str:
    if change.to_status == Status.CLOSED and change.detail in ClosingReason.values:
        return str(ClosingReason(change.detail).label) if change.detail else ""
    return _waits(change.detail) if change.to_status == Status.WAITING and change.detail else ""


def _waits(code: str) -> str:
    return str(WaitsFor(code).label) if code in WaitsFor.values else code


def _attempt(change: StatusChange, who: str) -> str:
    result = AttemptResult(change.detail).label if change.detail in AttemptResult.values else change.detail
    return _("%(who)s tried to reach them: %(result)s.") % {"who": who, "result": str(result).lower()}


def _claimed(change: StatusChange, who: str) -> str:
    return _("%(who)s took it.") % {"who": who}


def _taken_over(change: StatusChange, who: str) -> str:
    return _("%(who)s took it over from %(before)s.") % {"who": who, "before": change.detail}


def _released(change: StatusChange, who: str) -> str:
    if change.detail:
        return _("%(who)s gave it back for %(before)s.") % {"who": who, "before": change.detail}
    return _("%(who)s gave it back to everybody.") % {"who": who}


def _replied(change: StatusChange, who: str) -> str:
    return _("%(who)s noted: they got in touch, or what we waited for has come.") % {"who": who}


def _note(change: StatusChange, who: str) -> str:
    return _("%(who)s wrote a note.") % {"who": who}


def _message(change: StatusChange, who: str) -> str:
    if change.detail.startswith("told"):
        return _("%(who)s told them:") % {"who": who}
    return _("%(who)s wrote to them:") % {"who": who}


def _contact(change: StatusChange, who: str) -> str:
    if change.is_move:
        return _("The patient answered on their own page.")
    return _("The patient changed how to reach them.")


def _time(change: StatusChange, who: str) -> str:
    words = {"who": who or _("The patient"), "time": moment_of(change.detail)}
    if change.kind == HistoryKind.TIME_RECORDED:
        return _("%(who)s recorded the time: %(time)s.") % words
    if change.kind == HistoryKind.TIME_MOVED:
        return _("%(who)s moved the time to %(time)s.") % words
    if change.to_status == Status.CLOSED:
        return _("%(who)s closed it; the time of %(time)s is cancelled.") % words
    return _("%(who)s cancelled the time of %(time)s.") % words


def moment_of(detail: str) -> str:
    """2026-11-24T10:00-06:00|Dr. Model → Tue, Nov 24, 10 am, Dr. Model; what cannot be read stays as it is."""
    moment, _bar, clinician = detail.partition("|")
    try:
        local = datetime.fromisoformat(moment)
    except ValueError:
        return detail
    said = f"{date_format(local, 'D, M j')}, {clock(local.time())}"
    return f"{said}, {clinician}" if clinician else said


def _merged(change: StatusChange, who: str) -> str:
    words = {"who": who, "other": change.detail}
    if change.to_status == Status.CLOSED:
        return _("%(who)s merged it into %(other)s, which goes on.") % words
    return _("%(who)s merged %(other)s into this one.") % words


def _came_back(change: StatusChange, who: str) -> str:
    _code, _bar, owner = change.detail.partition("|")
    if owner:
        return _("It came back to everybody: %(owner)s is away.") % {"owner": owner}
    return _("It came back to everybody: it has waited long enough.")


def _next_try(change: StatusChange, who: str) -> str:
    return _("%(who)s planned the next try: %(time)s.") % {"who": who, "time": moment_of(change.detail)}


def _added(change: StatusChange, who: str) -> str:
    way = CameBy(change.detail).label if change.detail in CameBy.values else change.detail
    return _("%(who)s added it by hand (%(way)s).") % {"who": who, "way": str(way).lower()}


_WORDS: Mapping[HistoryKind, Callable[[StatusChange, str], str]] = {
    HistoryKind.MOVED: _moved,
    HistoryKind.CLAIMED: _claimed,
    HistoryKind.TAKEN_OVER: _taken_over,
    HistoryKind.RELEASED: _released,
    HistoryKind.ATTEMPT: _attempt,
    HistoryKind.REPLIED: _replied,
    HistoryKind.NOTE: _note,
    HistoryKind.MESSAGE: _message,
    HistoryKind.CONTACT: _contact,
    HistoryKind.TIME_RECORDED: _time,
    HistoryKind.TIME_MOVED: _time,
    HistoryKind.TIME_CANCELLED: _time,
    HistoryKind.MERGED: _merged,
    HistoryKind.CAME_BACK: _came_back,
    HistoryKind.NEXT_TRY: _next_try,
    HistoryKind.ADDED: _added,
}

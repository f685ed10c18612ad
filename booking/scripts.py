"""What to say on the phone for one request: which lines of words/scripts.yaml, in which order, for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from booking import merge_fields
from booking.choices import ForWhom, Mark, Need, SpokenLanguage, WaitsFor, YesNo
from booking.due_times import visit_of
from booking.messages import language_of
from booking.models import ConsultationRequest
from booking.promise import moment_in_words
from booking.reply_words import addressed, values_for
from booking.statuses import Status
from screener import words as screener_words
from screener.rules import Outcome

if TYPE_CHECKING:
    from clinic.staff import StaffMember

FILE = Path(__file__).parent / "words" / "scripts.yaml"
BY_HELPER = "_by_helper"
BY_OUTCOME = {
    Outcome.OPTION: ("check_option", "bring"),
    Outcome.REVIEW: ("check_option", "bring"),
    Outcome.ASSESS: ("check_assess", "bring"),
    Outcome.NOT_NOW: ("check_other",),
    Outcome.NOT_FIT: ("check_other",),
}


@dataclass(frozen=True)
class Part:
    """`notes` are for the staff, in the language of the desk; `lines` are said, in the script's language."""

    title: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    after_signs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Script:
    lang: str
    parts: tuple[Part, ...]


@lru_cache(maxsize=1)
def table() -> Mapping[str, Mapping[str, str]]:
    """Every line by its code and language."""
    read: Mapping[str, Mapping[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def script_for(about: ConsultationRequest, *, by: "StaffMember", lang: str = "") -> Script:
    """In the language they speak, unless another one of ours is asked for."""
    spoken = lang if lang in dict(settings.LANGUAGES) else language_of(about)
    values = {
        **values_for(about, by=by, lang=spoken),
        "person": addressed(about),
        "patient": about.name,
        "helper": about.helper_name,
        **_visit(about, spoken),
    }
    return Script(spoken, tuple(_parts(about, _Said(spoken, values, to_helper=_speaks_helper(about)))))


def _speaks_helper(about: ConsultationRequest) -> bool:
    """Whoever asked for the patient is on the line, and we may talk with them."""
    named = about.for_whom == ForWhom.OTHER and about.helper_name
    return bool(named) and about.may_talk_with == YesNo.YES


@dataclass(frozen=True)
class _Said:
    """The lines of one language, filled in for one request."""

    lang: str
    values: Mapping[str, str]
    to_helper: bool

    def __call__(self, code: str) -> str:
        lines = table()
        if self.to_helper:
            code = code + BY_HELPER if code + BY_HELPER in lines else code
        return merge_fields.fill(lines[code][self.lang], self.values)


def _parts(about: ConsultationRequest, said: _Said) -> Iterator[Part]:
    yield Part(_("Say hello"), (said("hello"),), tuple(_before(about)))
    yield Part(
        _("They are not there, or somebody else answers"),
        (said("not_there"),),
        (_("Say no more than this."),),
    )
    yield _voicemail(about, said)
    yield _who(about, said)
    if about.mark == Mark.CALL_TODAY and about.is_open:
        yield _signs(said, ForWhom.OTHER if said.to_helper else ForWhom.SELF)
    yield Part(_("Why you call"), (said(_reason(about)),))
    yield from _check(about, said)
    if needs := [need for need in about.needs if need in table()]:
        yield Part(_("What would help them"), tuple(said(_need(about, need)) for need in needs))
    yield Part(_("Before you hang up"), (said("close"),), (_("Then write down how it went."),))


def _before(about: ConsultationRequest) -> Iterator[str]:
    if about.language == SpokenLanguage.OTHER:
        yield _("They speak another language. Call with an interpreter on the line.")
    if not about.phone:
        yield _("They gave no phone number. Write to them.")
    yield _("Say why you call only when you know who it is.")


def _voicemail(about: ConsultationRequest, said: _Said) -> Part:
    title = _("Voicemail")
    if about.voicemail_ok == YesNo.YES:
        return Part(title, (said("voicemail"),), (_("Say no more than this. Anybody may hear it."),))
    return Part(title, (), (_("Leave no message. They did not say that we may."),))


def _who(about: ConsultationRequest, said: _Said) -> Part:
    title = _("Make sure who it is")
    asked = said("birth_date" if about.birth_date_text else "full_name")
    if about.for_whom != ForWhom.OTHER or not about.helper_name:
        return Part(title, (asked,))
    if about.may_talk_with == YesNo.YES:
        note = _("We may talk with the helper about the patient.")
        return Part(title, (said("helper_allowed"),), (note,))
    note = _("We may not talk with the helper about the patient yet. Ask the patient.")
    return Part(title, (said("helper_not_allowed"), asked, said("ask_patient")), (note,))


def _signs(said: _Said, about_whom: ForWhom) -> Part:
    """The emergency signs in the words of the symptom check, so that they stand in one place."""
    options = screener_words.of(said.lang).questions["emerg"].options
    signs = [options[code].text.to(about_whom.value) for code in options if code.startswith("e_")]
    after = ((_("Yes to any, or not sure"), said("signs_yes")), (_("No to all"), said("signs_no")))
    note = _("Read each sign. Then tell a clinician today.")
    return Part(_("Emergency signs first"), (said("call_today"),), (note,), tuple(signs), after)


def _need(about: ConsultationRequest, need: str) -> str:
    """Nobody is asked for a language that they have told us."""
    spanish = need == Need.INTERPRETER and about.language == SpokenLanguage.SPANISH
    return "interpreter_spanish" if spanish else need


def _reason(about: ConsultationRequest) -> str:
    status = Status(about.status)
    if status == Status.WAITING and about.waits_for != WaitsFor.NOTHING:
        return f"waiting_{about.waits_for}"
    if status == Status.TIME_SET:
        return "time_set" if visit_of(about) else "time_not_recorded"
    if status == Status.NEW and about.mark == Mark.SOON:
        return "soon"
    return str(status.value)


def _check(about: ConsultationRequest, said: _Said) -> Iterator[Part]:
    if about.status not in (Status.NEW, Status.TRIED, Status.WAITING):
        return
    shared = about.shared
    codes = BY_OUTCOME.get(shared.get("outcome", ""), ()) if shared else ("check_none",)
    if codes:
        yield Part(_("About the symptom check"), tuple(said(code) for code in codes))


def _visit(about: ConsultationRequest, lang: str) -> Mapping[str, str]:
    booked = visit_of(about) if about.status == Status.TIME_SET else None
    if booked is None:
        return {}
    with override(lang):
        return {
            "time": moment_in_words(booked.starts, booked.location.timezone),
            "place": booked.location.name,
        }

"""A request as plain text for the clinic's chart: one line a fact, copied in one go, printed on one sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import staff_words
from booking.choices import Day, DayPart, Need, PhoneIs, words
from booking.desk_pages import zone_of
from booking.due_times import visit_of
from booking.models import ConsultationRequest
from booking.promise import moment_in_words
from clinic.facts import phone_in_words

# As staff say it; the form asks the helper.
WHOSE = {
    PhoneIs.MINE: gettext_lazy("the helper's"),
    PhoneIs.PATIENTS: gettext_lazy("the patient's"),
    PhoneIs.OTHER: gettext_lazy("somebody else's"),
}


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[tuple[str, str], ...]


def sections(about: ConsultationRequest) -> list[Section]:
    """What they told us; lines without a value are left out. Answers of the symptom check are not among them."""
    found = [
        Section(_("Patient"), tuple(_patient(about))),
        Section(_("How to reach them"), tuple(_reach(about))),
        Section(_("What they ask for"), tuple(_wishes(about))),
        Section(_("Where it stands"), tuple(_standing(about))),
    ]
    return [
        Section(each.title, tuple((label, value) for label, value in each.lines if value)) for each in found
    ]


def of(about: ConsultationRequest) -> str:
    """The sections as text, with the answers at the end where the patient sent them along."""
    parts = [
        "\n".join([each.title.upper(), *(f"{label}: {_one_line(value)}" for label, value in each.lines)])
        for each in sections(about)
    ]
    if answers := list(_answers(about)):
        title = _("Answers of the symptom check, sent along by the patient; not a diagnosis")
        parts.append("\n".join([title.upper(), *answers]))
    return "\n\n".join(parts) + "\n"


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _patient(about: ConsultationRequest) -> Iterator[tuple[str, str]]:
    yield _("Name"), about.name
    yield _("Date of birth"), formats.date_format(about.birth_date, "M j, Y") if about.birth_date else ""
    yield _("New or current"), about.get_patient_kind_display() if about.patient_kind else ""
    yield _("Asked by"), about.helper_name
    yield _("Related as"), about.relationship
    yield _("May talk with the helper"), about.get_may_talk_with_display() if about.may_talk_with else ""
    yield _("Language"), about.get_language_display() if about.language else ""
    yield _("Needs"), words(Need, about.needs)


def _reach(about: ConsultationRequest) -> Iterator[tuple[str, str]]:
    word = _("extension")
    extension = f", {word} {about.phone_extension}" if about.phone_extension else ""
    yield _("Phone"), phone_in_words(about.phone) + extension if about.phone else ""
    yield _("The number is"), str(WHOSE[PhoneIs(about.phone_is)]) if about.phone_is else ""
    yield _("E-mail"), about.email
    yield _("Reach by"), about.get_contact_by_display() if about.contact_by else ""
    yield _("Good time"), about.get_best_time_display() if about.best_time else ""
    yield (
        _("May leave a message"),
        about.get_voicemail_ok_display() if about.voicemail_ok else _("not said: do not"),
    )


def _wishes(about: ConsultationRequest) -> Iterator[tuple[str, str]]:
    yield _("Office"), about.location.name if about.location else _("any office")
    yield _("Days"), words(Day, about.days)
    yield _("Part of the day"), words(DayPart, about.day_parts)
    yield _("Insurance"), about.get_insurance_display() if about.insurance else ""
    yield _("Referred by"), about.referrer


def _standing(about: ConsultationRequest) -> Iterator[tuple[str, str]]:
    yield _("Reference"), about.reference
    yield _("Asked on"), moment_in_words(about.created, zone_of(about))
    yield _("Came by"), about.get_came_by_display()
    yield _("Status"), about.get_status_display()
    yield _("Mark"), about.get_mark_display() if about.mark else ""
    booked = visit_of(about)
    if booked is not None:
        when = moment_in_words(booked.starts, booked.location.timezone)
        yield _("Time"), f"{when}, {booked.location.name}, {booked.clinician.name}"
    yield _("Written on"), moment_in_words(timezone.now(), zone_of(about))


def _answers(about: ConsultationRequest) -> Iterator[str]:
    shared = about.shared
    if not shared:
        return
    text = staff_words.of(shared["english"])
    words = {"result": text["heading"], "version": shared["rules_version"]}
    yield _("Result: %(result)s (rules %(version)s)") % words
    for line in text["lines"]:
        yield f"{_one_line(line['question'])}: {'; '.join(line['answers'])}"
    for group in text.get("groups", ()):
        yield f"{group['words']}:"
        yield from (f"- {_one_line(point)}" for point in group["points"])
    if not text.get("groups"):
        yield from (f"- {_one_line(reason)}" for reason in text["reasons"])

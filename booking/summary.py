"""A request in the patient's words, for the review page: sections of lines, each with what was chosen."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _

from booking.choices import (
    BestTime,
    ContactBy,
    Day,
    DayPart,
    ForWhom,
    Insurance,
    Mark,
    Need,
    PatientKind,
    PhoneIs,
    SpokenLanguage,
    YesNo,
    words,
)
from booking.wish import Wish
from clinic import snapshot
from clinic.facts import phone_in_words


@dataclass(frozen=True)
class Section:
    """`anchor` is the part of the form that Change leads to. What was left out is shown too, and can be chosen."""

    anchor: str
    title: str
    lines: tuple[tuple[str, str], ...]


def sections(wish: Wish) -> list[Section]:
    return [
        Section("who", _("Who"), _who(wish)),
        Section("reach", _("How to reach you"), _reach(wish)),
        Section("when", _("When and where"), _when(wish)),
        Section("insurance", _("Insurance and referral"), _insurance(wish)),
        Section("language", _("Language and needs"), _language(wish)),
        Section("sharing", _("What you send along"), _sharing(wish)),
    ]


def _chosen(*lines: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in lines if value)


def _label(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code else ""


def _who(wish: Wish) -> tuple[tuple[str, str], ...]:
    born = formats.date_format(wish.birth_date, "DATE_FORMAT") if wish.birth_date else ""
    return _chosen(
        (_("New or current"), _label(PatientKind, wish.patient_kind)),
        (_("This request is"), _label(ForWhom, wish.for_whom)),
        (_("Patient"), wish.name),
        (_("Asked by"), wish.helper_name),
        (_("Related as"), wish.relationship),
        (_("We may talk with you"), _label(YesNo, wish.may_talk_with)),
        (_("Date of birth"), born),
    )


def _reach(wish: Wish) -> tuple[tuple[str, str], ...]:
    phone = phone_in_words(wish.phone) if wish.phone else ""
    if wish.phone_extension:
        phone = _("%(phone)s, extension %(extension)s") % {
            "phone": phone,
            "extension": wish.phone_extension,
        }
    return _chosen(
        (_("Phone"), phone),
        (_("This number is"), _label(PhoneIs, wish.phone_is)),
        (_("E-mail"), wish.email),
        (_("Reach you by"), _label(ContactBy, wish.contact_by)),
        (_("Good time"), _label(BestTime, wish.best_time)),
        (_("We may leave a message"), _label(YesNo, wish.voicemail_ok)),
    )


def _when(wish: Wish) -> tuple[tuple[str, str], ...]:
    offices = [each.name for each in snapshot.current().locations if each.slug == wish.location]
    return _chosen(
        (_("Office"), "".join(offices)),
        (_("Days"), words(Day, wish.days)),
        (_("Part of the day"), words(DayPart, wish.day_parts)),
    )


def _insurance(wish: Wish) -> tuple[tuple[str, str], ...]:
    return _chosen(
        (_("Insurance"), _label(Insurance, wish.insurance)),
        (_("Doctor who sent you"), wish.referrer),
    )


def _language(wish: Wish) -> tuple[tuple[str, str], ...]:
    return _chosen(
        (_("Language"), _label(SpokenLanguage, wish.language)),
        (_("What would help"), words(Need, wish.needs)),
    )


def _sharing(wish: Wish) -> tuple[tuple[str, str], ...]:
    return _chosen(
        (_("Mark on your request"), _label(Mark, wish.mark)),
        (
            _("Answers of the symptom check"),
            _("Sent along, as shown below") if wish.shared else _("Not sent"),
        ),
    )

"""Requests that may come from the same person: the same phone or e-mail, or the same name with a birth date or days
in common. A hint for staff; families share phones."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from booking.choices import PhoneIs
from booking.models import ConsultationRequest

MOST_LOOKED_AT = 60
MOST_SHOWN = 10


@dataclass(frozen=True)
class Likeness:
    """Another request, and what both have in common, in words."""

    other: ConsultationRequest
    why: str
    names_differ: bool = False


def likely(about: ConsultationRequest) -> list[Likeness]:
    """Open ones first, then the newest. What was merged already is left out; it shows on the one that goes on."""
    near = ConsultationRequest.objects.of_the_same_person(about).filter(merged_into=None)
    near = near.select_related("location", "owner").defer("shared_answers", "needs_text")
    found = [
        Likeness(each, why, names_differ(about, each))
        for each in near[:MOST_LOOKED_AT]
        if (why := _in_common(about, each))
    ]
    return found[:MOST_SHOWN]


def names_differ(about: ConsultationRequest, other: ConsultationRequest) -> bool:
    return " ".join(about.name.casefold().split()) != " ".join(other.name.casefold().split())


def births_differ(about: ConsultationRequest, other: ConsultationRequest) -> bool:
    return bool(about.birth_hash and other.birth_hash) and about.birth_hash != other.birth_hash


def _in_common(about: ConsultationRequest, other: ConsultationRequest) -> str:
    same_name = about.name.casefold() == other.name.casefold()
    same_birth = bool(about.birth_hash) and about.birth_hash == other.birth_hash
    days_meet = bool({*about.days} & {*other.days})
    # Two birth dates that differ are two people, whatever else they share.
    if births_differ(about, other) and same_name:
        days_meet = False
    reasons = [
        (_same_phone(about, other), bool(about.phone) and about.phone == other.phone),
        (_("same e-mail"), bool(about.email) and about.email == other.email),
        (_("same name and birth date"), same_name and same_birth),
        (_("same name, days in common"), same_name and not same_birth and days_meet),
    ]
    return ", ".join(str(words) for words, holds in reasons if holds)


def _same_phone(about: ConsultationRequest, other: ConsultationRequest) -> str:
    """One daughter may ask for both of her parents."""
    whose = {each.phone_is for each in (about, other) if each.helper_name}
    if PhoneIs.MINE in whose:
        return _("same phone of the helper")
    return _("same phone of somebody else") if PhoneIs.OTHER in whose else _("same phone")

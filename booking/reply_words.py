"""What staff write to people: merge fields filled in for one request, and what no mail may say."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from booking import merge_fields
from booking.choices import ForWhom
from booking.health_words import health_words
from booking.models import ConsultationRequest
from booking.replies import CannedReply
from clinic import snapshot, text_rules

if TYPE_CHECKING:
    from clinic.staff import StaffMember


def addressed(about: ConsultationRequest) -> str:
    """Whoever asked: the helper where one wrote for somebody else."""
    return about.helper_name if about.for_whom == ForWhom.OTHER and about.helper_name else about.name


def values_for(about: ConsultationRequest, *, by: "StaffMember", lang: str) -> Mapping[str, str]:
    now = snapshot.current()
    slug = about.location.slug if about.location else ""
    office = next((each for each in now.locations if each.slug == slug), now.practice.main_location)
    with override(lang):
        values = {
            "name": addressed(about),
            "reference": about.reference,
            "clinic": now.practice.name,
            "phone": office.phone_display if office else now.practice.phone_display,
            "office": office.name if office else now.practice.name,
            "hours": office.hours_text if office else now.practice.hours_text,
            "staff": by.short_name,
        }
    return {field: " ".join(value.split()) for field, value in values.items()}


def filled(reply: CannedReply, values: Mapping[str, str], *, lang: str) -> tuple[str, str]:
    """Subject and text of a canned reply for one person, in one of our two languages."""
    subject, text = (reply.subject_es, reply.text_es) if lang == "es" else (reply.subject_en, reply.text_en)
    return merge_fields.fill(subject, values), merge_fields.fill(text, values)


def faults_of_reply(text: str, *, lang: str) -> Iterator[str]:
    """What a canned reply may not hold: unknown fields, words of health, and what no text of ours may say."""
    for field in merge_fields.unknown(text):
        yield _("There is no field %(field)s. Use one of: %(fields)s.") % {
            "field": field,
            "fields": ", ".join(f"{{{each}}}" for each in merge_fields.FIELDS),
        }
    words = merge_fields.without(text)
    yield from _told_health(words)
    yield from text_rules.faults_of(words, lang)


def faults_of_mail(text: str, values: Mapping[str, str]) -> Iterator[str]:
    """What a mail to one person may not hold. What we and they are called is left out: names are nobody's choice."""
    for field in merge_fields.left(text):
        yield _("Fill in or take out %(field)s before you send this.") % {"field": field}
    for value in sorted(values.values(), key=len, reverse=True):
        text = text.replace(value, " ") if value else text
    yield from _told_health(text)


def _told_health(text: str) -> Iterator[str]:
    if found := health_words(text):
        yield _("A mail may be read by anybody. Say it without: %(words)s.") % {"words": ", ".join(found)}

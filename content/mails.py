"""What editors and reviewers are told by mail: which document waits for whom, and where. Never its words."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import outbox
from clinic.staff import StaffMember
from content.models import Page


def waits_for_review(row: Page, *, to: Iterable[StaffMember], by: StaffMember, note: str) -> None:
    words = _("%(name)s asks you to read “%(page)s” and publish it, or give it back.")
    _tell(row, to, _("A page waits for your review"), words % _names(row, by), note)


def given_back(row: Page, *, to: Iterable[StaffMember], by: StaffMember, note: str) -> None:
    words = _("%(name)s has read “%(page)s” and gives it back to you.")
    _tell(row, to, _("Your page came back from review"), words % _names(row, by), note)


def published(row: Page, *, to: Iterable[StaffMember], by: StaffMember, when: str) -> None:
    words = _("%(name)s has published “%(page)s”.") if not when else _("%(name)s has scheduled “%(page)s”.")
    _tell(row, to, _("Your page was published"), words % _names(row, by), when)


def _names(row: Page, by: StaffMember) -> dict[str, str]:
    return {"name": by.short_name, "page": str(row)}


def _tell(row: Page, to: Iterable[StaffMember], subject: str, words: str, more: str) -> None:
    place = settings.SITE_URL + reverse("admin:content_page_change", args=[row.pk])
    text = "\n\n".join(part for part in (words, more, place) if part) + "\n"
    for person in to:
        if person.email:
            outbox.queue(
                kind="page", about=f"page {row.pk}", to=person.email, subject=str(subject), text=text
            )

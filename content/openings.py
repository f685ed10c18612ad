"""Who has a document open to edit it: a word of warning to the next one, never a lock."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.staff import StaffMember

log = logging.getLogger(__name__)
REMEMBERED = timedelta(minutes=30)
# Who reloads a page writes nothing within this time.
NOTED_AGAIN_AFTER = timedelta(minutes=1)


class Opening(models.Model):
    """The last time somebody opened a document to edit it; one row a person and document."""

    page = models.ForeignKey("content.Page", on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("page", "by"), name="opening_once_a_person"),)

    def __str__(self) -> str:
        return f"{self.page}: {self.by}"


def opened_by_others(page_id: int, person: StaffMember, *, note: bool) -> list[str]:
    """A sentence for each of the others, the latest first; one query, and one more that notes this opening."""
    now = timezone.now()
    recent = Opening.objects.filter(page_id=page_id, at__gt=now - REMEMBERED).select_related("by")
    found = list(recent.order_by("-at"))
    if note and not any(each.by_id == person.pk and each.at > now - NOTED_AGAIN_AFTER for each in found):
        _note(page_id, person)
    return [
        _said(each, int((now - each.at).total_seconds() // 60)) for each in found if each.by_id != person.pk
    ]


def _said(opening: Opening, minutes: int) -> str:
    name = opening.by.short_name
    if minutes < 1:
        return _("%(name)s opened this just now.") % {"name": name}
    words = ngettext(
        "%(name)s opened this %(minutes)s minute ago.",
        "%(name)s opened this %(minutes)s minutes ago.",
        minutes,
    )
    return words % {"name": name, "minutes": minutes}


def _note(page_id: int, person: StaffMember) -> None:
    """Nobody is kept from reading by a database that takes no writes just now."""
    try:
        with transaction.atomic():
            Opening.objects.bulk_create(
                [Opening(page_id=page_id, by=person)],
                update_conflicts=True,
                unique_fields=["page", "by"],
                update_fields=["at"],
            )
    except DatabaseError:
        log.warning("an opening was not noted: the database takes no writes")

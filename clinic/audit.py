"""Who saw or changed what, and when: ids only, never a value; rows are added and never altered."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from clinic.staff import StaffMember


class AuditEntry(models.Model):
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    subject_ids = models.JSONField(default=list)

    class Meta:
        app_label = "clinic"
        verbose_name = "audit entry"
        verbose_name_plural = "audit log"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An audit entry is never altered.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An audit entry is never deleted.")


def record(*, by: "StaffMember | None", action: str, subject: str, subject_ids: Iterable[int]) -> None:
    """Adds one row: `action` is a word (viewed, listed, added, changed, exported), `subject` the kind of record."""
    AuditEntry.objects.create(by=by, action=action, subject=subject, subject_ids=list(subject_ids))

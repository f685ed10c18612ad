"""The history of a request: one line for every change of it, never altered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from booking.choices import HistoryKind
from booking.statuses import Status
from clinic.encryption import EncryptedTextField


class AppendOnly(models.QuerySet["StatusChange"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("The history of a request is never altered.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The history of a request is never deleted.")


class StatusChange(models.Model):
    """One change of a request; `version` is the request's version that it made.

    Nobody in `by` means the patient, or the clock where it came back. Where both statuses are the same,
    `kind` says what else was done. `detail` is a code or a moment, never words about health.
    """

    request = models.ForeignKey(
        "booking.ConsultationRequest", on_delete=models.PROTECT, related_name="status_changes"
    )
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=HistoryKind, default=HistoryKind.MOVED)
    detail = models.CharField(max_length=120, blank=True)
    from_status = models.CharField(max_length=12, choices=Status)
    to_status = models.CharField(max_length=12, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = EncryptedTextField(blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("request", "version"), name="status_change_once_a_version"),
            models.CheckConstraint(
                condition=Q(from_status__in=Status.values, to_status__in=Status.values),
                name="status_change_known",
            ),
            models.CheckConstraint(condition=Q(kind__in=HistoryKind.values), name="status_change_kind_known"),
        )
        indexes = (
            models.Index(
                fields=("at",),
                condition=Q(to_status__in=(Status.ATTENDED, Status.MISSED)),
                name="history_of_visits",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"

    # Not a hidden side effect: it only refuses what append-only forbids.
    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The history of a request is never altered.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The history of a request is never deleted.")

    @property
    def is_move(self) -> bool:
        return self.from_status != self.to_status

"""Times of visits as the clinic's schedule holds them: recorded here so that nobody is forgotten or told wrongly."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.practice import Location


class Clinician(models.Model):
    """Somebody whom patients come to see."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    active = models.BooleanField(
        _("sees patients"),
        default=True,
        help_text=_("Untick when somebody leaves; past visits keep the name."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("clinician")
        verbose_name_plural = _("clinicians")

    def __str__(self) -> str:
        return self.name


class BookedTime(models.Model):
    """The one time of a request. `sequence` rises with every change, as its calendar file wants."""

    request = models.OneToOneField(
        "booking.ConsultationRequest", on_delete=models.PROTECT, related_name="booked_time"
    )
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    # Two visits at one time are a mistake unless somebody said that they are meant.
    meant_double = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    sequence = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("booked time")
        verbose_name_plural = _("booked times")
        constraints = (
            models.UniqueConstraint(
                fields=("clinician", "starts"),
                condition=Q(active=True, meant_double=False),
                name="booked_time_once_a_clinician",
            ),
        )
        indexes = (models.Index(fields=("starts",), condition=Q(active=True), name="booked_time_starts"),)

    def __str__(self) -> str:
        return f"{self.clinician}, {self.starts:%Y-%m-%d %H:%M}"

"""Who signed which text, when and for how long. A page is reviewed when the newest signature fits its present text."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit

if TYPE_CHECKING:
    from clinic.staff import StaffMember

SIGN = "clinic.sign_texts"


class Signature(models.Model):
    """`digest` is the hash of exactly the text that was read; any later change makes the signature old."""

    class Subject(models.TextChoices):
        PAGE = "page", _("page")
        RULES = "rules", _("rules of the check")
        WORDS = "words", _("words of the check")

    subject = models.CharField(max_length=10, choices=Subject)
    key = models.CharField(max_length=60)
    lang = models.CharField(max_length=2, blank=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(_("signed by"), max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    good_until = models.DateField()

    class Meta:
        app_label = "clinic"
        ordering = ("-signed_on", "-pk")
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        permissions = (("sign_texts", "Can sign pages and rules as a clinician"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(subject__in=["page", "rules", "words"]),
                name="signature_has_a_known_subject",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.key} {self.lang}, {self.signed_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A signature is never altered; sign again.")
        super().save(*args, **kwargs)


@transaction.atomic
def sign(*, by: "StaffMember", subject: str, key: str, lang: str, digest: str, good_until: date) -> Signature:
    """Signs one text as it stands. Raises PermissionError for staff who may not, ValueError for a day gone by."""
    if not by.has_perm(SIGN):
        raise PermissionError("Only a clinical reviewer signs.")
    today = timezone.localdate()
    if good_until <= today:
        raise ValueError("The next review must lie ahead.")
    signature = Signature.objects.create(
        subject=subject,
        key=key,
        lang=lang,
        digest=digest,
        name=by.signature_name,
        by=by,
        signed_on=today,
        good_until=good_until,
    )
    audit.record(by=by, action="signed", subject=subject, subject_ids=[signature.pk])
    return signature

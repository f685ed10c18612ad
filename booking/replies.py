"""Canned replies: what the desk often writes, in both languages, edited in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CannedReply(models.Model):
    """Plain words with merge fields such as {name} and {reference}."""

    title = models.CharField(_("title, as staff see it"), max_length=80, unique=True)
    subject_en = models.CharField(_("subject, English"), max_length=120)
    text_en = models.TextField(_("text, English"), max_length=4000)
    subject_es = models.CharField(_("subject, Spanish"), max_length=120)
    text_es = models.TextField(_("text, Spanish"), max_length=4000)
    active = models.BooleanField(_("offered at the desk"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("order", "title")
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")

    def __str__(self) -> str:
        return self.title

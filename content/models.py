"""One row a page, so that the admin can list pages; the words stay in the files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Page(models.Model):
    """A page by its identity: id and language, never its file name or path."""

    page_id = models.CharField(_("id"), max_length=60)
    lang = models.CharField(_("language"), max_length=2)

    class Meta:
        ordering = ("page_id", "lang")
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = (models.UniqueConstraint(fields=("page_id", "lang"), name="page_once_a_language"),)

    def __str__(self) -> str:
        return f"{self.page_id} ({self.lang})"

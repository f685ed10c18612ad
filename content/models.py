"""What editors write: a row a document, its texts that only grow, each step on their way, and notes to each other."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.openings import Opening as Opening


class OnlyGrows(models.Model):
    """A table whose rows are never altered or deleted; PostgreSQL refuses it too (migration 0005)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("This row is never altered; add another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("This row is never deleted.")


class Page(models.Model):
    """A document by its identity, never its file name or path. A source is one too: its key, and no language.

    `version` rises with every write. `live` is what was published last, `scheduled` what will be from
    `scheduled_for` on; what a reader gets is decided by content.resolve when it is read.
    """

    class Kind(models.TextChoices):
        PAGE = "page", _("page")
        SOURCE = "source", _("source")

    class Stage(models.TextChoices):
        NONE = "", _("no draft")
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("waits for review")
        RETURNED = "returned", _("back with the author")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PAGE)
    page_id = models.CharField(_("id"), max_length=60)
    lang = models.CharField(_("language"), max_length=2, blank=True)
    version = models.PositiveIntegerField(default=0)
    draft = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("draft")
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.NONE, blank=True)
    live = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scheduled = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scheduled_for = models.DateTimeField(_("goes live"), null=True, blank=True)
    # Whether the repository has taken over the live revision; from then on newer files win.
    merged = models.BooleanField(default=False)
    # Addresses under which this page once stood. They lead to where it stands now.
    former_paths = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("page_id", "lang")
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = (
            models.UniqueConstraint(fields=("kind", "page_id", "lang"), name="document_once_a_language"),
            models.CheckConstraint(condition=Q(kind__in=["page", "source"]), name="document_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(stage="", draft__isnull=True)
                | Q(stage__in=["draft", "in_review", "returned"], draft__isnull=False),
                name="stage_says_whether_there_is_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(scheduled__isnull=True, scheduled_for__isnull=True)
                | Q(scheduled__isnull=False, scheduled_for__isnull=False),
                name="what_is_scheduled_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id} ({self.lang})" if self.lang else self.page_id

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.page_id, self.lang


class Revision(OnlyGrows):
    """One whole text, front matter included, in its normal form, with the file on which it rests."""

    class Kind(models.TextChoices):
        EDIT = "edit", _("edit")
        WORDING = "wording", _("wording only")
        WITHDRAW = "withdraw", _("withdrawal")
        RESTORE = "restore", _("restored")
        RESOLVE = "resolve", _("conflict settled")
        ADOPT_FILE = "adopt_file", _("file taken")

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EDIT)
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64)
    # The file as deployed when editing began; both empty where there was none.
    base_text = models.TextField(blank=True)
    base_digest = models.CharField(max_length=64, blank=True)
    # What readers got when editing began. If they get something else by now, somebody was faster.
    over_digest = models.CharField(max_length=64, blank=True)
    # The revision this text goes on from; none where it goes on from the file.
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    created = models.DateTimeField(_("written"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    # Of a withdrawal: where readers are sent instead; empty means 410.
    redirect_to = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("page", "-number")
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = (
            models.UniqueConstraint(fields=("page", "number"), name="revision_number_once_a_page"),
            models.CheckConstraint(
                condition=Q(kind__in=["edit", "wording", "withdraw", "restore", "resolve", "adopt_file"]),
                name="revision_of_a_known_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page}, {self.number}"


class Step(OnlyGrows):
    """What happened to a revision: who, when, and why."""

    class Kind(models.TextChoices):
        SENT = "sent", _("sent for review")
        RETURNED = "returned", _("given back to the author")
        PUBLISHED = "published", _("published")
        UNSCHEDULED = "unscheduled", _("schedule cancelled")
        DISCARDED = "discarded", _("draft put away")
        MERGED = "merged", _("is in the repository")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    # Nobody: the site itself, when a deployed file has taken the text over.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    # Of a publication: from when on readers get it.
    live_from = models.DateTimeField(_("live from"), null=True, blank=True)
    # Of a text sent for review: whom it was sent to; nobody in particular means every reviewer.
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of a Spanish text: who has read the Spanish and stands for it.
    spanish_by = models.CharField(_("Spanish read by"), max_length=160, blank=True)
    # Why warnings were let stand: a list of {rule, line, words, advice, reason}.
    reasons = models.JSONField(default=list, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["sent", "returned", "published", "unscheduled", "discarded", "merged"]),
                name="step_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind="published") | Q(live_from__isnull=False),
                name="published_from_some_time_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.revision}: {self.kind}"


class Note(OnlyGrows):
    """What editors and reviewers say to each other about a page."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"))

    class Meta:
        ordering = ("pk",)
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return f"{self.page}, {self.at:%Y-%m-%d}"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def on(self, day: date) -> "DeputyQuerySet":
        return self.filter(ended=None, first_day__lte=day, last_day__gte=day, reviewer__is_active=True)


class Deputy(models.Model):
    """Who may publish in a reviewer's place for some days, because the reviewer said so. A deputy signs nothing."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("deputy")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    named = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        ordering = ("-last_day", "-pk")
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="deputy_for_at_least_a_day"
            ),
            models.CheckConstraint(condition=~Q(reviewer=models.F("deputy")), name="deputy_is_somebody_else"),
        )

    def __str__(self) -> str:
        return f"{self.deputy} for {self.reviewer}, {self.first_day} – {self.last_day}"

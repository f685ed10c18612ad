"""A consultation request, and the history of its status."""

import json
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.lookups import GreaterThan, LessThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import status_links
from booking.choices import (
    BestTime,
    CameBy,
    ClosingReason,
    ContactBy,
    ForWhom,
    Insurance,
    Mark,
    PatientKind,
    PhoneIs,
    SpokenLanguage,
    WaitsFor,
    YesNo,
)
from booking.references import new_reference
from booking.rows import Row
from booking.statuses import FINISHED, Status
from clinic.encryption import EncryptedTextField, keyed_hash
from clinic.practice import Location

CLOSED = Q(status__in=sorted(FINISHED))
LISTED = (
    "reference", "status", "mark", "created", "version", "owner__first_name", "owner__username", "due", "clock_from",
    "waits_for", "attempts", "merged_into", "closing_reason", "name", "helper_name", "relationship", "may_talk_with",
    "phone", "phone_extension", "email", "contact_by", "best_time", "voicemail_ok", "location__name",
    "location__timezone", "days", "day_parts", "language", "needs_text",
)  # fmt: skip


class RequestQuerySet(models.QuerySet["ConsultationRequest"]):
    def open(self) -> Self:
        return self.exclude(CLOSED)

    def closed(self) -> Self:
        return self.filter(CLOSED)

    def overdue(self, now: datetime) -> Self:
        """Also what has waited too long."""
        return self.open().filter(due__lte=now)

    def sent_with(self, send_token: str) -> "ConsultationRequest | None":
        return self.filter(send_token=send_token).first() if send_token else None

    def with_link(self, token: str) -> "ConsultationRequest | None":
        """The request that this secret link opens, as long as the link is good.

        The link of one that was merged leads to the one that goes on.
        """
        if not status_links.looks_right(token):
            return None
        found = self.filter(link_hash=status_links.hash_of(token)).first()
        goes_on = found.goes_on if found else None
        alive = timezone.now() - status_links.GOOD_FOR
        return goes_on if goes_on is not None and goes_on.changed > alive else None

    def to_purge(self, *, closed_before: datetime) -> Self:
        """Closed for that long, and marked by staff as in the chart or declined. Never anything else."""
        return self.filter(
            status=Status.CLOSED,
            closing_reason__in=(ClosingReason.CHARTED, ClosingReason.DECLINED),
            changed__lt=closed_before,
        )

    def of_the_same_person(self, about: "ConsultationRequest") -> Self:
        """Other requests with the same phone, e-mail or name, the open ones and then the newest first.

        A hint, since families share a phone; `same_person` looks closer.
        """
        same = Q(pk__in=())
        if about.phone:
            same |= Q(phone=about.phone)
        if about.email:
            same |= Q(email=about.email)
        if about.name:
            # The usual ways to write a name, each found by the index.
            ways = {about.name, about.name.title(), about.name.upper(), about.name.lower()}
            same |= Q(name__in=ways)
        found = self.filter(same).exclude(pk=about.pk)
        return found.order_by(Case(When(CLOSED, then=1), default=0), "-created", "-pk")

    def in_queue_order(self, *shared: str) -> Self:
        """Call today first, then soon; inside each, whoever has waited longest.

        A column that all of them share may be named, so that its own index gives the order.
        """
        return self.order_by(*shared, "urgency", "created", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-changed", "-pk")

    def in_queue_after(self, last: "ConsultationRequest", **shared: Any) -> Self:
        """The rest of the queue behind one request, for the next page; read from where it begins."""
        # Nothing is greater than NULL, nor is it needed to tell places apart.
        place = {column: value for column, value in shared.items() if value is not None}
        place |= {"urgency": last.urgency, "created": last.created, "id": last.pk}
        columns, values = Row(*map(F, place)), Row(*map(Value, place.values()))
        return self.in_queue_order(*shared).filter(GreaterThan(columns, values))

    def changed_before(self, last: "ConsultationRequest") -> Self:
        place = Row(last.changed, last.pk)
        return self.latest_first().filter(LessThan(Row(F("changed"), F("id")), place))

    def for_list(self) -> Self:
        """With the columns that a list or a file shows, and no others."""
        return self.select_related("location", "owner").only(*LISTED)


class ConsultationRequest(models.Model):
    """Columns in plain text are those the desk searches and sorts by; the rest is encrypted."""

    reference = models.CharField(max_length=7, unique=True, default=new_reference, editable=False)
    # Made from the form and everything typed in it: sending twice finds the first one.
    send_token = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    mark = models.CharField(max_length=12, choices=Mark, blank=True)
    urgency = models.GeneratedField(
        expression=Case(
            When(mark=Mark.CALL_TODAY, then=Value(0)), When(mark=Mark.SOON, then=Value(1)), default=Value(2)
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    created = models.DateTimeField(_("asked"), default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    # Raised by every change: two people at once are noticed.
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What the patient was told: by when we get in touch.
    promised_by = models.DateTimeField(null=True, blank=True)
    # When somebody has to see to it next; open hours count from `clock_from`, and it is counted anew
    # whenever hours or closures change. None only when nothing is left to do.
    due = models.DateTimeField(null=True, blank=True)
    clock_from = models.DateTimeField(default=timezone.now)
    waits_for = models.CharField(max_length=12, choices=WaitsFor, blank=True)
    # The first time that we tried to reach them, by whatever way.
    first_contact = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    came_by = models.CharField(max_length=8, choices=CameBy, default=CameBy.WEBSITE)
    # Merged requests point one way, to the one that goes on; nothing of them is deleted.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    closing_reason = models.CharField(max_length=12, choices=ClosingReason, blank=True)
    # The link to the patient's own page is made from the seed with a key that is not in the database.
    link_seed = models.CharField(max_length=32, blank=True, editable=False)
    link_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)

    patient_kind = models.CharField(max_length=8, choices=PatientKind)
    for_whom = models.CharField(max_length=8, choices=ForWhom)
    name = models.CharField(_("patient"), max_length=120, db_index=True)
    helper_name = models.CharField(max_length=120, blank=True)
    relationship = models.CharField(max_length=60, blank=True)
    phone_is = models.CharField(max_length=8, choices=PhoneIs, blank=True)
    may_talk_with = models.CharField(max_length=3, choices=YesNo, blank=True)
    birth_date_text = EncryptedTextField(blank=True)
    birth_hash = models.CharField(max_length=64, blank=True, db_index=True)

    phone = models.CharField(max_length=16, blank=True, db_index=True)
    phone_extension = models.CharField(max_length=8, blank=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    contact_by = models.CharField(max_length=5, choices=ContactBy, blank=True)
    best_time = models.CharField(max_length=9, choices=BestTime, blank=True)
    voicemail_ok = models.CharField(max_length=3, choices=YesNo, blank=True)

    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    days = models.JSONField(default=list, blank=True)
    day_parts = models.JSONField(default=list, blank=True)
    insurance = models.CharField(max_length=9, choices=Insurance, blank=True)
    referrer = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, choices=SpokenLanguage, blank=True)
    asked_in = models.CharField(_("language of the form"), max_length=5, default="en")
    needs_text = EncryptedTextField(blank=True)
    # Answers, rules version, digest, outcome and their words, frozen together when the patient agreed.
    shared_answers = EncryptedTextField(blank=True)
    agreement = models.CharField(_("text agreed to"), max_length=12)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation request")
        verbose_name_plural = _("consultation requests")
        permissions = (("work_requests", "Can work with consultation requests"),)
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="request_status_known"),
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="request_mark_known"),
            models.CheckConstraint(
                condition=Q(closing_reason__in=ClosingReason.values), name="request_closing_reason_known"
            ),
            models.CheckConstraint(condition=Q(waits_for__in=WaitsFor.values), name="request_wait_known"),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="request_can_be_answered"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="request_not_merged_into_itself"),
        )
        indexes = (
            models.Index(F("urgency"), F("created"), F("id"), condition=~CLOSED, name="request_queue"),
            models.Index(F("changed").desc(), F("id").desc(), condition=CLOSED, name="request_closed"),
            models.Index(
                F("status"), F("urgency"), F("created"), F("id"), condition=~CLOSED, name="request_by_status"
            ),
            models.Index(
                F("owner"), F("urgency"), F("created"), F("id"), condition=~CLOSED, name="request_by_owner"
            ),
            models.Index(
                F("location"),
                F("urgency"),
                F("created"),
                F("id"),
                condition=~CLOSED,
                name="request_by_office",
            ),
            models.Index(F("due"), F("id"), condition=~CLOSED, name="request_due"),
            models.Index(F("created"), name="request_created"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def needs(self) -> list[str]:
        return self.needs_text.split(",") if self.needs_text else []

    @property
    def birth_date(self) -> date | None:
        return date.fromisoformat(self.birth_date_text) if self.birth_date_text else None

    @property
    def shared(self) -> dict[str, Any] | None:
        return json.loads(self.shared_answers) if self.shared_answers else None

    @property
    def link_token(self) -> str:
        """The key of the patient's own page; "" when there is no link."""
        return status_links.token_of(self.link_seed) if self.link_seed else ""

    @property
    def mail_about(self) -> str:
        """By this the outbox knows the mails of this request."""
        return f"request {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status not in FINISHED

    @property
    def goes_on(self) -> "ConsultationRequest":
        """Itself, or the one that goes on for it after merging, however often."""
        last = self
        while last.merged_into is not None:
            last = last.merged_into
        return last


def birth_hash(born: date) -> str:
    """Finds requests by birth date while the column stays unreadable."""
    return keyed_hash(f"birth date {born.isoformat()}")


# The other tables of this room, each in a module that says its name; Django looks for them here.
from booking.booked_times import BookedTime, Clinician  # noqa: E402
from booking.history import StatusChange  # noqa: E402
from booking.replies import CannedReply  # noqa: E402
from booking.search_words import SearchWord  # noqa: E402

__all__ = (
    "BookedTime",
    "CannedReply",
    "Clinician",
    "ConsultationRequest",
    "RequestQuerySet",
    "SearchWord",
    "StatusChange",
    "birth_hash",
)

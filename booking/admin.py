"""Requests in the admin: to look at, never to touch; the desk is where they are worked on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from booking.changes import SUBJECT
from booking.models import ConsultationRequest
from booking.reply_admin import CannedReplyAdmin, ClinicianAdmin
from clinic import audit, log_admin
from clinic.staff import StaffMember

# Found by Django through this module alone.
__all__ = ("CannedReplyAdmin", "ClinicianAdmin", "ConsultationRequestAdmin")


@admin.register(ConsultationRequest)
class ConsultationRequestAdmin(admin.ModelAdmin[ConsultationRequest]):
    """Neither answers nor needs nor birth dates are shown here, and no name can get into an address."""

    list_display = ("reference", "name", "status", "mark", "created", "location")
    list_filter = ("status", "mark", "location")
    list_select_related = ("location",)
    ordering = ("-created",)
    fields = (
        "reference",
        ("status", "mark", "owner"),
        ("created", "changed"),
        ("name", "helper_name", "relationship", "may_talk_with"),
        ("phone", "phone_extension", "phone_is", "email"),
        ("contact_by", "best_time", "voicemail_ok"),
        ("location", "days", "day_parts"),
        ("insurance", "referrer", "language"),
    )
    readonly_fields = ("reference",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ConsultationRequest | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ConsultationRequest | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Django would search any column by an address typed by hand, names and hashes too."""
        return lookup.split("__")[0] in self.list_filter

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            _record(request, "listed", [each.pk for each in shown["cl"].result_list])
        return _private(response)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        response = super().changeform_view(request, object_id, *args, **kwargs)
        found = (getattr(response, "context_data", None) or {}).get("original")
        if found is not None:
            _record(request, "viewed", [found.pk])
        return _private(response)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        response = super().history_view(request, object_id, extra_context)
        found = (getattr(response, "context_data", None) or {}).get("object")
        if found is not None:
            _record(request, "viewed", [found.pk])
        return _private(response)


def _record(request: HttpRequest, action: str, ids: list[int]) -> None:
    if isinstance(request.user, StaffMember):
        audit.record(by=request.user, action=action, subject=SUBJECT, subject_ids=ids)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _by_reference(typed: str) -> tuple[str, int] | None:
    """Lets the audit log find everything about one request."""
    found = ConsultationRequest.objects.filter(reference=typed.upper()).values_list("pk", flat=True).first()
    return (SUBJECT, found) if found is not None else None


log_admin.finders.append(_by_reference)

"""The practice, its offices, staff and the audit log in Django's admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic import audit, outbox, snapshot
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Closure, Hours, Location, Practice
from clinic.staff import StaffMember, who


class RefreshesTheSnapshot(admin.ModelAdmin[Any]):
    """This process shows a change at once; the others see it at their next refresh."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().changeform_view(request, *args, **kwargs)
        if request.method == "POST":
            snapshot.refresh()
        return response

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().delete_view(request, *args, **kwargs)
        if request.method == "POST":
            snapshot.refresh()
        return response


class HoursInline(admin.TabularInline[Hours, Location]):
    model = Hours
    extra = 0


class ClosureInline(admin.TabularInline[Closure, Practice]):
    model = Closure
    extra = 0


@admin.register(Practice)
class PracticeAdmin(RefreshesTheSnapshot):
    list_display = ("name", "phone", "screener_on")
    inlines = (ClosureInline,)
    fieldsets = (
        (None, {"fields": ("name", "phone", "after_hours_phone", "caller_id", "reply_working_days")}),
        ("Mail", {"fields": ("mail_times",)}),
        ("Old requests", {"fields": ("keep_closed_days",)}),
        ("Closed days", {"fields": ("closed_on_federal_holidays",)}),
        ("Site notice", {"fields": ("notice_en", "notice_es", "notice_from", "notice_until")}),
        ("Symptom check", {"fields": ("screener_on",)}),
        ("Medicare", {"fields": ("in_medicare_study", "medicare_trial_number", "medicare_checked_on")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Practice.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Practice | None = None) -> bool:
        return False


@admin.register(Location)
class LocationAdmin(RefreshesTheSnapshot):
    list_display = ("name", "city", "phone", "timezone", "order")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (HoursInline,)


@admin.register(StaffMember)
class StaffMemberAdmin(UserAdmin[StaffMember]):
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff")

    def get_readonly_fields(self, request: HttpRequest, obj: StaffMember | None = None) -> Any:
        """Only a superuser makes a superuser, or hands out single permissions past the roles."""
        if request.user.is_superuser:
            return ("last_login", "date_joined")
        return ("last_login", "date_joined", "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: StaffMember | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin[AuditEntry]):
    list_display = ("at", "by", "action", "subject", "subject_ids")
    list_filter = ("action", "subject")
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """Which mails wait, went out or were given up; never to whom, and never what they say."""

    list_display = ("kind", "about", "state", "created", "due", "attempts", "fault")
    list_filter = ("state", "kind")
    ordering = ("-created", "-pk")
    fields = ("kind", "about", "state", ("created", "due", "sent"), "attempts", "fault")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).defer("to", "subject", "text", "html", "calendar")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        again = outbox.try_again(queryset)
        audit.record(by=who(request), action="tried again", subject="message", subject_ids=again)
        self.message_user(
            request,
            ngettext(
                "%(count)s mail will be tried again.", "%(count)s mails will be tried again.", len(again)
            )
            % {"count": len(again)},
        )

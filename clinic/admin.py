"""The practice, its offices and its closed days in Django's admin; staff and logs stand in modules of their own."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import CharField, HiddenInput, ModelForm, SplitDateTimeWidget
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from clinic import audit, notice, snapshot
from clinic.log_admin import AuditEntryAdmin, MessageAdmin
from clinic.practice import Closure, Hours, Location, Practice
from clinic.staff import who
from clinic.staff_admin import RoleAdmin, StaffMemberAdmin

# Found by Django through this module alone.
__all__ = ("AuditEntryAdmin", "MessageAdmin", "RoleAdmin", "StaffMemberAdmin")


class RefreshesTheSnapshot(admin.ModelAdmin[Any]):
    """This process shows a change at once; the others see it at their next refresh."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _shown_at_once(request, super().changeform_view(request, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _shown_at_once(request, super().changelist_view(request, *args, **kwargs))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return _shown_at_once(request, super().delete_view(request, *args, **kwargs))


def _shown_at_once(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The admin answers a change that it took with a redirect, and what it refused with a page."""
    if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
        snapshot.refresh_after_edit()
    return response


class HoursInline(admin.TabularInline[Hours, Location]):
    model = Hours
    extra = 0


class PracticeForm(ModelForm[Practice]):
    """Editors have a form of their own for the notice; an old one saved along with the rest would undo theirs."""

    seen = CharField(widget=HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = notice.seen_now(self.instance)
        self.before = notice.values(self.instance)
        self.kept = {name: getattr(self.instance, name) for name in notice.FIELDS}
        self.initial["seen"] = self.stands

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        seen = self.data.get("seen", "")
        typed = notice.written({name: found.get(name) for name in notice.FIELDS})
        if typed == notice.seen_before(seen):
            found |= self.kept
        elif (changed := notice.between(self.instance, seen)) and typed != self.before:
            self._stale(changed)
        return found

    def _stale(self, changed: list[notice.Between]) -> None:
        """Shows what changed; whoever saves the form again has seen it."""
        last = notice.last_change()
        name = last.by.short_name if last and last.by else _("Somebody")
        for each in changed:
            said = {"name": name, "part": each.label, "now": each.now}
            self.add_error(None, _("%(name)s has changed “%(part)s” meanwhile. It is now: %(now)s") % said)
        self.add_error(None, _("Nothing is saved yet. Saving now puts your words in the place of theirs."))
        again = QueryDict(mutable=True)
        again.update(self.data)
        again["seen"] = self.stands
        self.data = again


@admin.register(Practice)
class PracticeAdmin(RefreshesTheSnapshot):
    form = PracticeForm
    list_display = ("name", "phone", "screener_on")
    fieldsets = (
        (None, {"fields": ("name", "phone", "after_hours_phone", "caller_id", "reply_working_days")}),
        (_("Mail"), {"fields": ("mail_times",)}),
        (_("Old requests"), {"fields": ("keep_closed_days",)}),
        (_("Closed days"), {"fields": ("closed_on_federal_holidays",)}),
        (_("Site notice"), {"fields": ("notice_en", "notice_es", "notice_from", "notice_until", "seen")}),
        (_("Symptom check"), {"fields": ("screener_on",)}),
        (_("Medicare"), {"fields": ("in_medicare_study", "medicare_trial_number", "medicare_checked_on")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A moment is typed in two boxes; Django gives neither of them a name."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, SplitDateTimeWidget):
            for box, part in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                box.attrs["aria-label"] = f"{field.label}: {part}"
        return field

    def save_model(self, request: HttpRequest, obj: Practice, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if notice.values(obj) != form.before:
            audit.record(by=who(request), action="changed", subject=notice.SUBJECT, subject_ids=[obj.pk])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Practice.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Practice | None = None) -> bool:
        return False


@admin.register(Location)
class LocationAdmin(RefreshesTheSnapshot):
    list_display = ("name", "city", "phone", "timezone", "order")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (HoursInline,)


@admin.register(Closure)
class ClosureAdmin(RefreshesTheSnapshot):
    """Days on which an office, or all of them, stay closed. Newest first: what comes stands on top."""

    list_display = ("first_day", "last_day", "office", "name")
    list_select_related = ("location",)
    list_filter = ("location",)
    ordering = ("-first_day",)
    fields = (("first_day", "last_day"), "location", "name")
    date_hierarchy = "first_day"

    @admin.display(description=_("office"), ordering="location")
    def office(self, row: Closure) -> str:
        return row.location.name if row.location else str(_("all offices"))

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if isinstance(obj, Closure) and not change:
            obj.practice = Practice.objects.order_by("pk")[0]
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and Practice.objects.exists()

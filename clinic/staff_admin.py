"""People and their roles in Django's admin. Nobody gives themself more than they have."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic import audit, snapshot
from clinic.staff import ACCOUNT, ENTERS_ADMIN, ROLE_WORDS, ROLES, StaffMember, who


class RoleChoice(forms.ModelMultipleChoiceField[Group]):
    def label_from_instance(self, obj: Group) -> str:
        return f"{obj.name}: {ROLE_WORDS[obj.name]}" if obj.name in ROLE_WORDS else obj.name


class PersonForm(forms.ModelForm[StaffMember]):
    """Adding and changing somebody; the password is chosen by themself, through a one-time link."""

    groups = RoleChoice(
        queryset=Group.objects.filter(name__in=ROLES).order_by("pk"),
        required=False,
        label=gettext_lazy("Roles"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without a role a person can sign in and sees nothing."),
    )

    class Meta:
        model = StaffMember
        fields = (
            "username", "first_name", "last_name", "email", "credentials", "groups", "is_active", "away_from",
            "away_until",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("away_from"), typed.get("away_until")
        if first and last and last < first:
            raise ValidationError({"away_until": _("The last day away is before the first.")})
        return typed


@admin.register(StaffMember)
class StaffMemberAdmin(UserAdmin[StaffMember]):
    form = PersonForm
    add_form = PersonForm
    add_form_template = None
    change_form_template = "clinic/admin_person.html"
    list_display = ("username", "full_name", "roles", "is_active", "away")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "credentials")}),
        (gettext_lazy("What they may do"), {"fields": ("groups", "is_active")}),
        (gettext_lazy("Days away"), {"fields": ("away_from", "away_until")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "credentials")}),
        (gettext_lazy("What they may do"), {"fields": ("groups",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        """Without Django's page for setting a password: nobody learns or chooses somebody else's."""
        link = self.admin_site.admin_view(self.link_view)
        django = [each for each in super().get_urls() if each.name != "auth_user_password_change"]
        return [path("<int:pk>/link/", link, name="clinic_staffmember_link"), *django]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: StaffMember | None = None) -> Any:
        """Nobody changes their own roles, or locks themself out."""
        dates = ("last_login", "date_joined")
        return (*dates, "groups", "is_active") if obj is not None and obj.pk == request.user.pk else dates

    def has_change_permission(self, request: HttpRequest, obj: StaffMember | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """No looking into passwords by an address typed by hand."""
        return lookup.split("__")[0] in ("is_active", "groups")

    def save_model(self, request: HttpRequest, obj: StaffMember, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        audit.record(
            by=who(request), action="changed" if change else "added", subject=ACCOUNT, subject_ids=[obj.pk]
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who works in the admin follows from the roles."""
        super().save_related(request, form, formsets, change)
        person: StaffMember = form.instance
        enters = person.is_superuser or person.groups.filter(name__in=ENTERS_ADMIN).exists()
        if person.is_staff != enters:
            person.is_staff = enters
            person.save(update_fields=["is_staff"])
        if {"is_active", "away_from", "away_until"} & set(form.changed_data):
            # Who is away changes who sees to what.
            transaction.on_commit(snapshot.refresh_after_edit)

    def response_add(
        self, request: HttpRequest, obj: StaffMember, post_url_continue: Any = None
    ) -> HttpResponse:
        return self._link_page(request, obj)

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A link by which this person chooses a password; the links made before stay good until then."""
        person = get_object_or_404(StaffMember, pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if request.method == "POST":
            return self._link_page(request, person)
        context = {**self.admin_site.each_context(request), **self._about(person)}
        return TemplateResponse(request, "clinic/admin_person_link.html", context)

    def _about(self, person: StaffMember) -> dict[str, Any]:
        title = _("A link for %(name)s") % {"name": person.get_username()}
        return {
            "title": title,
            "opts": self.opts,
            "person": person,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }

    def _link_page(self, request: HttpRequest, person: StaffMember) -> HttpResponse:
        key = default_token_generator.make_token(person)
        number = urlsafe_base64_encode(force_bytes(person.pk))
        audit.record(by=who(request), action="link made", subject=ACCOUNT, subject_ids=[person.pk])
        context = {
            **self.admin_site.each_context(request),
            **self._about(person),
            "link": settings.SITE_URL + reverse("staff:new_password", args=[number, key]),
        }
        response = TemplateResponse(request, "clinic/admin_person_link.html", context)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def full_name(self, row: StaffMember) -> str:
        return row.get_full_name() or "–"

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, row: StaffMember) -> str:
        names = [group.name for group in row.groups.all()]
        return ", ".join([*([_("Superuser")] if row.is_superuser else []), *names]) or _("no role")

    @admin.display(description=gettext_lazy("away"))
    def away(self, row: StaffMember) -> str:
        return " – ".join(f"{day:%Y-%m-%d}" for day in (row.away_from, row.away_until) if day) or "–"


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(admin.ModelAdmin[Group]):
    """The roles, in words, and who has them. What each may do stands in the code, and is tested there."""

    list_display = ("name", "may", "people")
    list_display_links = None
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("user_set")

    @admin.display(description=gettext_lazy("what it is for"))
    def may(self, row: Group) -> str:
        return str(ROLE_WORDS.get(row.name, "–"))

    @admin.display(description=gettext_lazy("who has it"))
    def people(self, row: Group) -> str:
        return ", ".join(person.get_username() for person in row.user_set.all()) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

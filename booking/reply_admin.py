"""Canned replies and clinicians in Django's admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from booking.booked_times import Clinician
from booking.merge_fields import FIELDS, fill
from booking.replies import CannedReply
from booking.reply_words import faults_of_reply
from clinic import snapshot

# Whom the preview shows a reply to: nobody.
SAMPLE_PERSON = {"en": "Rosa Sample", "es": "Carmen Ejemplo"}


class ReplyForm(forms.ModelForm[CannedReply]):
    class Meta:
        model = CannedReply
        fields = ("title", "active", "order", "subject_en", "text_en", "subject_es", "text_es")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text_en", "text_es"):
            if name in self.fields:
                self.fields[name].help_text = _("Fields that are filled in: %(fields)s.") % {
                    "fields": ", ".join(f"{{{field}}}" for field in FIELDS)
                }

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name in ("subject_en", "text_en", "subject_es", "text_es"):
            for fault in faults_of_reply(str(typed.get(name) or ""), lang=name[-2:]):
                self.add_error(name, fault)
        return typed


@admin.register(CannedReply)
class CannedReplyAdmin(admin.ModelAdmin[CannedReply]):
    """Checked like every text for patients: no promise, short sentences, no word about health."""

    form = ReplyForm
    list_display = ("title", "active", "order")
    list_filter = ("active",)
    change_form_template = "booking/admin_reply.html"
    fieldsets = (
        (None, {"fields": ("title", ("active", "order"))}),
        (gettext_lazy("English"), {"fields": ("subject_en", "text_en")}),
        (gettext_lazy("Spanish"), {"fields": ("subject_es", "text_es")}),
    )

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", preview, name="booking_cannedreply_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Both languages as somebody would get them; saves nothing."""
        if not self.has_add_permission(request) and not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = ReplyForm(request.POST)
        form.is_valid()
        # The title of a reply that is being changed is taken, by itself.
        faults = [
            (form.fields[name].label, errors) for name, errors in form.errors.items() if name != "title"
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "opts": self.opts,
            "faults": faults,
            "letters": [_letter(request, lang) for lang, _name in settings.LANGUAGES],
        }
        response = TemplateResponse(
            request, "booking/admin_reply_preview.html", context, status=422 if faults else 200
        )
        response.headers["Cache-Control"] = "no-store"
        return response


@admin.register(Clinician)
class ClinicianAdmin(admin.ModelAdmin[Clinician]):
    list_display = ("name", "active")
    list_filter = ("active",)

    def has_delete_permission(self, request: HttpRequest, obj: Clinician | None = None) -> bool:
        """Past visits keep the name: somebody who leaves is unticked."""
        return False


def _letter(request: HttpRequest, lang: str) -> dict[str, str]:
    practice = snapshot.current().practice
    with override(lang):
        values = {
            "name": SAMPLE_PERSON[lang],
            "reference": "ABC2345",
            "clinic": practice.name,
            "phone": practice.phone_display,
            "office": practice.main_location.name if practice.main_location else practice.name,
            "hours": practice.hours_text,
            "staff": request.user.get_short_name() if request.user.is_authenticated else "",
        }
    return {
        "lang": lang,
        "subject": fill(request.POST.get(f"subject_{lang}", ""), values),
        "text": fill(request.POST.get(f"text_{lang}", ""), values),
    }

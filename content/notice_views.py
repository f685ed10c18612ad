"""The site notice, for editors: its words in both languages, its start and its end; nothing else of the practice."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import audit, lost_logins, snapshot
from clinic.errors import rescued_by
from clinic.practice import Practice
from clinic.staff import who
from content.moments import zone_words
from content.staff_door import EDIT, room, show


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NoticeForm(forms.ModelForm[Practice]):
    class Meta:
        model = Practice
        fields = ("notice_en", "notice_es", "notice_from", "notice_until")
        widgets = {
            "notice_en": forms.Textarea(attrs={"rows": 2}),
            "notice_es": forms.Textarea(attrs={"rows": 2}),
            "notice_from": _moment(),
            "notice_until": _moment(),
        }


@room(EDIT)
def notice_after_csrf(request: HttpRequest) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.order_by("pk")[:1])
    problem = _("This page waited too long, so nothing was saved. Please save it again.")
    return _shown(request, NoticeForm(request.POST, instance=practice), 403, problem)


@rescued_by(notice_after_csrf)
@room(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        practice = get_object_or_404(Practice.objects.select_for_update().order_by("pk")[:1])
        if request.method != "POST":
            kept = lost_logins.take(request)
            return _shown(request, NoticeForm(kept or None, instance=practice))
        form = NoticeForm(request.POST, instance=practice)
        if not form.is_valid():
            return _shown(request, form, 422)
        form.instance.save(update_fields=NoticeForm.Meta.fields)
        audit.record(by=who(request), action="changed", subject="notice", subject_ids=[practice.pk])
    snapshot.refresh()
    messages.success(
        request, _("The notice is saved. Every server shows it within five seconds of its start.")
    )
    return redirect("admin:content_page_notice")


def _shown(request: HttpRequest, form: NoticeForm, status: int = 200, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "problem": problem,
        "title": _("Site notice"),
        "zone": zone_words(),
    }
    return show(request, "content/admin_notice.html", context, status=status)

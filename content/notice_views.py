"""The site notice, for editors: its words in both languages, its start and its end; nothing else of the practice."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import audit, lost_logins, snapshot
from clinic.errors import rescued_by
from clinic.notice import FIELDS, SUBJECT, Between, between, last_change, seen_now, values
from clinic.practice import Practice
from clinic.staff import who
from clinic.zone import zone_words
from content.going_live import confirm
from content.staff_door import EDIT, room, show


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NoticeForm(forms.ModelForm[Practice]):
    class Meta:
        model = Practice
        fields = FIELDS
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
    form = NoticeForm(request.POST, instance=practice)
    return _shown(request, form, 403, problem=problem, seen=request.POST.get("seen", ""))


@rescued_by(notice_after_csrf)
@room(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        practice = get_object_or_404(Practice.objects.select_for_update().order_by("pk")[:1])
        stands, before = seen_now(practice), values(practice)
        if request.method != "POST":
            kept = lost_logins.take(request)
            seen = kept.get("seen", stands)
            return _shown(request, NoticeForm(kept or None, instance=practice), seen=seen)
        changed = between(practice, request.POST.get("seen", ""))
        form = NoticeForm(request.POST, instance=practice)
        if not form.is_valid():
            return _shown(request, form, 422, seen=request.POST.get("seen", ""))
        # The form has written into its instance what was typed; the same again is a second press.
        if changed and values(form.instance) != before:
            return _stale(request, form, changed, stands)
        form.instance.save(update_fields=FIELDS)
        audit.record(by=who(request), action="changed", subject=SUBJECT, subject_ids=[practice.pk])
    snapshot.refresh()
    confirm(request, _("The notice is saved. Every server shows it within five seconds of its start."))
    return redirect("admin:content_page_notice")


def _stale(request: HttpRequest, form: NoticeForm, changed: list[Between], stands: str) -> HttpResponse:
    """What was typed stays in the form. Whoever saves it now has seen what the other one wrote."""
    last = last_change()
    context = {"between": changed, "by": last.by if last else None, "at": last.at if last else None}
    return _shown(request, form, 409, seen=stands, **context)


def _shown(
    request: HttpRequest, form: NoticeForm, status: int = 200, *, seen: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "seen": seen, "title": _("Site notice"), "zone": zone_words(), **more}
    return show(request, "content/admin_notice.html", context, status=status)

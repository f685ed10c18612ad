"""Where a reviewer signs the rules and the words of the check, sees what waits, and switches the check off and on."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic import snapshot
from clinic.admin_site import notices
from clinic.check_switch import may_turn, turn_check
from clinic.signatures import SIGN, sign
from clinic.staff import StaffMember
from screener import gate, signing
from screener.models import CheckSignature
from screener.signing import Signable


class SignForm(forms.Form):
    """`text` and `digest` are those that the reviewer has in front of them."""

    text = forms.CharField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)
    good_until = forms.DateField(
        label=gettext_lazy("Next review on"), widget=forms.DateInput(attrs={"type": "date"})
    )


@admin.register(CheckSignature)
class CheckSignatureAdmin(admin.ModelAdmin[CheckSignature]):
    list_display = ("signed_on", "subject", "key", "lang", "name", "good_until", "digest")
    list_display_links = None
    change_list_template = "screener/admin_check.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("sign/", view(self.sign_view), name="screener_sign"),
            path("switch/", view(self.switch_view), name="screener_switch"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckSignature]:
        return super().get_queryset(request).filter(subject__in=("rules", "words"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "title": _("The symptom check"),
            "signables": signing.signables(),
            "texts": [{"text": each, "form": _sign_form(each)} for each in signing.signables()],
            "may_sign": request.user.has_perm(SIGN),
            "is_on": snapshot.current().practice.screener_switch,
            "is_open": gate.is_open(),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def sign_view(self, request: HttpRequest) -> HttpResponse:
        """A reviewer signs the text that was shown; if it changed since, nothing is signed."""
        person = _person(request, SIGN)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = SignForm(request.POST)
        try:
            if not form.is_valid():
                raise ValueError(_("Choose a day that lies ahead for the next review."))
            shown = form.cleaned_data
            text = next((each for each in signing.signables() if each.code == shown["text"]), None)
            if text is None or text.digest != shown["digest"]:
                raise ValueError(_("The text has changed since you opened it. Please read it again."))
            sign(
                by=person,
                subject=text.subject,
                key=text.key,
                lang=text.lang,
                digest=text.digest,
                good_until=shown["good_until"],
            )
            self.message_user(request, _("Signed. The page says so from now on."))
        except ValueError as fault:
            self.message_user(request, str(fault), messages.ERROR)
        snapshot.refresh()
        return redirect("admin:screener_checksignature_changelist")

    def switch_view(self, request: HttpRequest) -> HttpResponse:
        person = _person(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        on = request.POST.get("to") == "on"
        turn_check(by=person, on=on)
        snapshot.refresh()
        self.message_user(request, _("The check is switched on.") if on else _("The check is switched off."))
        return redirect("admin:screener_checksignature_changelist")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_turn(request.user)

    def has_view_permission(self, request: HttpRequest, obj: CheckSignature | None = None) -> bool:
        return may_turn(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: CheckSignature | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CheckSignature | None = None) -> bool:
        return False


def _person(request: HttpRequest, right: str = "") -> StaffMember:
    """Raises PermissionDenied for whoever has not this right, or may not even turn the switch."""
    person = request.user
    if not isinstance(person, StaffMember) or not (person.has_perm(right) if right else may_turn(person)):
        raise PermissionDenied
    return person


def _sign_form(text: Signable) -> SignForm:
    today = timezone.localdate()
    day = min(today.day, monthrange(today.year + 1, today.month)[1])
    initial = {"text": text.code, "digest": text.digest, "good_until": date(today.year + 1, today.month, day)}
    return SignForm(initial=initial, auto_id=f"{text.code}_%s")


def waiting() -> Iterator[str]:
    """What staff should know about the signatures under the check, for the front page of the admin."""
    names = {
        "rules": _("the rules"),
        "words-en": _("the words in English"),
        "words-es": _("the words in Spanish"),
    }
    texts = signing.signables()
    unsigned = [names[each.code] for each in texts if not each.is_signed]
    overdue = [names[each.code] for each in texts if each.is_signed and each.is_overdue]
    if unsigned:
        yield _("The symptom check waits for a clinician's signature: %(texts)s.") % {
            "texts": ", ".join(unsigned)
        }
    if overdue:
        yield _("The symptom check is due for a new review: %(texts)s.") % {"texts": ", ".join(overdue)}
    if not gate.is_open():
        yield _("The symptom check is closed. Patients see the phone number and the pages.")


notices.append(waiting)

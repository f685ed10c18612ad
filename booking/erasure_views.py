"""The desk's two rare deeds: erasing a request for good, and stopping the link that a patient has."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import erasure, link_actions
from booking.changes import SUBJECT
from booking.choices import ErasureReason
from booking.desk_doors import desk_page
from booking.models import ConsultationRequest
from clinic import audit, lost_logins
from clinic.errors import rescued_by
from clinic.redirects import SeeOther
from clinic.staff import who

LONGEST_REFERENCE = 12


class ErasureForm(forms.Form):
    """The reference is typed by hand, so that nobody erases by a slip of the finger."""

    reason = forms.ChoiceField(
        choices=ErasureReason.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Why?"),
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    reference = forms.CharField(
        label=gettext_lazy("Type the reference of the request"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the reference, as it stands above.")},
    )

    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def clean_reference(self) -> str:
        typed = str(self.cleaned_data["reference"])
        if typed.strip().upper() != self.about.reference:
            raise forms.ValidationError(_("This is not the reference of this request."))
        return typed


@desk_page("POST")
def erase_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever signed in again in another window has an old token here; what was typed outlives that."""
    about = get_object_or_404(ConsultationRequest, pk=pk)
    typed = {name: request.POST.get(name, "") for name in ("reason", "reference")}
    form = ErasureForm(about=about, initial=typed)
    return _page(
        request, form, status=403, problem=_("This form waited too long. Look at it, and send it again.")
    )


@rescued_by(erase_after_csrf)
@desk_page("GET", "HEAD", "POST")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    about = ConsultationRequest.objects.filter(pk=pk).first()
    if about is None:
        return _gone(request, pk)
    if request.method != "POST":
        kept = lost_logins.take(request)
        problem = _("You were signed out before this was saved") if kept else ""
        return _page(request, ErasureForm(about=about, initial=kept.dict()), problem=problem)
    form = ErasureForm(request.POST, about=about)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        erasure.erase(request_id=pk, by=who(request), reason=ErasureReason(form.cleaned_data["reason"]))
    except ConsultationRequest.DoesNotExist:
        return _gone(request, pk)
    return _erased(request, about.reference)


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """The second click of whoever has just erased it ends where the first one did."""
    reason = request.POST.get("reason", "")
    if not erasure.was_just_erased(request_id=pk, by=who(request), reason=reason):
        raise Http404
    return _erased(request, request.POST.get("reference", "").strip().upper()[:LONGEST_REFERENCE])


def _erased(request: HttpRequest, reference: str) -> HttpResponse:
    messages.success(request, _("%(reference)s is erased.") % {"reference": reference})
    return SeeOther(reverse("desk:queue"))


def _page(request: HttpRequest, form: ErasureForm, *, status: int = 200, problem: str = "") -> HttpResponse:
    about = form.about
    others = list(ConsultationRequest.objects.of_the_same_person(about)[:20])
    audit.record(
        by=who(request),
        action="viewed",
        subject=SUBJECT,
        subject_ids=[about.pk, *(each.pk for each in others)],
    )
    context = {"about": about, "form": form, "others": others, "problem": problem}
    return render(request, "desk/erase.html", context, status=status)


@desk_page("POST", on_the_request_page=True)
def renew_link(request: HttpRequest, pk: int) -> HttpResponse:
    link_actions.renew_link(request_id=pk, by=who(request))
    messages.success(request, _("The old link is stopped. The next mail holds a new one."))
    return SeeOther(reverse("desk:request", args=[pk]))

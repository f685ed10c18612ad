"""The front desk: one request with its moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from booking import actions
from booking.changes import SUBJECT, StaleVersion
from booking.desk_forms import StatusForm
from booking.desk_pages import Card
from booking.models import ConsultationRequest
from booking.redirects import SeeOther
from clinic import audit
from clinic.errors import rescued_by
from clinic.privacy import no_store
from clinic.staff import StaffMember, front_desk_only


@no_store
@front_desk_only
def request_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever signed in again in another window has an old token here; the note must outlive that."""
    about = get_object_or_404(ConsultationRequest.objects.select_related("location", "owner"), pk=pk)
    form = StatusForm.to_try_again(about, note=request.POST.get("note", ""))
    return _page(request, about, form, status=403, problem=_("This form waited too long"))


@rescued_by(request_after_csrf)
@no_store
@front_desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    about = get_object_or_404(ConsultationRequest.objects.select_related("location", "owner"), pk=pk)
    if request.method != "POST":
        return _page(request, about, StatusForm(about=about))
    form = StatusForm(request.POST, about=about)
    if not form.is_valid():
        return _page(request, about, form, status=422)
    try:
        moved = actions.change_status(
            request_id=pk,
            to=form.cleaned_data["to"],
            by=_staff(request),
            version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
            closing_reason=form.cleaned_data["closing_reason"],
        )
    except StaleVersion:
        return _conflict(request, pk, form, _("This request was changed while you had it open."))
    except actions.IllegalMove:
        return _conflict(request, pk, form, _("The request cannot move there from where it stands."))
    messages.success(
        request,
        _("%(reference)s is now: %(status)s.")
        % {"reference": moved.reference, "status": moved.get_status_display()},
    )
    return SeeOther(reverse("desk:request", args=[pk]))


def _conflict(request: HttpRequest, pk: int, form: StatusForm, problem: str) -> HttpResponse:
    """Nothing was changed; the note stays, beside what the others did in between."""
    about = ConsultationRequest.objects.select_related("location", "owner").get(pk=pk)
    fresh = StatusForm.to_try_again(about, note=form.cleaned_data["note"])
    since = form.cleaned_data["version"]
    return _page(request, about, fresh, status=409, problem=problem, since=since)


def _page(
    request: HttpRequest,
    about: ConsultationRequest,
    form: StatusForm,
    *,
    status: int = 200,
    problem: str = "",
    since: int | None = None,
) -> HttpResponse:
    audit.record(by=_staff(request), action="viewed", subject=SUBJECT, subject_ids=[about.pk])
    changes = list(about.status_changes.select_related("by"))
    context = {
        "about": about,
        "card": Card(about),
        "shared": about.shared,
        "form": form,
        "changes": changes,
        "problem": problem,
        "in_between": [change for change in changes if since is not None and change.version > since],
    }
    return render(request, "desk/request.html", context, status=status)


def _staff(request: HttpRequest) -> StaffMember:
    # front_desk_only has let nobody else in.
    if not isinstance(request.user, StaffMember):
        raise TypeError("Only staff get here.")
    return request.user

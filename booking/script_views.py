"""The call script of one request, in English or Spanish."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from booking.changes import SUBJECT
from booking.desk_pages import Card
from booking.models import ConsultationRequest
from booking.scripts import script_for
from clinic import audit
from clinic.privacy import no_store
from clinic.staff import front_desk_only, who


@no_store
@front_desk_only
@require_safe
def script(request: HttpRequest, pk: int) -> HttpResponse:
    about = get_object_or_404(ConsultationRequest.objects.select_related("location"), pk=pk)
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[pk])
    shown = script_for(about, by=who(request), lang=request.GET.get("in", ""))
    return render(request, "desk/script.html", {"about": about, "card": Card(about), "script": shown})

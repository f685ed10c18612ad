"""The chart sheet: what goes into the clinic's chart, to copy or to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from booking import chart_text
from booking.changes import SUBJECT
from booking.desk_pages import Card
from booking.models import ConsultationRequest
from clinic import audit
from clinic.privacy import no_store
from clinic.staff import front_desk_only, who


@no_store
@front_desk_only
@require_safe
def chart_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Made to leave this site, so it counts as an export."""
    about = get_object_or_404(ConsultationRequest.objects.select_related("location"), pk=pk)
    audit.record(by=who(request), action="exported", subject=SUBJECT, subject_ids=[pk])
    context = {
        "about": about,
        "card": Card(about),
        "sections": chart_text.sections(about),
        "shared": about.shared,
        "chart_text": chart_text.of(about),
    }
    return render(request, "desk/chart_sheet.html", context)

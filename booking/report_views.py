"""The reports: numbers of any period, as charts, tables and a file."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from booking.csv_rows import csv_response
from booking.report_forms import PRESETS, PeriodForm, preset
from booking.report_reading import Asked
from booking.reports import csv_rows, tables
from clinic import audit, snapshot
from clinic.privacy import no_store
from clinic.staff import front_desk_only, who

SUBJECT = "report"


@no_store
@front_desk_only
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "desk/reports.html", {"form": form, "presets": _presets(request)}, status=422)
    made = tables(_asked(form))
    audit.record(by=who(request), action="viewed", subject=SUBJECT, subject_ids=[])
    context = {
        "form": form,
        "presets": _presets(request),
        "period": form.period,
        "office": form.cleaned_data["office"],
        "tables": made,
        "query": urlencode(_shown(form)),
    }
    return render(request, "desk/reports.html", context)


@no_store
@front_desk_only
@require_safe
def reports_csv(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "desk/reports.html", {"form": form, "presets": _presets(request)}, status=422)
    audit.record(by=who(request), action="exported", subject=SUBJECT, subject_ids=[])
    name = f"reports-{form.period.first.isoformat()}-{form.period.last.isoformat()}"
    return csv_response(name, csv_rows(tables(_asked(form))))


def _form(request: HttpRequest) -> PeriodForm:
    """What was asked for; a ready period where no days were."""
    asked = request.GET.dict()
    if "first" not in asked and "last" not in asked:
        ready = preset(asked.get("period", ""), timezone.localdate())
        asked |= {"first": ready.first.isoformat(), "last": ready.last.isoformat()}
    return PeriodForm(asked)


def _asked(form: PeriodForm) -> Asked:
    main = snapshot.current().practice.main_location
    return Asked(form.period, form.cleaned_data["office"], ZoneInfo(main.timezone if main else "UTC"))


def _shown(form: PeriodForm) -> Mapping[str, str]:
    office = form.cleaned_data["office"]
    return {
        "first": form.period.first.isoformat(),
        "last": form.period.last.isoformat(),
        "office": office.slug if office else "",
    }


def _presets(request: HttpRequest) -> list[dict[str, object]]:
    """Links to the ready periods, with the office that is chosen."""
    office = request.GET.get("office", "")
    chosen = request.GET.get("period") or ("" if "first" in request.GET else PRESETS[0][0])
    return [
        {"words": words, "query": urlencode({"period": code, "office": office}), "is_chosen": code == chosen}
        for code, words, _days in PRESETS
    ]

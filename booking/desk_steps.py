"""One step at a request, from a button to the request's page: taken once, however often the button is pressed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from booking import request_page
from booking.changes import Trace, clicked_twice
from booking.desk_forms import WorkForm
from booking.request_page import PROBLEMS
from clinic.redirects import SeeOther
from clinic.staff import who


def _nothing(_result: Any) -> str:
    return ""


@dataclass(frozen=True)
class Step:
    """What a button does. `done` says so; `told` says the rest, such as which mail goes out, from what `act` returns."""

    act: Callable[[], Any]
    done: str
    trace: Trace
    told: Callable[[Any], str] = _nothing


def take(request: HttpRequest, pk: int, form: WorkForm, step: Step) -> HttpResponse:
    """Takes the step and shows the request's page; what somebody else did meanwhile is shown beside the words."""
    typed = form.cleaned_data
    try:
        told = step.told(step.act())
    except PROBLEMS as problem:
        words = {"version": typed["version"], "note": typed.get("note", "")}
        if not clicked_twice(pk, step.trace, by=who(request), **words):
            return request_page.conflict(request, pk, form, problem)
        told = _("It was saved once.")
    messages.success(request, f"{step.done} {told}".strip())
    return SeeOther(reverse("desk:request", args=[pk]))

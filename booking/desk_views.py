"""The page of one request at the desk, and its moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from booking import actions, mail_words, request_page
from booking.desk_doors import desk_page
from booking.desk_forms import StatusForm
from booking.messages import for_move
from booking.redirects import SeeOther
from booking.request_page import PROBLEMS
from clinic import lost_logins
from clinic.errors import rescued_by
from clinic.staff import who


@desk_page("POST", on_the_request_page=True)
def request_after_csrf(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever signed in again in another window has an old token here; the note must outlive that."""
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    problem, note = _("This form waited too long"), request.POST.get("note", "")
    return request_page.show(request, about, status=403, problem=problem, note=note)


@rescued_by(request_after_csrf)
@desk_page("GET", "HEAD", "POST")
def request_page_view(request: HttpRequest, pk: int) -> HttpResponse:
    about = request_page.find(request, pk)
    if about is None:
        return request_page.gone(request)
    if request.method != "POST":
        kept = lost_logins.take(request)
        problem = _("You were signed out before this was saved") if kept else ""
        return request_page.show(request, about, problem=problem, note=kept.get("note", ""))
    form = StatusForm(request.POST, about=about)
    if not form.is_valid():
        return request_page.show(request, about, form=form, status=422)
    before, cleaned = about.status, form.cleaned_data
    try:
        moved = actions.change_status(request_id=pk, by=who(request), **cleaned)
    except PROBLEMS as problem_met:
        return request_page.conflict(request, pk, form, problem_met)
    words = {"reference": moved.reference, "status": moved.get_status_display()}
    told = mail_words.said(moved, for_move(before, moved.status))
    messages.success(request, _("%(reference)s is now: %(status)s.") % words + " " + told)
    return SeeOther(reverse("desk:request", args=[pk]))

"""The real page as it would be: of a text in the form, of the draft, of any revision, or of the file as deployed."""

import re
from copy import copy

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from content import editing
from content.documents import BadDocument, Page, Source
from content.editing import Standing
from content.editing_forms import DocumentForm
from content.editing_page import document_form, place_of
from content.editing_views import load
from content.inspection import inspect
from content.markup import UnknownName
from content.models import Page as Row
from content.models import Revision
from content.present import presented
from content.staff_door import LOOK, room
from content.views import page_context, source_context, template_of

# Links would lead the frame to pages that no frame may show; so they open beside it.
LEADS_AWAY = re.compile(r'<a (?=[^>]*href="(?!#))')


@csp_replace({"frame-ancestors": ["'self'"]})
@xframe_options_sameorigin
@room(LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    row = load(pk)
    now = editing.standing(row)
    try:
        if request.method == "POST":
            form = document_form(row, now, request.POST)
            return _shown(request, row, form, form.text())
        text = _wanted(row, now, request.GET.get("text", ""))
        form = DocumentForm(kind=row.kind, text=text)
        return _shown(request, row, form, text)
    except BadDocument as fault:
        return _cannot(request, f"{place_of(form, fault.line).words}: {fault.fault}")


def _wanted(row: Row, now: Standing, name: str) -> str:
    if name == "live":
        return now.served_text
    if name == "file":
        return now.file_text
    if not name:
        return now.text
    try:
        return editing.text_of(row, int(name) if name.isdecimal() and len(name) < 9 else -1)
    except Revision.DoesNotExist:
        raise Http404 from None


def _shown(request: HttpRequest, row: Row, form: DocumentForm, text: str) -> HttpResponse:
    found = inspect(row, text)
    if found.made is None:
        fault = found.findings[0] if found.findings else None
        if fault is None or not text:
            return _cannot(request, _("There is no text."))
        return _cannot(request, f"{place_of(form, fault.line).words}: {fault.advice}")
    try:
        html = _page(request, found.made) if isinstance(found.made, Page) else _source(request, found.made)
    except UnknownName as fault:
        return _cannot(request, str(fault))
    return HttpResponse(LEADS_AWAY.sub('<a target="_blank" rel="noopener" ', html))


def _page(request: HttpRequest, page: Page) -> str:
    with translation.override(page.lang):
        context = page_context(page, presented(page))
        return render_to_string(template_of(page), context, as_reader(request, page.path))


def _source(request: HttpRequest, source: Source) -> str:
    context = {"sources": [source_context(source, "en", [])]}
    return render_to_string("content/sources.html", context, as_reader(request, "/sources/"))


def as_reader(request: HttpRequest, path: str) -> HttpRequest:
    """The request that a reader of this page would send: its address gives menus and language."""
    reader = copy(request)
    reader.method, reader.path, reader.path_info = "GET", path, path
    return reader


def _cannot(request: HttpRequest, problem: str) -> HttpResponse:
    return render(request, "content/admin_no_preview.html", {"problem": problem})

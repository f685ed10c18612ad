"""Education pages, the emergency page and the list of sources."""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic import errors, snapshot
from clinic.language import language_of
from content import catalog, cited_elsewhere, menu, source_kinds
from content.context import pages_of
from content.documents import SOURCE_TEXTS, Page, Source
from content.markup import UnknownName
from content.present import PresentedPage, crumbs, neighbours, presented, related
from content.store import FINISHED
from content.structured import structured_data
from content.where_used import used_on

log = logging.getLogger("clinic.content")
TEMPLATES = {
    "home": "content/home.html",
    "emergency": "content/emergency.html",
    "contact": "content/contact.html",
}


@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """Looks the address up among the pages that exist; nothing of it ever touches the disk."""
    known = catalog.current()
    found = known.by_path.get(request.path_info)
    if found is not None:
        return _shown(request, found)
    if request.path_info in known.moved:
        return redirect(known.moved[request.path_info], permanent=True)
    # A withdrawn page may come back: browsers must not remember for ever where it sent them.
    if request.path_info in known.sent_on:
        return redirect(known.sent_on[request.path_info])
    if request.path_info in known.gone:
        return errors.gone(request)
    raise Http404


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """The page that can never be withdrawn: without its words it still says 911 and shows the phone."""
    found = catalog.current().by_id.get(("emergency", language_of(request.path_info)))
    if found is None:
        return render(request, "content/emergency.html")
    return _shown(request, found)


def _shown(request: HttpRequest, found: Page) -> HttpResponse:
    version = snapshot.current().version
    try:
        shown = presented(found)
    except UnknownName as fault:
        log.error("%s: %s", found.document.name, fault)
        if found.kind == "emergency":
            return render(request, "content/emergency.html")
        return errors.out_of_order(request)
    context = page_context(found, shown)
    return _finished(render(request, template_of(found), context), version)


def template_of(page: Page) -> str:
    return TEMPLATES.get(page.kind, "content/page.html")


def page_context(found: Page, shown: PresentedPage) -> dict[str, Any]:
    """What the template of a page is given, be it the page that readers get or a draft of it."""
    known = catalog.current()
    twin, placed = known.twin(found), known.by_id.get((found.id, found.lang), found)
    before, after = neighbours(placed)
    return {
        "page": shown,
        "crumbs": crumbs(found),
        "before": before,
        "after": after,
        "related": related(placed),
        "address": settings.SITE_URL + found.path,
        "twin_address": settings.SITE_URL + twin.path if twin else "",
        "structured": structured_data(found, shown),
        "other_url": twin.path if twin else None,
        "cards": pages_of(menu.START_HERE, found.lang) if found.kind == "home" else [],
    }


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    version = snapshot.current().version
    lang = language_of(request.path_info)
    places = used_on(lang)
    listed = [
        source_context(source, lang, places.get(source.key, []))
        for source in catalog.current().sources.values()
    ]
    listed.sort(key=lambda each: str(each["label"]).casefold())
    return _finished(render(request, "content/sources.html", {"sources": listed}), version)


def source_context(source: Source, lang: str, used: Sequence[object]) -> dict[str, Any]:
    """What the list of sources says about one of them."""
    return {
        "key": source.key,
        "label": source.label(lang),
        "citation": source.title,
        "kind": source_kinds.NAMES[source.kind],
        **{name: source.text(name, lang) for name in SOURCE_TEXTS if name != "label"},
        "link": source.link,
        "checked_on": source.checked_on,
        "verified": source.verified,
        "used_on": used,
        "cited_elsewhere": cited_elsewhere.citing(source.key),
    }


def _finished(response: HttpResponse, version: str) -> HttpResponse:
    """Marks an answer that is the same for everybody until the words or the practice change.

    The version is the one from before rendering: a change in between makes the page render again.
    """
    response.headers[FINISHED] = version
    response.headers["Cache-Control"] = "public, max-age=5"
    return response


@require_safe
def with_slash(request: HttpRequest, path: str) -> HttpResponse:
    """/mild → /mild/, for addresses that exist; anything else is not found."""
    wanted, known = request.path_info + "/", catalog.current()
    if wanted in known.by_path or wanted in known.moved:
        return redirect(known.moved.get(wanted, wanted), permanent=True)
    if wanted in known.sent_on or wanted in known.gone or resolve(wanted).func is not page:
        return redirect(wanted)
    raise Http404(_("No such page."))

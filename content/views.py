"""Education pages, the emergency page and the list of sources."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic import errors, snapshot
from clinic.language import language_of
from content import catalog, cited_elsewhere, menu
from content.context import pages_of
from content.documents import Page
from content.markup import UnknownName
from content.present import crumbs, neighbours, presented, related
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
    found = catalog.current().by_path.get(request.path_info)
    if found is None:
        raise Http404
    return _shown(request, found)


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
    twin = catalog.current().twin(found)
    before, after = neighbours(found)
    context = {
        "page": shown,
        "crumbs": crumbs(found),
        "before": before,
        "after": after,
        "related": related(found),
        "address": settings.SITE_URL + found.path,
        "twin_address": settings.SITE_URL + twin.path if twin else "",
        "structured": structured_data(found, shown),
        "other_url": twin.path if twin else None,
        "cards": pages_of(menu.START_HERE, found.lang) if found.kind == "home" else [],
    }
    return _finished(render(request, TEMPLATES.get(found.kind, "content/page.html"), context), version)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    version = snapshot.current().version
    lang = language_of(request.path_info)
    places = used_on(lang)
    listed = [
        {
            "key": source.key,
            "label": source.label(lang),
            "citation": source.title,
            **{name: source.text(name, lang) for name in ("design", "size", "length", "limits", "paid_by")},
            "link": source.link,
            "checked_on": source.checked_on,
            "verified": source.verified,
            "used_on": places.get(source.key, []),
            "cited_elsewhere": cited_elsewhere.citing(source.key),
        }
        for source in catalog.current().sources.values()
    ]
    listed.sort(key=lambda each: str(each["label"]).casefold())
    return _finished(render(request, "content/sources.html", {"sources": listed}), version)


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
    wanted = request.path_info + "/"
    if wanted not in catalog.current().by_path:
        raise Http404(_("No such page."))
    return redirect(wanted, permanent=True)

"""Search over the pages of one language, without JavaScript and without keeping what was asked."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from clinic.language import language_of
from clinic.privacy import no_store
from content import catalog, menu
from content.context import pages_of
from content.markup import UnknownName
from content.present import rendered
from content.search import LONGEST_QUERY, Entry, Hit, Index, build, find, suggestion
from content.structured import words_of


@lru_cache(maxsize=4)
def index_of(lang: str, known: catalog.Catalog) -> Index:
    """The index of one language, built once for each version of the words."""
    entries = []
    for page in known.by_path.values():
        if page.lang != lang:
            continue
        try:
            with translation.override(lang):
                shown = rendered(page)
        except UnknownName:
            continue  # out of order, and named by check_content
        headings = tuple((heading.id, heading.title) for heading in shown.contents)
        entries.append(
            Entry(
                path=page.path,
                title=page.title,
                summary=page.summary,
                headings=headings,
                body=words_of(shown.html),
                id=page.id,
                is_aside=page.id == menu.FOR_DOCTORS,
            )
        )
    return build(entries, lang)


@no_store
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    lang = language_of(request.path_info)
    query = request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_QUERY]
    index = index_of(lang, catalog.current())
    hits: list[Hit] = find(index, query) if query else []
    context = {
        "query": query,
        "hits": hits,
        "suggestion": suggestion(index, query) if query and not hits else "",
        "start_here": pages_of(menu.START_HERE, lang) if not hits else [],
    }
    return render(request, "content/search.html", context)

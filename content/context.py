"""The menus that every page shows."""

from typing import Any

from django.http import HttpRequest

from clinic.language import language_of
from content import catalog, menu
from content.documents import Page


def pages_of(ids: tuple[str, ...], lang: str) -> list[Page]:
    """The pages that exist, in the order of their ids."""
    by_id = catalog.current().by_id
    return [by_id[(page_id, lang)] for page_id in ids if (page_id, lang) in by_id]


def menus(request: HttpRequest) -> dict[str, Any]:
    lang = language_of(request.path_info)
    return {"menu": pages_of(menu.HEADER, lang), "footer_pages": pages_of(menu.FOOTER, lang)}

"""The language of a page comes from its address alone: /es/… is Spanish, everything else English."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

SPANISH_PREFIX = "/es/"


def language_of(path: str) -> str:
    return "es" if path.startswith(SPANISH_PREFIX) or path == "/es" else "en"


def twin_path(path: str) -> str:
    """The same fixed address in the other language. Pages with a path of their own name their twin themselves."""
    if language_of(path) == "es":
        # One slash: two would make the rest of a mistyped address another site's name.
        return "/" + path.removeprefix(SPANISH_PREFIX).removeprefix("/es").lstrip("/")
    return SPANISH_PREFIX + path.lstrip("/")


class LanguageOfTheAddress:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

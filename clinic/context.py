"""What every template knows: the practice, its offices, the language, the same place in the other one."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from clinic import lost_logins, snapshot
from clinic.language import language_of, twin_path


def house(request: HttpRequest) -> dict[str, Any]:
    now = snapshot.current()
    lang = language_of(request.path_info)
    return {
        "practice": now.practice,
        "locations": now.locations,
        "lang": lang,
        "other_lang": "en" if lang == "es" else "es",
        "other_url": twin_path(request.path_info),
        # Made only where a form of the staff asks for it.
        "ticket": partial(lost_logins.ticket, request),
    }

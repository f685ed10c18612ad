"""The browsers in which staff have signed in before, each by an encrypted cookie of its own."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clinic.encryption import Unreadable, decrypt, encrypt

NAME = settings.COOKIE_PREFIX + "known"
PURPOSE = "known browser"
LASTS = 180 * 24 * 60 * 60
# As many as share one computer at a desk.
MOST_ACCOUNTS = 12


def knows(request: HttpRequest, username: str) -> bool:
    """Whether this person has signed in here. It opens no door; it only counts wrong tries apart."""
    return username.casefold() in _accounts(request)


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    others = [name for name in _accounts(request) if name != username.casefold()]
    accounts = [username.casefold(), *others][:MOST_ACCOUNTS]
    response.set_cookie(
        NAME,
        encrypt(json.dumps(accounts), purpose=PURPOSE),
        max_age=LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _accounts(request: HttpRequest) -> list[str]:
    try:
        accounts: list[str] = json.loads(
            decrypt(request.COOKIES.get(NAME, ""), purpose=PURPOSE, max_age=LASTS)
        )
    except (Unreadable, ValueError):
        return []
    return accounts

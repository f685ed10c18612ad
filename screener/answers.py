"""The visitor's answers, in one encrypted cookie of their own browser; the only place that knows its name."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clinic.encryption import Unreadable, decrypt, encrypt
from screener.flow import Answer, Kept, replay
from screener.rules import RULES_VERSION

LASTS = 24 * 60 * 60
LONGEST = 4096
PURPOSE = "answers cookie"


def _name() -> str:
    return f"{settings.COOKIE_PREFIX}check"


def load(request: HttpRequest) -> Kept | None:
    """The answers on the path; None without a cookie that is ours, whole, fresh and of these rules."""
    token = request.COOKIES.get(_name(), "")
    if not token or len(token) > LONGEST:
        return None
    try:
        kept = json.loads(zlib.decompress(b64decode(decrypt(token, purpose=PURPOSE, max_age=LASTS))))
    except (Unreadable, ValueError, zlib.error):
        return None
    match kept:
        case {"rules": version, "answers": dict(given)} if version == RULES_VERSION:
            return replay(given).answers
    return None


def save(response: HttpResponse, answers: Mapping[str, Answer]) -> None:
    """Puts the answers into the response's cookie, for 24 hours from now."""
    kept = {"rules": RULES_VERSION, "answers": dict(answers)}
    packed = zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), level=9)
    response.set_cookie(
        _name(),
        encrypt(b64encode(packed).decode(), purpose=PURPOSE),
        max_age=LASTS,
        path="/",
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def clear(response: HttpResponse) -> None:
    """Tells the browser to forget the answers."""
    # The same attributes as in `save`: a cookie with the __Host- prefix is only replaced by its like.
    response.set_cookie(
        _name(), "", max_age=0, path="/", secure=settings.SECURE, httponly=True, samesite="Lax"
    )

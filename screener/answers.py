"""The visitor's answers, in one encrypted cookie of their own browser; the only place that knows its name."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clinic.encryption import Unreadable, decrypt, encrypt
from screener.flow import Answer, Kept, replay
from screener.questions import BY_KEY
from screener.rules import RULES_VERSION

LASTS = 24 * 60 * 60
LONGEST = 4096
PURPOSE = "answers cookie"
Ticked = Mapping[str, tuple[str, ...]]


def _name() -> str:
    return f"{settings.COOKIE_PREFIX}check"


class Lost(StrEnum):
    """Why answers that a visitor had given are no longer there."""

    GONE = "gone"
    RULES_CHANGED = "rules"


@dataclass(frozen=True)
class Cookie:
    """`answers`: those on the path; None without a cookie that is ours, whole, fresh and of these rules.
    `ticked`: what was ticked on one step and not sent, when the language was changed; it answers nothing.
    """

    answers: Kept | None = None
    lost: Lost | None = None
    ticked: Ticked = field(default_factory=dict)


def load(request: HttpRequest) -> Kept | None:
    return read(request).answers


def read(request: HttpRequest) -> Cookie:
    token = request.COOKIES.get(_name(), "")
    if not token:
        return Cookie()
    if len(token) > LONGEST:
        return Cookie(lost=Lost.GONE)
    try:
        kept = json.loads(zlib.decompress(b64decode(decrypt(token, purpose=PURPOSE, max_age=LASTS))))
    except (Unreadable, ValueError, zlib.error):
        return Cookie(lost=Lost.GONE)
    match kept:
        case {"rules": version, "lost": str(lost)} if version == RULES_VERSION and lost in list(Lost):
            return Cookie(lost=Lost(lost))
        case {"rules": version, "answers": dict(given)} if version == RULES_VERSION:
            return Cookie(answers=replay(given).answers, ticked=_known(kept.get("ticked")))
        case {"rules": str()}:
            return Cookie(lost=Lost.RULES_CHANGED)
    return Cookie(lost=Lost.GONE)


def _known(ticked: object) -> dict[str, tuple[str, ...]]:
    """Whatever of this is a value of its question."""
    if not isinstance(ticked, Mapping):
        return {}
    return {
        key: tuple(value for value in BY_KEY[key].values if value in values)
        for key, values in ticked.items()
        if key in BY_KEY and isinstance(values, list | tuple)
    }


def save(response: HttpResponse, answers: Mapping[str, Answer], *, ticked: Ticked | None = None) -> None:
    """Puts the answers into the response's cookie, for 24 hours from now; what was only ticked, until the next save."""
    kept = {"rules": RULES_VERSION, "answers": dict(answers)}
    _put(response, kept | ({"ticked": _known(ticked)} if ticked else {}))


def save_loss(response: HttpResponse, lost: Lost) -> None:
    """Remembers in place of answers why there are none, until the first new one is saved."""
    _put(response, {"rules": RULES_VERSION, "lost": lost})


def _put(response: HttpResponse, kept: Mapping[str, object]) -> None:
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

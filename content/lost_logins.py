"""Keeps what was typed by somebody whose sign-in ran out, in their own browser's session, until they are back."""

import json
from collections.abc import Mapping

from django.http import HttpRequest

from clinic.encryption import Unreadable, decrypt, encrypt

PURPOSE = "typed by staff"
TICKET = "ticket"
WEEK = 60 * 60 * 24 * 7


def ticket(request: HttpRequest) -> str:
    """Stands in every form of the editors: proves later that the form was shown to this person."""
    return encrypt(f"{request.user.pk} {request.path}", purpose=PURPOSE)


def keep(request: HttpRequest) -> bool:
    """Keeps a POST that came without a sign-in. Strangers hold no ticket, so they cannot fill the database."""
    owner = _owner(request)
    if owner is None:
        return False
    typed = {name: words for name, words in request.POST.items() if name != "csrfmiddlewaretoken"}
    request.session[_name(request)] = encrypt(json.dumps({"owner": owner, "typed": typed}), purpose=PURPOSE)
    return True


def take(request: HttpRequest) -> Mapping[str, str]:
    """What the person who is signed in now had typed on this page; it is handed out once."""
    kept = request.session.get(_name(request))
    if not kept:
        return {}
    try:
        found = json.loads(decrypt(kept, purpose=PURPOSE))
    except (Unreadable, ValueError):
        del request.session[_name(request)]
        return {}
    if found["owner"] != str(request.user.pk):
        return {}
    del request.session[_name(request)]
    return {name: str(words) for name, words in found["typed"].items()}


def _owner(request: HttpRequest) -> str | None:
    try:
        owner, _space, path = decrypt(request.POST.get(TICKET, ""), purpose=PURPOSE, max_age=WEEK).partition(
            " "
        )
    except Unreadable:
        return None
    return owner if path == request.path else None


def _name(request: HttpRequest) -> str:
    return f"typed {request.path}"

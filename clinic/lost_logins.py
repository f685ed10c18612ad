"""Keeps what staff typed when their sign-in ran out, in their own browser's session, until they are back."""

import json
import re

from django.http import HttpRequest, QueryDict

from clinic import limits
from clinic.encryption import Unreadable, decrypt, encrypt

TICKET = "ticket"
TICKETS, KEPT = "ticket of a form", "typed by staff"
WEEK = 60 * 60 * 24 * 7
KEPT_PER_HOUR = 60
# Of the page that was open, or a secret; the page they come back to has its own.
NOT_TYPED = frozenset({TICKET, "csrfmiddlewaretoken", "version", "other_version", "begun", "key"})


def ticket(request: HttpRequest) -> str:
    """Stands in every form of the staff: proves later that the form was shown to this person."""
    if not request.user.is_authenticated:
        return ""
    return encrypt(f"{request.user.pk} {_about(request.path)}", purpose=TICKETS)


def keep(request: HttpRequest, *, page: str) -> None:
    """Keeps a POST that came without a sign-in, to be found again on `page`.

    Strangers hold no ticket, so they cannot fill the database; who once had one does not get far.
    """
    owner, typed = _owner(request), {name: values for name, values in request.POST.lists() if _is_typed(name)}
    if not owner or not any(any(values) for values in typed.values()):
        return
    if limits.take(bucket=f"typed by {owner}", capacity=KEPT_PER_HOUR, per_seconds=3600):
        text = json.dumps({"owner": owner, "typed": typed}, ensure_ascii=False)
        request.session[_name(page)] = encrypt(text, purpose=KEPT)


def take(request: HttpRequest) -> QueryDict:
    """What the person who is signed in now had typed on this page; it is handed out once, and only to them."""
    typed = QueryDict(mutable=True)
    if request.method != "GET":
        return typed
    try:
        found = json.loads(decrypt(request.session.pop(_name(request.path), ""), purpose=KEPT))
    except (Unreadable, ValueError):
        return typed
    if found["owner"] == str(request.user.pk):
        for name, values in found["typed"].items():
            typed.setlist(name, values)
    return typed


def _owner(request: HttpRequest) -> str:
    try:
        read = decrypt(request.POST.get(TICKET, ""), purpose=TICKETS, max_age=WEEK)
    except Unreadable:
        return ""
    owner, _space, about = read.partition(" ")
    return owner if about == _about(request.path) else ""


def _about(address: str) -> str:
    """What a form is about: everything below one number belongs together, since one page has many buttons."""
    return re.sub(r"(/\d+/).*", r"\1", address, count=1, flags=re.DOTALL)


def _is_typed(name: str) -> bool:
    return name not in NOT_TYPED and "password" not in name


def _name(page: str) -> str:
    return f"typed {page}"

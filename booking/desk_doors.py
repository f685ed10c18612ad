"""The door of the desk's pages: for the desk alone, stored nowhere, and nothing typed is lost when a login runs out."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.encryption import Unreadable, decrypt, encrypt
from clinic.limits import client_address, take
from clinic.privacy import no_store
from clinic.staff import front_desk_only

View = Callable[..., HttpResponse]
Typed = Mapping[str, list[str]]

KEPT = "typed at the desk"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "other_version", "begun"})
MOST_CHARACTERS = 20_000
KEPT_PER_HOUR = 60


def desk_page(*methods: str, on_the_request_page: bool = False) -> Callable[[View], View]:
    """Whoever must sign in first finds what they typed again: on the same page, or on the request's page where this
    one only takes what is sent from there.
    """

    def decorated(view: View) -> View:
        guarded = front_desk_only(require_http_methods(methods)(view))

        @no_store
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated or request.method != "POST":
                return guarded(request, *args, **kwargs)
            path = request.path
            if on_the_request_page:
                path = reverse("desk:request", args=[kwargs["pk"]])
            _keep(request, path)
            return redirect_to_login(path)

        return page

    return decorated


def _keep(request: HttpRequest, path: str) -> None:
    """In the session, encrypted; a stranger cannot fill our tables with it."""
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED and any(values)}
    text = json.dumps({"path": path, "fields": fields})
    if not fields or len(text) > MOST_CHARACTERS:
        return
    if take(bucket=f"kept {client_address(request)}", capacity=KEPT_PER_HOUR, per_seconds=3600):
        request.session[KEPT] = encrypt(text, purpose=KEPT)


def give_back(request: HttpRequest) -> Typed:
    """What was typed on this page before the login ran out, once; {} when nothing was."""
    try:
        kept = json.loads(decrypt(request.session.get(KEPT, ""), purpose=KEPT))
    except (Unreadable, ValueError):
        return {}
    if kept["path"] != request.path or request.method != "GET":
        return {}
    del request.session[KEPT]
    fields: Typed = kept["fields"]
    return fields

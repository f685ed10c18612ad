"""The door of the desk's pages: for the desk alone, stored nowhere, and nothing typed is lost when a login runs out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from booking.models import ConsultationRequest
from booking.typed_kept import kept_when_gone
from clinic import lost_logins
from clinic.privacy import no_store
from clinic.staff import front_desk_only

View = Callable[..., HttpResponse]
WORDS = ("note", "text")


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
                try:
                    return guarded(request, *args, **kwargs)
                except ConsultationRequest.DoesNotExist:
                    # It was there a moment ago: somebody erased it meanwhile.
                    return _gone(request)
            path = request.path
            if on_the_request_page:
                path = reverse("desk:request", args=[kwargs["pk"]])
            lost_logins.keep(request, page=path)
            return redirect_to_login(path)

        return page

    return decorated


def _gone(request: HttpRequest) -> HttpResponse:
    typed = next(filter(None, map(request.POST.get, WORDS)), "")
    if not typed:
        raise Http404
    return kept_when_gone(request, typed)

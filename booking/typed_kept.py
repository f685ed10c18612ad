"""What somebody at the desk typed about a request that is no longer there is shown to them again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def kept_when_gone(request: HttpRequest, typed: str) -> HttpResponse:
    """The request was erased while somebody wrote about it."""
    return render(request, "desk/typed_kept.html", {"typed": typed}, status=404)

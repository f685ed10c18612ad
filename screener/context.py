"""Tells every template whether the check may be offered."""

from django.http import HttpRequest

from screener import gate


def check(request: HttpRequest) -> dict[str, bool]:
    return {"screener_on": gate.is_open()}

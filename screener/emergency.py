"""Finds an emergency sign in whatever was posted, however broken, before anything else is asked of the request."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from screener.questions import EMERGENCY_SIGNS

BEGINNING = "e_"
IN_FORM = re.compile(rb"(?:^|&)emerg=(?:e|%65)(?:_|%5[Ff])")
IN_PARTS = re.compile(rb'name="?emerg"?[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\ne_')


@dataclass(frozen=True)
class Posted:
    """`alarm`: some emerg value begins with e_, known to us or not. `signs`: those we know, in table order."""

    alarm: bool
    signs: tuple[str, ...] = ()
    readable: bool = True


def look(request: HttpRequest) -> Posted:
    """Never raises, and never reads more than DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""
    raw, whole = _beginning_of(request)
    try:
        values = request.POST.getlist("emerg") if whole else []
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        values, whole = [], False
    signs = tuple(sign for sign in EMERGENCY_SIGNS if sign in values)
    in_values = any(value.strip().startswith(BEGINNING) for value in values)
    alarm = in_values or bool(IN_FORM.search(raw) or IN_PARTS.search(raw))
    return Posted(alarm=alarm, signs=signs, readable=whole)


def _beginning_of(request: HttpRequest) -> tuple[bytes, bool]:
    """The body, and whether that was all of it."""
    try:
        return request.body, True
    except RequestDataTooBig:
        return _read(request), False
    except UnreadablePostError:
        return b"", False


def _read(request: HttpRequest) -> bytes:
    try:
        return request.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    except OSError:
        return b""

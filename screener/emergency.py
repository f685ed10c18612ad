"""Finds an emergency sign in whatever was posted, however broken, before anything else is asked of the request."""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from screener.questions import EMERGENCY_SIGNS

BEGINNING = "e_"
# A form that Django does not take is searched as bytes, so far; and in one pass, however it was made.
MOST_BYTES = 4 * 1024 * 1024
FIELD, VALUE = ("".join(f"(?:{mark}|%{ord(mark):02x})" for mark in text) for text in ("emerg", BEGINNING))
IN_FORM = re.compile(rf"(?:^|&){FIELD}=\+?{VALUE}".encode(), re.IGNORECASE)
EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
IN_HEAD_OF_PART = re.compile(rb'name="?emerg\b')


@dataclass(frozen=True)
class Posted:
    """`alarm`: some emerg value begins with e_, known to us or not. `signs`: those we know, in table order."""

    alarm: bool
    signs: tuple[str, ...] = ()
    readable: bool = True


def look(request: HttpRequest) -> Posted:
    """Never raises, and never reads more than MOST_BYTES."""
    raw, whole = _beginning_of(request)
    try:
        values = request.POST.getlist("emerg") if whole else []
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        values, whole = [], False
    signs = tuple(sign for sign in EMERGENCY_SIGNS if sign in values)
    in_values = any(value.strip().startswith(BEGINNING) for value in values)
    alarm = in_values or bool(IN_FORM.search(raw)) or _is_in_parts(raw)
    return Posted(alarm=alarm, signs=signs, readable=whole)


def _is_in_parts(raw: bytes) -> bool:
    """Whether some part of a multipart form is named emerg and holds a value that begins with e_."""
    blocks = EMPTY_LINE.split(raw)
    return any(
        value.startswith(BEGINNING.encode()) and IN_HEAD_OF_PART.search(head)
        for head, value in pairwise(blocks)
    )


def _beginning_of(request: HttpRequest) -> tuple[bytes, bool]:
    """The body, and whether that was all of it and Django reads it too."""
    if request.META.get("wsgi.input_terminated") and "Transfer-Encoding" in request.headers:
        # Sent in chunks, without a length: for Django there is nothing to read.
        return request.META["wsgi.input"].read(MOST_BYTES), False
    try:
        return request.body, True
    except RequestDataTooBig:
        return _read(request), False
    except UnreadablePostError:
        return b"", False


def _read(request: HttpRequest) -> bytes:
    try:
        return request.read(MOST_BYTES)
    except OSError:
        return b""

"""Finished pages as compressed bytes, wrapped around the WSGI application: Django is not asked twice."""

import gzip
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import brotli

from clinic import snapshot

FINISHED = "X-Finished-Page"
Headers = list[tuple[str, str]]
Key = tuple[str, bool, str]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# Far more than the pages we have, so that nothing can fill the memory.
MOST_PAGES = 2000
ACCEPTS_NONE = re.compile(r"(br|gzip)\s*;\s*q=0(\.0*)?\s*(,|$)")


@dataclass(frozen=True)
class Finished:
    """One page in three encodings, with its headers and its ETag."""

    version: str
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    etag: str


def finish(version: str, headers: Headers, body: bytes) -> Finished:
    kept = tuple(
        (name, value)
        for name, value in headers
        if name.lower() not in ("content-length", "vary", FINISHED.lower(), "etag")
    )
    return Finished(
        version=version,
        headers=(*kept, ("Vary", "Accept-Encoding")),
        bodies={"br": brotli.compress(body), "gzip": gzip.compress(body, 9, mtime=0), "": body},
        etag=sha256(body).hexdigest()[:20],
    )


class FinishedPages:
    """Answers GET and HEAD of finished pages from memory; everything else goes to the application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.pages: dict[Key, Finished] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method, key = environ["REQUEST_METHOD"], _key(environ)
        asks_for_a_page = method in ("GET", "HEAD") and not environ.get("QUERY_STRING")
        page = self.pages.get(key) if asks_for_a_page else None
        if page is not None and page.version == snapshot.current().version:
            return _answer(page, environ, start_response)
        if method == "HEAD":
            return self._ask_for_headers(environ, start_response)
        if not asks_for_a_page:
            return self.application(environ, start_response)
        return self._ask(key, environ, start_response)

    def _ask_for_headers(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Of a page that is not here yet; Django makes a body all the same, and HTTP allows none."""

        def without_our_mark(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(status, [each for each in headers if each[0] != FINISHED])

        _close(self.application(environ, without_our_mark))
        return []

    def _ask(self, key: Key, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen: dict[str, Any] = {}

        def remember(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
            seen.update(status=status, headers=headers)
            return lambda _data: None

        chunks = self.application(environ, remember)
        version = dict(seen["headers"]).get(FINISHED)
        if version is None:
            start_response(seen["status"], seen["headers"])
            return chunks
        page = finish(version, seen["headers"], b"".join(chunks))
        _close(chunks)
        if key in self.pages or len(self.pages) < MOST_PAGES:
            self.pages[key] = page
        return _answer(page, environ, start_response)


def _key(environ: dict[str, Any]) -> Key:
    """Host and scheme belong to the key: Django must refuse a strange host and redirect plain HTTP itself."""
    given = environ.get("HTTP_HOST", "").lower()
    host, _colon, port = given.rpartition(":")
    # As Django reads it: of a chain of proxies the first one's word.
    forwarded = environ.get("HTTP_X_FORWARDED_PROTO", "").split(",")[0].strip()
    secure = "https" in (environ.get("wsgi.url_scheme"), forwarded)
    return host if port.isdecimal() else given, secure, environ.get("PATH_INFO", "")


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close:
        close()


def _encoding(environ: dict[str, Any]) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if ";" in accepted and ACCEPTS_NONE.search(accepted):
        return ""
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _answer(page: Finished, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    encoding = _encoding(environ)
    etag = f'"{page.etag}{encoding}"'
    headers = [*page.headers, ("ETag", etag)]
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", headers)
        return []
    body = page.bodies[encoding]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

"""Finished pages are answered from memory, in every encoding, until something they show has changed."""

import gzip
from collections.abc import Iterable, Iterator
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from clinic import snapshot
from clinic.practice import Practice
from content.store import FINISHED, FinishedPages


class Site:
    """A browser against the store, which counts how often Django is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.django = WSGIHandler()
        self.store = FinishedPages(self.behind)

    def behind(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ = {**RequestFactory().generic(method, path).environ, **headers}
        seen: dict[str, Any] = {}

        def start_response(status: str, sent: list[tuple[str, str]], exc_info: Any = None) -> None:
            seen.update(status=status, headers=dict(sent))

        body = b"".join(self.store(environ, start_response))
        return seen["status"], seen["headers"], body


@pytest.fixture
def site() -> Iterator[Site]:
    # A server closes old connections around each request; the test's own must stay.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Site()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_second_reader_is_answered_without_django(site: Site) -> None:
    first = site.get("/cost/")
    second = site.get("/cost/")

    assert site.asked == 1
    assert first == second
    assert b"(512) 555-0100" in first[2]
    assert FINISHED not in first[1]
    assert "default-src 'self'" in second[1]["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("accept", "encoding", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("", "", bytes),
        ("br;q=0, gzip;q=0", "", bytes),
    ],
)
def test_every_browser_gets_an_encoding_it_reads(site: Site, accept: str, encoding: str, unpack: Any) -> None:
    status, headers, body = site.get("/cost/", HTTP_ACCEPT_ENCODING=accept)

    assert status.startswith("200")
    assert headers.get("Content-Encoding", "") == encoding
    assert headers["Vary"] == "Accept-Encoding"
    assert int(headers["Content-Length"]) == len(body)
    assert b"<h1" in unpack(body)


def test_a_browser_that_has_the_page_is_told_so(site: Site) -> None:
    etag = site.get("/cost/")[1]["ETag"]

    status, _headers, body = site.get("/cost/", HTTP_IF_NONE_MATCH=etag)

    assert status.startswith("304")
    assert body == b""


def test_head_has_the_headers_and_no_body(site: Site) -> None:
    site.get("/cost/")

    status, headers, body = site.get("/cost/", method="HEAD")

    assert status.startswith("200")
    assert int(headers["Content-Length"]) > 1000
    assert body == b""


@pytest.mark.parametrize("path", ["/cost/", "/cost/?from=mail", "/book/", "/nowhere/"])
def test_head_of_what_is_not_stored_has_no_body_either_and_no_mark_of_ours(site: Site, path: str) -> None:
    status, headers, body = site.get(path, method="HEAD")

    asked = site.get(path)
    assert (status, body) == (asked[0], b"")
    assert FINISHED not in headers


@pytest.mark.django_db
def test_a_changed_phone_number_shows_at_the_next_request(site: Site, practice: Practice) -> None:
    site.get("/cost/")
    practice.phone = "+15125550166"
    practice.save()
    snapshot.refresh()

    assert b"(512) 555-0166" in site.get("/cost/")[2]
    assert site.asked == 2


@pytest.mark.parametrize("path", ["/check/emerg/", "/book/", "/staff/sign-in/", "/nothing/", "/healthz"])
@pytest.mark.django_db
def test_what_is_personal_or_wrong_is_never_stored(site: Site, path: str) -> None:
    site.get(path)
    site.get(path)

    assert site.asked == 2
    assert site.store.pages == {}


def test_a_query_string_goes_past_the_store(site: Site) -> None:
    site.get("/cost/", QUERY_STRING="x=1")
    site.get("/cost/", QUERY_STRING="x=1")

    assert site.asked == 2


def test_a_strange_host_is_refused_even_when_the_page_is_stored(site: Site) -> None:
    site.get("/cost/")

    status, _headers, _body = site.get("/cost/", HTTP_HOST="evil.example.com")

    assert status.startswith("400")


def test_one_page_is_kept_once_however_its_host_is_written(site: Site) -> None:
    for host in ("localhost", "LocalHost", "localhost:1", "localhost:2"):
        site.get("/cost/", HTTP_HOST=host)

    assert site.asked == 1


def test_what_proxies_say_of_https_is_read_as_django_reads_it(site: Site) -> None:
    site.get("/cost/", HTTP_X_FORWARDED_PROTO="https")
    site.get("/cost/", HTTP_X_FORWARDED_PROTO="https, http")
    site.get("/cost/", HTTP_X_FORWARDED_PROTO="http, https")

    assert [secure for _host, secure, _path in site.store.pages] == [True, False]

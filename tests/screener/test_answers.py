"""The answers' cookie: whole and fresh or not believed, small, and closed to scripts and to other sites."""

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping
from http.cookies import Morsel
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from clinic.encryption import encrypt
from screener import answers
from screener.questions import QUESTIONS
from screener.rules import RULES_VERSION
from tests.screener.patients import TYPICAL, patient, walk_through


def saved(given: Mapping[str, Any]) -> "Morsel[str]":
    response = HttpResponse()
    answers.save(response, given)
    return next(iter(response.cookies.values()))


def request_with(token: str, name: str = "check") -> HttpRequest:
    request = HttpRequest()
    request.COOKIES = {name: token}
    return request


def packed(data: object) -> str:
    return encrypt(b64encode(zlib.compress(json.dumps(data).encode())).decode(), purpose=answers.PURPOSE)


def test_what_was_saved_is_loaded_again() -> None:
    loaded = answers.load(request_with(saved(TYPICAL).value))

    assert loaded
    assert loaded["age"] == "50_plus"
    assert loaded["worse"] == ("stand", "walk")


def test_no_cookie_is_none_but_a_walk_without_answers_is_a_mapping() -> None:
    assert answers.load(HttpRequest()) is None
    assert answers.load(request_with(saved({}).value)) == {}


def test_cookie_is_closed_to_scripts_and_lasts_a_day(settings: Settings) -> None:
    plain = saved(TYPICAL)
    settings.SECURE, settings.COOKIE_PREFIX = True, "__Host-"
    secure = saved(TYPICAL)

    assert (plain.key, secure.key) == ("check", "__Host-check")
    assert plain["httponly"]
    assert plain["samesite"] == "Lax"
    assert plain["path"] == "/"
    assert plain["max-age"] == 24 * 60 * 60
    assert not plain["secure"]
    assert secure["secure"]
    assert not secure["domain"]


def test_cookie_tells_nothing_to_who_reads_it() -> None:
    assert "50_plus" not in saved(TYPICAL).value


def test_largest_cookie_stays_under_two_kilobytes() -> None:
    everything: dict[str, Any] = {
        question.key: list(question.values) if question.kind == "many" else max(question.values, key=len)
        for question in QUESTIONS
    }

    response = HttpResponse()
    answers.save(response, everything, ticked={key: tuple(given) for key, given in everything.items()})

    assert len(saved(everything).value) < 2048
    assert len(response.cookies["check"].value) < 2048


def test_day_old_cookie_is_forgotten() -> None:
    with time_machine.travel("2026-11-20 08:00:00Z", tick=False):
        token = saved(TYPICAL).value
    with time_machine.travel("2026-11-21 07:59:00Z", tick=False):
        assert answers.load(request_with(token)) is not None
    with time_machine.travel("2026-11-21 08:01:00Z", tick=False):
        assert answers.load(request_with(token)) is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "é" * 20,
        "A" * 100_000,
        saved(TYPICAL).value[:-4] + "AAAA",
        encrypt("not packed", purpose=answers.PURPOSE),
        encrypt(b64encode(b"not compressed").decode(), purpose=answers.PURPOSE),
        packed({"rules": "2025.9", "answers": TYPICAL}),
        packed({"answers": TYPICAL}),
    ],
    ids=range(9),
)
def test_tampered_or_foreign_cookie_counts_as_none(token: str) -> None:
    assert answers.load(request_with(token)) is None


@pytest.mark.parametrize(
    "data", [[], 1, None, {"rules": RULES_VERSION}, {"rules": RULES_VERSION, "answers": [1]}], ids=str
)
def test_cookie_of_another_shape_counts_as_none(data: object) -> None:
    assert answers.load(request_with(packed(data))) is None


def test_answers_off_the_path_are_not_loaded() -> None:
    loaded = answers.load(request_with(packed({"rules": RULES_VERSION, "answers": patient(scan="none")})))

    assert loaded
    assert "scan_says" not in loaded


def test_visitor_with_a_broken_cookie_starts_again_without_an_error(client: Client) -> None:
    walk_through(client, TYPICAL)
    client.cookies["check"] = "broken"

    assert client.get("/check/result/")["Location"] == "/check/emerg/"
    assert client.get("/check/").status_code == 200
    assert client.post("/check/emerg/", {"emerg": "none"})["Location"] == "/check/today/?kept=1"


def test_clearing_replaces_the_cookie_by_nothing() -> None:
    response = HttpResponse()

    answers.clear(response)

    cookie = response.cookies["check"]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("", 0, "/")

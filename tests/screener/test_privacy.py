"""Answers stay in the visitor's own browser: marked ones are walked through the whole site and then searched for."""

import json
import logging
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from clinic.encryption import encrypt
from clinic.logs import PlainFormatter
from clinic.practice import Practice
from screener import answers as cookie
from screener import words
from tests.booking.conftest import Typed, hidden
from tests.screener import reference
from tests.screener.patients import patient, post_step, walk_through
from tests.screener.space import Answers, possible
from tests.screener.test_walk import title_of

# One of each kind of path. Its answers are the marks: codes that stand nowhere else in the site's data.
PATHS: dict[str, Answers] = {
    "an emergency": {"emerg": ["e_saddle", "e_bladder"]},
    "a doubt about an emergency": {"emerg": ["not_sure"]},
    "a warning sign": patient(today=["t_weight", "t_infect"]),
    "a child": patient(age="under_18"),
    "somewhere else": patient(where=["none"]),
    "not fit": patient(told=["disc_main", "unstable"], relief=["stand_still"]),
    "not now": patient(care="helped", before=["bladder_old", "prone"], age="18_49"),
    "no scan": patient(scan="cannot", scan_says=None, dur="under_3m"),
    "a review": patient(told=["disc_bulge"], weaker="yes", before=["thinner", "bladder_old"], who="other"),
    "an option": patient(where=["leg_both", "buttock"], dur="over_6m", care="not_enough"),
}
ELSEWHERE = (
    "/",
    "/emergency/",
    "/search/?q=walk",
    "/sources/",
    "/mild/risks/",
    "/healthz",
    "/staff/sign-in/",
    "/nowhere/",
)
MARKS = tuple(
    value
    for key, values in reference.VALUES.items()
    if key not in ("who", "feel", *reference.BESIDE)
    for value in values
    if "_" in value and value not in ("not_sure",)
)


class Seen:
    """Everything that the site sent and wrote while somebody walked."""

    def __init__(self) -> None:
        self.client = Client()
        self.responses: list[Any] = []
        self.requested: list[str] = []

    def get(self, path: str) -> Any:
        return self._note(path, self.client.get(path))

    def post(self, path: str, data: Any) -> Any:
        return self._note(path, self.client.post(path, data))

    def _note(self, path: str, response: Any) -> Any:
        self.requested.append(path)
        self.responses.append(response)
        return response

    def addresses(self) -> list[str]:
        return [*self.requested, *(each.get("Location", "") for each in self.responses)]

    def headers(self) -> list[str]:
        """Of every answer, its cookies included; as a proxy between us and the visitor would read them."""
        return [
            f"{name}: {value}"
            for each in self.responses
            for name, value in (
                *each.headers.items(),
                *((one, two.OutputString()) for one, two in each.cookies.items()),
            )
        ]


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Every line that any logger writes at its most talkative, in the formatter of the real site."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PlainFormatter())
    loggers = [
        logging.getLogger(name) for name in ("", "django", "django.request", "django.db.backends", "clinic")
    ]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)
    yield written
    for logger, level in before:
        logger.setLevel(level)
        logger.removeHandler(handler)


def walk(seen: Seen, answers: Answers, prefix: str = "/check/") -> None:
    """The check with all its pages: each step is opened, posted, then everything is looked at again."""
    seen.get(prefix)
    seen.post(prefix, {"who": answers.get("who", "self")})
    for name in reference.walk(answers).path:
        seen.get(f"{prefix}{name}/")
        keys = reference.STEPS[name]
        seen.post(f"{prefix}{name}/", {key: answers[key] for key in keys if key in answers})
    for page in ("answers/", "result/", "emerg/?change=1", "relief/?change=1", "before/"):
        seen.get(f"{prefix}{page}")
    seen.get(f"/es{prefix}result/" if prefix == "/check/" else "/check/result/")


def book(seen: Seen, typed: Typed, *, sharing: bool) -> None:
    ticks = {"share_answers": "on", "mark_urgency": "on"} if sharing else {}
    seen.get("/book/")
    review = seen.post("/book/", {**typed, "email": "rosa@example.com", "contact_by": "email", **ticks})
    assert review.status_code == 200
    assert seen.post("/book/send/", {"request": hidden(review, "request")}).status_code == 303
    seen.get("/book/sent/")


def rows_of_every_table() -> dict[str, str]:
    """The database as a thief would read it."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            read = [
                [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
                for row in cursor.fetchall()
            ]
            rows[table] = repr(read)
    return rows


def found_in(text: str, marks: tuple[str, ...]) -> list[str]:
    return [mark for mark in marks if mark in text]


def spoken(answers: Answers) -> tuple[str, ...]:
    """The marks of one person: codes, and the words of the ticked options in both languages."""
    said = tuple(
        words.of(lang).questions[key].options[value].text.to(who)
        for lang in words.LANGUAGES
        for who in ("self", "other")
        for key in ("emerg", "today", "told", "before")
        for value in reference.as_set(answers.get(key, ()))
        if value not in ("none", "not_sure")
    )
    return (*MARKS, *said)


@pytest.mark.parametrize("sharing", [False, True], ids=["kept", "shared"])
@pytest.mark.parametrize("path", PATHS)
def test_invariant_13_answers_are_found_nowhere_but_in_the_visitors_browser(
    path: str, sharing: bool, practice: Practice, typed: Typed, logged: StringIO
) -> None:
    seen, marks = Seen(), spoken(PATHS[path])

    with CaptureQueriesContext(connection) as queries:
        walk(seen, PATHS[path], "/es/check/" if sharing else "/check/")
        book(seen, typed, sharing=sharing)
        call_command("send_messages", verbosity=0)
        elsewhere = [seen.get(page) for page in ELSEWHERE]
    seen.post("/check/clear/", {})

    assert all(response.status_code < 500 for response in seen.responses)
    for name, rows in rows_of_every_table().items():
        assert found_in(rows, marks) == [], name
    assert found_in(repr([query["sql"] for query in queries.captured_queries]), marks) == []
    assert "/check/" in "".join(seen.addresses())
    assert found_in(logged.getvalue(), marks) == []
    assert [each for each in seen.addresses() if found_in(each, (*marks, *reference.OUTCOMES))] == []
    assert [each for each in seen.headers() if found_in(each, (*marks, *reference.OUTCOMES))] == []
    titles = [title_of(each) for each in seen.responses if b"<title>" in each.content]
    assert found_in("".join(titles), (*marks, *reference.OUTCOMES)) == []
    sent: list[Message] = [each.message() for each in mail.outbox]
    assert sent
    assert found_in("".join(part.as_string() for each in sent for part in each.walk()), marks) == []
    assert found_in("".join(f"{each.subject}{each.body}" for each in mail.outbox), marks) == []
    for cache in caches.all():
        assert found_in(repr(vars(cache)), marks) == []
    for page in elsewhere:
        assert found_in(page.content.decode(), MARKS) == []
        assert "data-outcome" not in page.content.decode()


def test_mark_that_is_put_into_a_log_or_the_database_would_be_found(
    practice: Practice, logged: StringIO
) -> None:
    logging.getLogger("clinic").debug("chose %s", "e_saddle")
    practice.name = "t_weight"
    practice.save()

    assert found_in(logged.getvalue(), MARKS) == ["e_saddle"]
    assert found_in(repr(rows_of_every_table()), MARKS) == ["t_weight"]


@pytest.mark.parametrize("path", PATHS)
def test_everything_of_the_check_and_the_booking_is_kept_out_of_caches(
    path: str, practice: Practice, typed: Typed
) -> None:
    seen = Seen()

    walk(seen, PATHS[path])
    book(seen, typed, sharing=True)
    seen.post("/check/clear/", {})
    seen.post("/check/emerg/", {"emerg": ""})

    for address, response in zip(seen.requested, seen.responses, strict=True):
        assert response["Cache-Control"] == "no-store", address
        assert "ETag" not in response


# The cookie


def set_cookies(answers: Answers) -> Any:
    response = HttpResponse()
    cookie.save(response, answers)
    [morsel] = response.cookies.values()
    return morsel


def load(token: str, name: str = "check") -> Any:
    request = HttpRequest()
    request.COOKIES = {name: token}
    return cookie.load(request)


def test_cookie_of_a_real_site_is_closed_to_scripts_other_hosts_and_plain_http(settings: Settings) -> None:
    settings.SECURE, settings.COOKIE_PREFIX = True, "__Host-"

    for answers in PATHS.values():
        text = set_cookies(answers).OutputString()
        assert re.match(r'__Host-check="?[\w=-]+"?; ', text)
        for attribute in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/", f"Max-Age={24 * 60 * 60}"):
            assert attribute in text
        assert "Domain" not in text
        assert found_in(text, MARKS) == []


def largest() -> Answers:
    """For each question its longest answer. They never stand on one path together, so no visitor's are longer."""
    return {key: max(possible(key), key=lambda answer: len(repr(answer))) for key in reference.VALUES}


def test_largest_cookie_is_under_two_kilobytes_even_where_nothing_can_be_compressed() -> None:
    kept = json.dumps({"rules": "2026.10", "answers": largest()}, separators=(",", ":"))
    # Deflate stores what it cannot shrink with 5 bytes per block and 6 around all; Base64 makes 4 of 3; Fernet pads
    # to blocks of 16 and adds 57; and Base64 again.
    packed = len(kept) + 5 + 6
    once = 4 * -(-packed // 3)
    bound = 4 * -(-((once // 16 + 1) * 16 + 57) // 3)

    measured = len(set_cookies(largest()).value)

    assert measured <= bound
    assert len("__Host-check=") + bound < 2048


def test_cookie_of_another_purpose_or_with_any_letter_changed_is_no_cookie() -> None:
    token = set_cookies(patient()).value
    inner = b64encode(b"x").decode()

    assert load(token)
    assert load(encrypt(inner)) is None
    assert load(encrypt(inner, purpose="a request under review")) is None
    for place in range(0, len(token) - 1):
        changed = "A" if token[place] != "A" else "B"
        assert load(token[:place] + changed + token[place + 1 :]) is None
    for end in range(0, len(token), 7):
        assert load(token[:end]) is None


def test_cookie_is_no_booking_and_no_booking_is_a_cookie(
    client: Client, practice: Practice, typed: Typed
) -> None:
    walk_through(client, patient())
    token = client.cookies["check"].value
    sealed = hidden(client.post("/book/", typed), "request")

    stolen = client.post("/book/send/", {"request": token})

    assert stolen.status_code == 422
    assert load(sealed) is None


def test_cookie_expires_after_a_day_also_where_the_browser_keeps_it(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=UTC), tick=False) as clock:
        walk_through(client, patient())
        token = client.cookies["check"].value
        clock.shift(timedelta(hours=24, seconds=1))
        client.cookies["check"] = token

        assert client.get("/check/result/")["Location"] == "/check/emerg/"


def test_education_pages_set_no_cookie_and_see_none(client: Client) -> None:
    for step in ("emerg", "today"):
        post_step(client, step, patient())

    for page in ELSEWHERE[:5]:
        assert "check" not in client.get(page).cookies

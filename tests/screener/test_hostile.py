"""Whatever is sent to the check, in whatever order: a clear answer, no result that was not walked to, no emergency lost.

HOSTILE_TIMES=10 tries ten times as much; `make audit` does.
"""

import json
import os
import re
import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.encryption import encrypt
from screener import answers as cookie
from screener import flow
from screener.questions import EMERGENCY_SIGNS
from screener.rules import RULES_VERSION, decide
from tests.screener import reference
from tests.screener.space import TYPICAL, Answers

TIMES = int(os.environ.get("HOSTILE_TIMES", "1"))
FORM = "application/x-www-form-urlencoded"
OUTCOME = re.compile(rb'data-outcome="(\w+)"')


def tries(examples: int) -> settings:
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


KNOWN = sorted({value for values in reference.VALUES.values() for value in values})
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
HEAP = st.dictionaries(
    st.sampled_from(sorted(reference.VALUES)) | st.text(max_size=6),
    st.sampled_from(KNOWN) | st.lists(st.sampled_from(KNOWN), max_size=5) | ANYTHING,
    max_size=24,
)


def fitting(key: str) -> st.SearchStrategy[Any]:
    values = st.sampled_from(reference.VALUES[key])
    return values if key in reference.ONE else st.lists(values, min_size=1, max_size=4, unique=True)


# Nearly a patient: each answer fits its question, and most are there.
PATIENT = st.fixed_dictionaries({}, optional={key: fitting(key) for key in reference.VALUES})
CALM = PATIENT.map(lambda answers: {**TYPICAL, **answers, "emerg": ("none",), "today": ("none",)})


# The pure half: tens of thousands. Each seed makes 25 heaps, which is far quicker than drawing each value.

SEEDS = st.integers(min_value=0, max_value=2**32)
SHAPES: tuple[Any, ...] = (
    None,
    "",
    "gone",
    7,
    1.5,
    True,
    b"none",
    {},
    {"none": 1},
    [],
    [None],
    [["none"]],
    {"none"},
)


def heaps(seed: int) -> Iterator[dict[str, Any]]:
    random = Random(seed)
    for _heap in range(25):
        heap: dict[str, Any] = dict(TYPICAL) if random.random() < 0.5 else {}
        for key in random.sample([*reference.VALUES, "gone", ""], random.randrange(12)):
            heap[key] = thing(random, key)
        yield heap


def thing(random: Random, key: str) -> Any:
    own, kind = reference.VALUES.get(key, KNOWN), random.random()
    if kind < 0.1:
        return random.choice(SHAPES)
    values = own if kind < 0.8 else [*own, *KNOWN]
    if key in reference.ONE and kind < 0.9:
        return random.choice(values)
    return random.sample(values, random.randrange(1, min(5, len(values) + 1)))


@tries(400)
@given(SEEDS)
def test_any_heap_of_answers_is_walked_and_judged_as_the_reference_does(seed: int) -> None:
    for answers in heaps(seed):
        walk, expected = flow.replay(answers), reference.walk(answers)

        assert dict(walk.answers) == expected.answers
        assert (walk.unanswered and walk.unanswered.name) == expected.unanswered
        decision = flow.outcome(answers)
        assert (decision is None) == (expected.unanswered is not None)
        assert decision is None or decision.outcome == reference.judge(expected.answers).outcome


@tries(400)
@given(SEEDS)
def test_a_heap_is_decided_or_refused_with_value_error_and_never_otherwise(seed: int) -> None:
    for answers in heaps(seed):
        with suppress(ValueError):
            assert str(decide(answers).outcome) in reference.OUTCOMES


@tries(400)
@given(HEAP)
def test_answers_of_any_shape_are_walked_and_decided_or_refused(answers: dict[str, Any]) -> None:
    walk = flow.replay(answers)

    assert dict(flow.replay(walk.answers).answers) == dict(walk.answers)
    with suppress(ValueError):
        assert str(decide(answers).outcome) in reference.OUTCOMES


@tries(1000)
@given(
    st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=300)
    | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1"))
)
def test_no_invented_cookie_is_believed(token: str) -> None:
    assert cookie.load(with_cookie(token)) is None


@tries(400)
@given(HEAP | ANYTHING, HEAP | ANYTHING, st.sampled_from([RULES_VERSION, "2025.9", None, 1]))
def test_even_with_our_key_a_cookie_holds_no_more_than_a_walk(
    answers: Any, ticked: Any, version: Any
) -> None:
    try:
        found = cookie.read(with_cookie(sealed({"rules": version, "answers": answers, "ticked": ticked})))
    except (TypeError, ValueError) as error:
        pytest.fail(f"{error!r}")

    loaded = found.answers
    assert all(value in reference.VALUES[key] for key, values in found.ticked.items() for value in values)
    if loaded is not None:
        assert version == RULES_VERSION
        assert dict(loaded) == dict(flow.replay(json.loads(json.dumps(answers, default=repr))).answers)


def with_cookie(token: str) -> Any:
    request = HttpRequest()
    request.COOKIES = {"check": token}
    return request


def sealed(data: Any) -> str:
    packed = zlib.compress(json.dumps(data, default=repr).encode())
    return encrypt(b64encode(packed).decode(), purpose=cookie.PURPOSE)


# Through the addresses


STEP_NAMES = st.sampled_from([*reference.STEPS, "visit", "answers", "result", "clear", "who", "EMERG"])
ANY_NAME = STEP_NAMES | st.text(alphabet="abz_-.%/ é\x00", max_size=8)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from([*sorted(reference.VALUES), "unsent"]) | st.text(max_size=4),
        st.sampled_from(KNOWN) | st.text(max_size=8),
    ),
    max_size=6,
)
QUERY = st.sampled_from(["", "?change=1", "?kept=1", "?kept=1&change=1", "?change=e_cold", "?%00=%ff"])
TURN = st.tuples(st.sampled_from(["get", "post", "post", "post", "head", "put"]), ANY_NAME, QUERY, FIELDS)


def looked_at(response: Any) -> None:
    assert response.status_code < 500
    if response.status_code >= 400 and response.content:
        assert b"tel:" in response.content


@tries(150)
@given(st.lists(TURN, min_size=1, max_size=8), st.sampled_from(["/check/", "/es/check/"]))
def test_steps_in_any_order_never_break_and_never_show_an_outcome_that_was_not_walked_to(
    turns: Sequence[Any], prefix: str
) -> None:
    client = Client(raise_request_exception=True)
    for method, name, query, fields in turns:
        body = urlencoded(fields)
        path = f"{prefix}{quoted(name)}/{query}"
        response = client.generic(
            method.upper(), path, body if method in ("post", "put") else "", content_type=FORM
        )

        looked_at(response)
        shown = OUTCOME.search(response.content)
        if shown:
            assert justified(client, shown[1].decode(), name, fields), (turns, shown)


def justified(client: Client, shown: str, name: str, fields: Any) -> bool:
    """Whether the outcome follows from a whole walk: the one in the cookie, or one that these very answers end."""
    if (
        shown == "EMERGENCY"
        and name == "emerg"
        and any(key == "emerg" and value.strip().startswith("e_") for key, value in fields)
    ):
        return True
    kept = cookie.load(with_cookie(client.cookies["check"].value)) if "check" in client.cookies else None
    decision = flow.outcome(kept or {})
    if decision is not None and str(decision.outcome) == shown:
        return True
    posted = as_answers(fields)
    return any(
        reference.ends(key, posted[key]) and reference.judge({key: posted[key]}).outcome == shown
        for key in reference.STEPS.get(name, ())
        if key in posted
    )


def as_answers(fields: Any) -> Answers:
    answers: Answers = {}
    for key, value in fields:
        if key in reference.SEVERAL and value in reference.VALUES[key]:
            answers[key] = (*answers.get(key, ()), value)
        elif key in reference.ONE:
            answers[key] = value
    return answers


KINDS = (
    FORM,
    FORM + "; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "application/json",
    "",
)


def urlencoded(fields: Any) -> bytes:
    return urlencode(fields, errors="replace").encode()


def quoted(name: str) -> str:
    return quote(name, safe="/")


@tries(300)
@given(
    st.sampled_from(list(reference.STEPS)),
    st.binary(max_size=200) | st.from_regex(rb"\A(emerg|today|age)=[a-z_%0-9&=;\x00\xff]{0,40}\Z"),
    st.sampled_from(KINDS),
    st.sampled_from(["", "x", "gAAAAA", "A" * 5000]),
)
def test_any_body_of_any_kind_gets_a_clear_answer(name: str, body: bytes, kind: str, token: str) -> None:
    client = Client(raise_request_exception=True)
    if token:
        client.cookies["check"] = token

    looked_at(client.generic("POST", f"/check/{name}/", body, content_type=kind))


@tries(300)
@given(
    st.sampled_from(EMERGENCY_SIGNS) | st.from_regex(r"\Ae_[a-z]{0,8}\Z"),
    FIELDS,
    FIELDS,
    st.sampled_from(["", "x", "A" * 5000, "ours"]),
    st.sampled_from(["", "?change=1", "?kept=1"]),
    st.sampled_from([{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "x"}]),
    st.sampled_from(["/check/", "/es/check/"]),
    PATIENT,
)
def test_no_emergency_is_lost_whatever_stands_around_the_sign(
    sign: str, before: Any, after: Any, token: str, query: str, headers: Any, prefix: str, kept: Answers
) -> None:
    client = Client(raise_request_exception=True)
    if token:
        client.cookies["check"] = own_cookie(kept) if token == "ours" else token
    body = urlencoded([*before, ("emerg", sign), *after])

    response = client.post(f"{prefix}emerg/{query}", body, content_type=FORM, headers=headers)

    assert response.status_code == 200
    assert b'data-outcome="EMERGENCY"' in response.content
    assert b"tel:911" in response.content


def own_cookie(answers: Answers) -> str:
    response = HttpResponse()
    cookie.save(response, flow.replay(answers).answers)
    value: str = response.cookies["check"].value
    return value


@tries(150)
@given(PATIENT | CALM, st.sampled_from(["result", "answers", "before", "report"]))
def test_deep_link_shows_a_result_only_to_whoever_has_answered_everything(
    answers: Answers, page: str
) -> None:
    client = Client(raise_request_exception=True)
    client.cookies["check"] = own_cookie(answers)
    expected = flow.outcome(flow.replay(answers).answers)

    response = client.get(f"/check/{page}/")

    looked_at(response)
    shown = OUTCOME.search(response.content)
    assert bool(shown) == (page == "result" and expected is not None)
    if shown:
        assert expected is not None
        assert shown[1].decode() == expected.outcome

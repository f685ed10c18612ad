"""What of the symptom check goes along with a request: only what was offered, seen and ticked."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from booking.models import ConsultationRequest
from screener import rules
from tests.booking.conftest import REVIEW_ANSWERS, Typed, hidden, keep_answers, text_of

CALL_TODAY = {"emerg": ["none"], "today": ["t_fever"]}
SOON = REVIEW_ANSWERS | {"weaker": "yes"}


def send(client: Client, page: Any) -> ConsultationRequest:
    response = client.post("/book/send/", {"request": hidden(page, "request")})
    assert response.status_code == 303
    return ConsultationRequest.objects.get()


@pytest.mark.parametrize(
    ("given", "mark", "share"),
    [
        ({}, False, False),
        ({"emerg": ["none"]}, False, False),
        ({"emerg": ["e_chest"]}, False, False),
        (CALL_TODAY, True, False),
        (SOON, True, True),
        (REVIEW_ANSWERS, False, True),
    ],
)
def test_mark_and_answers_are_offered_where_they_make_sense(
    client: Client, given: Typed, mark: bool, share: bool
) -> None:
    keep_answers(client, given)

    html = client.get("/book/").content.decode()

    assert ('name="mark_urgency"' in html) is mark
    assert ('name="share_answers"' in html) is share


def test_exact_text_stands_above_the_tick(client: Client) -> None:
    keep_answers(client, REVIEW_ANSWERS)

    text = text_of(client.get("/book/"))

    assert "Standing" in text
    assert "Blood thinners need a plan" in text
    assert text.index("Blood thinners need a plan") < text.index("Yes, send these answers with my request")


def test_the_text_to_send_is_folded_and_says_how_long_it_is(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    keep_answers(client, REVIEW_ANSWERS)

    for page in (client.get("/book/"), review_of(typed | {"share_answers": "on"})):
        html = page.content.decode()
        folded = re.search(
            r"<summary>Read the exact text \((\d+) lines\)</summary>(.*?)</details>", html, re.S
        )
        assert folded
        assert "Blood thinners need a plan" in folded[2]
        assert folded[2].count("<li>") + folded[2].count("<dt>") == int(folded[1])


def test_nothing_is_sent_along_without_a_tick(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    keep_answers(client, SOON)

    stored = send(client, review_of(typed))

    assert stored.mark == ""
    assert stored.shared is None


def test_ticked_answers_are_frozen_with_their_rules_and_words(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    keep_answers(client, REVIEW_ANSWERS)

    stored = send(client, review_of(typed | {"share_answers": "on"}))

    assert stored.shared is not None
    assert stored.shared["outcome"] == "REVIEW"
    assert stored.shared["rules_version"] == rules.RULES_VERSION
    assert stored.shared["digest"] == rules.digest()
    assert stored.shared["answers"]["before"] == ["thinner"]
    assert "Blood thinners" in stored.shared["text"]["reasons"][0]


def test_answers_that_change_after_the_review_do_not_change_what_is_sent(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    keep_answers(client, REVIEW_ANSWERS)
    review = review_of(typed | {"share_answers": "on"})
    keep_answers(client, REVIEW_ANSWERS | {"before": ["none"]})

    stored = send(client, review)

    assert stored.shared is not None
    assert stored.shared["answers"]["before"] == ["thinner"]


@pytest.mark.parametrize(("given", "mark"), [(CALL_TODAY, "call_today"), (SOON, "soon")])
def test_urgency_is_marked_without_any_answer(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed, given: Typed, mark: str
) -> None:
    keep_answers(client, given)

    stored = send(client, review_of(typed | {"mark_urgency": "on"}))

    assert stored.mark == mark
    assert stored.shared is None


def test_what_was_not_offered_is_ignored(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    stored = send(client, review_of(typed | {"mark_urgency": "on", "share_answers": "on"}))

    assert stored.mark == ""
    assert stored.shared is None


def test_answers_of_an_urgent_result_are_never_shared(
    client: Client, review_of: Callable[[Typed], Any], typed: Typed
) -> None:
    keep_answers(client, CALL_TODAY)

    stored = send(client, review_of(typed | {"share_answers": "on"}))

    assert stored.shared is None

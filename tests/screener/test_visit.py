"""The page after the result: answers for the visit alone, which change nothing but what is printed."""

from typing import Any

import pytest
from django.test import Client

from screener.questions import VISIT
from screener.rules import decide
from tests.screener.patients import TYPICAL, patient, walk_through
from tests.screener.test_walk import main_of

ADDED = {"surgery_talk": "yes", "avoid_surgery": "not_sure", "esi_date": "under_8w", "sleep_mood": "yes"}


def test_patient_adds_answers_for_the_visit_and_finds_them_on_the_result(client: Client) -> None:
    walk_through(client, patient(before=["thinner"]))
    page = client.get("/check/visit/")
    assert 'data-step="visit"' in main_of(page)

    response = client.post("/check/visit/", ADDED)

    assert (response.status_code, response["Location"]) == (303, "/check/result/")
    text = main_of(client.get("/check/result/"))
    assert 'data-outcome="REVIEW"' in text
    assert "When was your last steroid shot in the back? <strong>Less than 8 weeks ago</strong>" in text
    assert 'value="under_8w" id="id_esi_date_0" checked' in main_of(client.get("/check/visit/"))


def test_what_was_added_changes_neither_outcome_nor_reasons(client: Client) -> None:
    for key, value in ADDED.items():
        assert decide({**TYPICAL, key: value}) == decide(TYPICAL)
    walk_through(client, TYPICAL)
    before = main_of(client.get("/check/result/")).split("Add a few answers")[0]

    client.post("/check/visit/", ADDED)

    assert main_of(client.get("/check/result/")).startswith(before.rsplit("<p", 1)[0].rstrip())


def test_everything_may_be_left_out_and_taken_back(client: Client) -> None:
    walk_through(client, TYPICAL)
    client.post("/check/visit/", ADDED)

    response = client.post("/check/visit/")

    assert response.status_code == 303
    assert "steroid shot in the back" not in main_of(client.get("/check/result/"))


def test_changing_the_language_keeps_what_is_ticked_and_adds_nothing(client: Client) -> None:
    walk_through(client, TYPICAL)

    response = client.post("/es/check/visit/", {"sleep_mood": "yes", "unsent": "on"})

    assert (response.status_code, response["Location"]) == (303, "/es/check/visit/")
    assert 'value="yes" id="id_sleep_mood_0" checked' in main_of(client.get("/es/check/visit/"))
    assert "Change what you added" not in main_of(client.get("/check/result/"))


def test_without_a_complete_result_the_walk_goes_on_first(client: Client) -> None:
    assert client.get("/check/visit/")["Location"] == "/check/emerg/"
    client.post("/check/emerg/", {"emerg": "none"})

    assert client.get("/check/visit/")["Location"] == "/check/today/"
    assert client.post("/check/visit/", ADDED)["Location"] == "/check/today/"


@pytest.mark.parametrize(
    "changes", [{"emerg": ["e_cold"]}, {"today": ["t_fever"]}, {"age": "under_18"}], ids=str
)
def test_a_walk_that_ended_early_has_nothing_to_add(client: Client, changes: dict[str, Any]) -> None:
    walk_through(client, patient(**changes))

    assert client.get("/check/visit/")["Location"] == "/check/result/"
    assert "/check/visit/" not in main_of(client.get("/check/result/"))


def test_bad_answer_is_shown_again(client: Client) -> None:
    walk_through(client, TYPICAL)

    response = client.post("/check/visit/", {"esi_date": "soon"})

    assert response.status_code == 422
    assert "Choose an answer from the list." in main_of(response)
    assert response["Cache-Control"] == "no-store"


def test_helper_is_asked_about_the_other_person(client: Client) -> None:
    walk_through(client, patient(who="other"))

    assert "Does it trouble the person&#x27;s sleep or mood?" in main_of(client.get("/check/visit/"))


def test_the_visit_asks_what_stands_beside_the_walk() -> None:
    assert all(question.information for question in VISIT.questions)

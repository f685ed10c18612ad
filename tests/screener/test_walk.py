"""The check through its addresses. No test here may touch the database: pytest-django would stop it."""

import logging
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from screener import answers as cookie
from screener.questions import STEPS
from tests.screener.patients import TYPICAL, patient, post_step, walk_through

ENDS: dict[str, tuple[dict[str, Any], str]] = {
    "emerg": ({"emerg": ["e_saddle", "e_bladder"]}, "EMERGENCY"),
    "today": ({"today": ["t_fever"]}, "CALL_TODAY"),
    "age": ({"age": "under_18"}, "NOT_FIT"),
    "where": ({"where": ["none"]}, "NOT_FIT"),
}


def main_of(response: Any) -> str:
    found = re.search(r"<main.*?</main>", response.content.decode(), re.S)
    assert found
    return found[0]


def title_of(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)
    assert found
    return found[1]


def test_patient_walks_from_the_start_to_a_result_in_fifteen_steps(client: Client) -> None:
    response = client.post("/check/", {"who": "self"})
    for step in STEPS:
        assert response.status_code == 303
        page = client.get(response["Location"])
        assert f'data-step="{step.name}"' in main_of(page)
        assert "of about 15" in main_of(page)
        response = post_step(client, step.name, TYPICAL)

    assert response["Location"] == "/check/answers/"
    assert 'href="/check/relief/?change=1"' in main_of(client.get("/check/answers/"))
    assert 'data-outcome="OPTION"' in main_of(client.get("/check/result/"))


@pytest.mark.parametrize(
    ("changes", "outcome", "booking"),
    [
        ({}, "OPTION", True),
        ({"told": ["slip"], "weaker": "yes"}, "REVIEW", True),
        ({"scan": "none"}, "ASSESS", True),
        ({"care": "helped"}, "NOT_NOW", True),
        ({"told": ["unstable"]}, "NOT_FIT", True),
        ({"today": ["t_weight"]}, "CALL_TODAY", True),
        ({"emerg": ["e_trauma"]}, "EMERGENCY", False),
        ({"age": "under_18"}, "NOT_FIT", False),
    ],
    ids=str,
)
@pytest.mark.parametrize("prefix", ["/check/", "/es/check/"])
def test_each_outcome_has_its_page_in_both_languages(
    client: Client, changes: dict[str, Any], outcome: str, booking: bool, prefix: str
) -> None:
    walk_through(client, patient(**changes), prefix)

    page = client.get(f"{prefix}result/")

    text = main_of(page)
    assert page.status_code == 200
    assert f'data-outcome="{outcome}"' in text
    assert ("/book/" in text) == booking
    assert ("not been tested as a medical test" in text) or ("no se ha probado como examen" in text)
    assert ("This is not a diagnosis" in text) or ("Esto no es un diagnóstico" in text)
    assert page["Cache-Control"] == "no-store"
    assert "{" not in text


@pytest.mark.parametrize("name", ENDS)
def test_walk_ends_at_once_with_the_result_itself_also_without_cookies(name: str) -> None:
    changes, outcome = ENDS[name]
    client = Client()
    for step in STEPS[: [each.name for each in STEPS].index(name)]:
        post_step(client, step.name, TYPICAL)

    response = post_step(client, name, changes)

    assert response.status_code == 200
    assert f'data-outcome="{outcome}"' in main_of(response)
    assert f'data-outcome="{outcome}"' in main_of(client.get("/check/result/"))


def test_result_says_why_with_effect_source_and_a_way_to_change(client: Client) -> None:
    walk_through(client, patient(before=["thinner"], relief=["sit", "stand_still"], scan_says="not_sure"))

    text = main_of(client.get("/check/result/"))

    assert text.index("blood flow") < text.index("Also talk about") < text.index("Blood thinners need a plan")
    assert text.index("Your other answers") < text.index("Standing or walking makes it worse")
    for effect in ("Needs a check", "Not known", "Points toward"):
        assert effect in text
    assert "JAMA" in text
    assert "/check/before/?change=1" in text


def test_someone_who_answers_for_another_is_asked_about_that_person(client: Client) -> None:
    client.post("/check/", {"who": "other"})

    post_step(client, "emerg", TYPICAL)

    assert "Do any of these fit the person now?" in main_of(client.get("/check/today/"))


def test_later_step_without_the_earlier_answers_leads_to_the_first_open_one(client: Client) -> None:
    for path in ("/check/before/", "/check/answers/", "/check/result/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (303, "/check/emerg/")
    assert client.post("/check/before/", {"before": "none"})["Location"] == "/check/emerg/"

    post_step(client, "emerg", TYPICAL)

    assert client.get("/check/relief/")["Location"] == "/check/today/"


@pytest.mark.parametrize("name", ["today", "age", "where"])
def test_answer_that_ends_the_walk_gets_its_result_where_cookies_are_refused(name: str) -> None:
    changes, outcome = ENDS[name]

    response = Client().post(f"/check/{name}/", changes)

    assert response.status_code == 200
    assert f'data-outcome="{outcome}"' in main_of(response)


def test_ended_walk_is_not_softened_by_a_later_answer(client: Client) -> None:
    client.post("/check/emerg/", {"emerg": "e_cold"})

    assert client.post("/check/today/", {"today": "t_fever"})["Location"] == "/check/result/"
    assert client.post("/check/age/", {"age": "under_18"})["Location"] == "/check/result/"


def test_only_the_first_redirect_of_a_walk_asks_whether_the_cookie_was_kept(client: Client) -> None:
    first = post_step(client, "emerg", TYPICAL)
    second = post_step(client, "today", TYPICAL)

    assert first["Location"] == "/check/today/?kept=1"
    assert second["Location"] == "/check/age/"


def test_browser_that_refuses_cookies_is_told_so_with_911_the_signs_and_the_phone() -> None:
    response = Client().get("/check/today/?kept=1")

    text = main_of(response)
    assert response.status_code == 200
    assert "tel:911" in text
    assert "Numbness between your legs" in text
    assert "tel:+1" in text
    assert "data-step" not in text


def test_change_comes_straight_back_unless_new_questions_arise(client: Client) -> None:
    walk_through(client, patient(scan="none"))

    plain = client.post("/check/relief/?change=1", {"relief": ["bend"]})
    arises = client.post("/check/scan/?change=1", {"scan": "old"})
    asked = client.post(arises["Location"], {"scan_says": "ligament"})

    assert plain["Location"] == "/check/answers/"
    assert arises["Location"] == "/check/report/?change=1"
    assert asked["Location"] == "/check/answers/"


def test_cleared_optional_answer_is_forgotten(client: Client) -> None:
    walk_through(client, patient(feel=["numb"]))
    assert "Numb or tingling" in main_of(client.get("/check/answers/"))

    client.post("/check/where/?change=1", {"where": "leg_one"})

    assert "Numb or tingling" not in main_of(client.get("/check/answers/"))


def test_clearing_forgets_everything(client: Client) -> None:
    walk_through(client, TYPICAL)

    response = client.post("/check/clear/")

    assert (response.status_code, response["Location"]) == (303, "/check/")
    assert client.get("/check/result/")["Location"] == "/check/emerg/"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("age", {}, "Choose the answer that fits."),
        ("age", {"age": "old"}, "Choose an answer from the list."),
        ("age", {"age": "18_49' OR 1=1"}, "Choose an answer from the list."),
        ("emerg", {}, "Choose one answer or more."),
        ("emerg", {"emerg": ["none", "not_sure"]}, "Take one of them away."),
        ("today", {"today": ["none", "t_fever"]}, "Take one of them away."),
        ("today", {"today": ["none", "t_other"]}, "Choose an answer from the list."),
    ],
    ids=str,
)
def test_bad_answer_is_shown_again_with_what_to_do(client: Client, name: str, data: Any, says: str) -> None:
    for step in STEPS[: [each.name for each in STEPS].index(name)]:
        post_step(client, step.name, TYPICAL)

    response = client.post(f"/check/{name}/", data)

    text = main_of(response)
    assert response.status_code == 422
    assert title_of(response).startswith("Error:")
    assert text.count(says) == 2
    assert text.index("error-summary") < text.index("<h1>")
    assert f'href="#id_{name}_0"' in text
    assert f'id="id_{name}_0"' in text


def test_none_and_another_answer_both_stay_visible(client: Client) -> None:
    post_step(client, "emerg", TYPICAL)

    text = main_of(client.post("/check/today/", {"today": ["t_fever", "none"]}))

    assert len(re.findall(r'value="(?:t_fever|none)"[^>]*\bchecked', text)) == 2


def test_the_same_answer_sent_twice_is_one_answer(client: Client) -> None:
    assert client.post("/check/emerg/", {"emerg": ["none", "none"]}).status_code == 303


@pytest.mark.parametrize("path", ["/check", "/es/check", "/check/emerg", "/es/check/how-it-decides"])
def test_an_address_typed_without_its_last_slash_is_found(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (302, f"{path}/")


def test_pregnancy_is_no_answer_for_those_over_fifty(client: Client) -> None:
    walk_through(client, TYPICAL)

    assert client.post("/check/before/", {"before": "pregnant"}).status_code == 422


@pytest.mark.parametrize(
    "path", ["/check/nowhere/", "/check/visit/x/", "/check/emerg/x/", "/es/check/nowhere/"]
)
def test_unknown_step_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_unknown_person_on_the_start_page_is_asked_again(client: Client) -> None:
    response = client.post("/check/", {"who": "<b>"})

    assert response.status_code == 422
    assert title_of(response).startswith("Error:")


def test_starting_without_saying_for_whom_is_fine(client: Client) -> None:
    assert client.post("/check/")["Location"] == "/check/emerg/?kept=1"


def test_changing_the_language_keeps_place_and_answers(client: Client) -> None:
    for step in STEPS[:6]:
        post_step(client, step.name, TYPICAL)

    page = client.get("/es/check/relief/")

    assert "¿Qué lo alivia?" in main_of(page)
    assert re.search(r'value="bend"[^>]*\bchecked', main_of(page))
    assert 'formaction="/check/relief/"' in page.content.decode()


def test_answers_and_outcome_stand_in_no_address_no_title_and_no_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answers = patient(before=["thinner"], told=["slip"], who="other")
    titles, addresses = [], []
    with caplog.at_level(logging.DEBUG):
        for step in STEPS:
            response = post_step(client, step.name, answers)
            addresses.append(response["Location"])
            titles.append(title_of(client.get(response["Location"])))
        titles.append(title_of(client.get("/check/result/")))
        client.post("/check/relief/", {"relief": "thinner"})

    for value in ("thinner", "slip", "50_plus", "REVIEW", "over_6m"):
        assert not any(value in each for each in (*titles, *addresses))
        assert value not in caplog.text
    assert titles[-1].startswith("Your next step")


@pytest.mark.django_db
def test_no_page_of_the_check_asks_the_database_anything(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        walk_through(client, TYPICAL)
        for path in ("", "emerg/", "answers/", "result/"):
            assert client.get(f"/check/{path}").status_code == 200
        assert "session" not in client.cookies


@pytest.mark.parametrize("path", ["", "emerg/", "answers/", "result/", "emerg/?kept=1"])
def test_nothing_of_the_check_is_kept_by_caches(client: Client, path: str) -> None:
    for response in (client.get(f"/check/{path}"), client.post(f"/check/{path}")):
        assert response["Cache-Control"] == "no-store"


def test_rules_that_changed_in_the_middle_are_told_kindly(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in STEPS[:6]:
        post_step(client, step.name, TYPICAL)

    monkeypatch.setattr(cookie, "RULES_VERSION", "2027.1")
    response = post_step(client, "duration", TYPICAL)

    assert response["Location"] == "/check/emerg/"
    assert "Our questions have changed since you began." in main_of(client.get("/check/emerg/"))
    assert "Our questions have changed since you began." in main_of(client.get("/check/"))
    assert "Nuestras preguntas cambiaron" in main_of(client.get("/es/check/emerg/"))
    post_step(client, "emerg", TYPICAL)
    assert "Our questions have changed" not in main_of(client.get("/check/today/"))


def test_answers_that_expired_in_the_middle_are_missed_kindly(client: Client) -> None:
    with time_machine.travel("2026-11-20 08:00:00Z", tick=False):
        for step in STEPS[:6]:
            post_step(client, step.name, TYPICAL)
    client.cookies.clear()

    response = post_step(client, "duration", TYPICAL)

    assert response["Location"] == "/check/emerg/"
    assert "Your answers are no longer here." in main_of(client.get("/check/emerg/"))


def test_somebody_who_only_follows_an_old_link_is_told_of_no_loss(client: Client) -> None:
    assert not client.get("/check/before/").cookies

    assert "no longer here" not in main_of(client.get("/check/emerg/"))


def test_loss_is_told_only_where_a_cookie_was_kept() -> None:
    client = Client()
    lost = post_step(client, "relief", TYPICAL)
    client.cookies.clear()

    assert lost["Location"] == "/check/emerg/"
    assert "data-step" in main_of(client.get("/check/emerg/"))
    assert post_step(client, "emerg", TYPICAL)["Location"] == "/check/today/?kept=1"


def test_two_windows_share_one_walk(client: Client) -> None:
    """The second window changes an answer; the first goes on from whatever is true by then."""
    for step in STEPS[:10]:
        post_step(client, step.name, TYPICAL)
    assert 'data-step="report"' in main_of(client.get("/check/report/"))

    client.post("/check/scan/?change=1", {"scan": "none"})
    response = post_step(client, "report", TYPICAL)

    assert (response.status_code, response["Location"]) == (303, "/check/care/")


def test_a_window_left_open_after_clearing_starts_again_and_says_why(client: Client) -> None:
    for step in STEPS[:4]:
        post_step(client, step.name, TYPICAL)

    client.post("/check/clear/")
    response = post_step(client, "worse", TYPICAL)

    assert response["Location"] == "/check/emerg/"
    assert "no longer here" in main_of(client.get("/check/emerg/"))


def test_changing_the_language_of_a_change_comes_straight_back_all_the_same(client: Client) -> None:
    walk_through(client, TYPICAL)

    page = client.get("/check/relief/?change=1").content.decode()

    assert 'formaction="/es/check/relief/?change=1"' in page
    assert client.post("/es/check/relief/?change=1", {"relief": "sit"})["Location"] == "/es/check/answers/"


def test_reload_and_back_show_what_was_answered(client: Client) -> None:
    for step in STEPS[:6]:
        post_step(client, step.name, TYPICAL)

    for _again in range(2):
        assert re.search(r'value="over_6m"(?![^>]*\bchecked)', main_of(client.get("/check/duration/")))
        assert re.search(r'value="walk"[^>]*\bchecked', main_of(client.get("/check/worse/")))
    assert 'href="/check/relief/"' in client.get("/check/duration/").content.decode()


def test_why_we_ask_and_clear_stand_on_every_step(client: Client) -> None:
    for step in STEPS:
        text = main_of(client.get(f"/check/{step.name}/"))
        assert "Why we ask" in text
        assert 'action="/check/clear/"' in text
        post_step(client, step.name, TYPICAL)


def test_options_are_marked_for_the_script_that_unticks(client: Client) -> None:
    text = main_of(client.get("/check/emerg/"))

    assert re.search(r'value="none"[^>]*data-alone', text)
    assert re.search(r'value="e_saddle"[^>]*data-outweighs', text)
    assert not re.search(r'value="not_sure"[^>]*data-', text)
    assert "/static/js/check.js" in client.get("/check/emerg/").content.decode()


def test_changing_the_language_keeps_what_is_ticked_and_not_yet_sent(client: Client) -> None:
    """The link to the other language is a button of the form: it brings along what is ticked, and answers nothing."""
    for step in STEPS[:5]:
        post_step(client, step.name, TYPICAL)
    assert 'formaction="/es/check/relief/" name="unsent"' in client.get("/check/relief/").content.decode()

    response = client.post("/es/check/relief/", {"relief": ["bend", "stand_still"], "unsent": "on"})

    assert (response.status_code, response["Location"]) == (303, "/es/check/relief/")
    for _reload in range(2):
        assert ticked_in(client.get("/es/check/relief/")) == ["bend", "stand_still"]
    assert client.get("/check/duration/")["Location"] == "/check/relief/"
    post_step(client, "relief", TYPICAL)
    assert ticked_in(client.get("/check/relief/")) == ["sit", "bend"]


def ticked_in(page: Any) -> list[str]:
    return re.findall(r'value="(\w+)"[^>]*\bchecked', main_of(page))


def test_changing_the_language_of_a_change_shows_what_is_ticked_instead_of_the_old_answer(
    client: Client,
) -> None:
    walk_through(client, TYPICAL)

    response = client.post("/es/check/duration/?change=1", {"effect": "little", "unsent": "on"})

    assert response["Location"] == "/es/check/duration/?change=1"
    assert ticked_in(client.get(response["Location"])) == ["little"]
    assert 'data-outcome="OPTION"' in main_of(client.get("/check/result/"))


@pytest.mark.parametrize(
    ("name", "ticked"),
    [("today", ["none", "t_fever"]), ("today", ["t_fever"]), ("today", []), ("age", ["under_18"])],
)
def test_what_is_only_ticked_is_neither_judged_nor_refused(
    client: Client, name: str, ticked: list[str]
) -> None:
    for step in STEPS[: [each.name for each in STEPS].index(name)]:
        post_step(client, step.name, TYPICAL)

    response = client.post(f"/es/check/{name}/", {name: [*ticked, "gone", "gone"], "unsent": "on"})

    assert response["Location"] == f"/es/check/{name}/"
    page = client.get(response["Location"])
    assert sorted(ticked_in(page)) == sorted(ticked)
    assert "error-summary" not in main_of(page)
    assert client.get("/check/result/")["Location"] == f"/check/{name}/"


def test_emergency_sign_is_an_emergency_also_when_only_the_language_was_to_change(client: Client) -> None:
    response = client.post("/es/check/emerg/", {"emerg": ["e_saddle", "none"], "unsent": "on"})

    assert response.status_code == 200
    assert 'data-outcome="EMERGENCY"' in main_of(response)


def test_changing_the_language_of_a_step_that_is_not_open_leads_to_the_open_one(client: Client) -> None:
    response = client.post("/es/check/today/", {"today": "t_fever", "unsent": "on"})

    assert (response.status_code, response["Location"]) == (303, "/es/check/emerg/")


def test_changing_the_language_first_of_all_tells_who_refuses_cookies() -> None:
    response = Client().post("/es/check/emerg/", {"emerg": "none", "unsent": "on"})

    assert response["Location"] == "/es/check/emerg/?kept=1"
    assert 'data-page="cookies-refused"' in main_of(Client().get(response["Location"]))

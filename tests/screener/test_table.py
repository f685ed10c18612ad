"""How the check decides, told to everybody: generated from the data, complete, current, and open to caches."""

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from content import catalog
from screener import diagram, printed, rules, stories, words
from screener.questions import QUESTIONS, STEPS
from screener.rules import RULES, RULES_VERSION, Outcome
from screener.stories import Story
from tests.screener.patients import TYPICAL, walk_through
from tests.screener.test_walk import main_of

PREFIX = {"en": "", "es": "/es"}
IMAGES = Path(__file__).resolve().parents[2] / "static" / "img"
SVG = "{http://www.w3.org/2000/svg}"


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main_of(page))))


def test_generated_files_are_current() -> None:
    stale = [path.name for path, text in printed.files().items() if path.read_text(encoding="utf-8") != text]

    assert stale == [], "run manage.py screener_rules --write"


def test_page_in_the_repository_says_where_it_is_told_whether_a_clinician_has_signed() -> None:
    page = " ".join(printed.rules_page(words.of("en")).split())

    assert "whether a clinician has signed" in page
    for address in ("/check/how-it-decides/", "/admin/screener/checksignature/"):
        assert f"`{address}`" in page
    for text in ("the rules", "the words in English", "the words in Spanish"):
        assert text in page[page.index("whether a clinician") : page.index("Every rule is tried")]


def test_command_names_stale_files_and_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "screener-rules.md"
    monkeypatch.setattr("screener.management.commands.screener_rules.files", lambda: {page: "new"})

    with pytest.raises(CommandError, match=r"screener-rules\.md"):
        call_command("screener_rules")
    call_command("screener_rules", "--write")
    call_command("screener_rules")

    assert page.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_page_tells_every_question_answer_and_rule(client: Client, lang: str) -> None:
    text = text_of(client.get(f"{PREFIX[lang]}/check/how-it-decides/"))
    said = words.of(lang)

    assert RULES_VERSION in text
    assert rules.digest() in text
    for question in QUESTIONS:
        assert said.questions[question.key].ask.to_self in text
        for option in said.questions[question.key].options.values():
            assert option.text.to_self in text
    for rule in RULES:
        assert f" {rule.id} " in text
        assert said.reasons[rule.id].rest("self") in text
        assert said.reasons[rule.id].do.to_self in text
    for outcome in Outcome:
        assert said.outcomes[outcome].heading in text
    assert "001 L67" in text
    assert "{" not in text


@pytest.mark.parametrize("path", ["/check/how-it-decides/", "/es/check/how-it-decides/pack/"])
def test_page_is_the_same_for_everybody_and_may_be_cached(client: Client, path: str) -> None:
    before = client.get(path)
    walk_through(client, TYPICAL)
    after = client.get(path)

    assert before.content == after.content
    assert after["Cache-Control"] == "public, max-age=5"
    assert not after.cookies
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_page_asks_the_database_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/check/how-it-decides/").status_code == 200
        assert client.get("/check/how-it-decides/pack/").status_code == 200


@pytest.mark.parametrize("prefix", PREFIX.values(), ids=PREFIX)
def test_search_engines_may_read_how_it_decides_and_no_step(client: Client, prefix: str) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())

    assert robots.can_fetch("*", f"{prefix}/check/how-it-decides/")
    for path in ("/check/", "/check/emerg/", "/check/result/", "/book/"):
        assert not robots.can_fetch("*", prefix + path)


def test_start_page_and_results_lead_to_it(client: Client) -> None:
    assert 'href="/check/how-it-decides/"' in main_of(client.get("/check/"))

    walk_through(client, TYPICAL)

    assert 'href="/check/how-it-decides/"' in main_of(client.get("/check/result/"))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_drawing_shows_every_step_outcome_and_rule(lang: str) -> None:
    drawn = diagram.draw(words.of(lang))
    texts = [
        node.text or "" for node in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    ]

    for number, step in enumerate(STEPS, 1):
        assert f"{number}. {words.of(lang).topics[step.name]}" in texts
    for outcome in Outcome:
        assert f"{outcome.rank + 1}. {words.of(lang).outcomes[outcome].short}" in texts
    assert [
        rule.id
        for step in STEPS
        for lead in diagram.leads_of(step)
        for rule in RULES
        if rule.id in lead.rules
    ]
    placed = sorted(each for step in STEPS for lead in diagram.leads_of(step) for each in lead.rules)
    assert placed == sorted(rule.id for rule in RULES)
    assert "<title" in drawn
    assert "<desc" in drawn


@pytest.mark.parametrize("name", ["screener-flow.svg", "screener-flow-es.svg"])
def test_drawing_is_coloured_by_its_own_attributes(name: str) -> None:
    """Opened alone, the file meets our Content-Security-Policy, which blocks <style> and style=."""
    for folder in (IMAGES, IMAGES / "dark"):
        drawn = ElementTree.fromstring((folder / name).read_text(encoding="utf-8"))
        assert "fill" in drawn.attrib
        for node in drawn.iter():
            assert node.tag != f"{SVG}style"
            assert not {"style", "class"} & set(node.attrib)
            if node.tag in (f"{SVG}rect", f"{SVG}path"):
                assert node.attrib["fill"]


@pytest.mark.parametrize("path", ["/check/how-it-decides/", "/check/how-it-decides/pack/"])
def test_dark_screens_are_shown_a_dark_drawing(client: Client, path: str) -> None:
    for prefix, name in (("", "screener-flow.svg"), ("/es", "screener-flow-es.svg")):
        page = main_of(client.get(prefix + path))
        assert re.search(
            rf'<source media="screen and \(prefers-color-scheme: dark\)" srcset="\S+/dark/{name}">', page
        )
        assert f'/img/{name}"' in page


def test_drawing_marks_where_the_walk_ends() -> None:
    ends = {(step.name, str(lead.outcome)) for step in STEPS for lead in diagram.leads_of(step) if lead.ends}

    assert ends == {
        ("emerg", "EMERGENCY"),
        ("emerg", "CALL_TODAY"),
        ("today", "CALL_TODAY"),
        ("age", "NOT_FIT"),
        ("where", "NOT_FIT"),
    }


@pytest.mark.parametrize("story", stories.all_stories(), ids=lambda story: story.told["en"][:60])
def test_made_up_patient_of_the_pack_ends_as_written_down(story: Story) -> None:
    assert story.walk.complete
    assert str(story.decision.outcome) == story.outcome
    assert tuple(rule.id for rule in story.decision.reasons) == story.rules


def test_pack_has_twenty_patients_and_meets_every_outcome() -> None:
    told = stories.all_stories()

    assert len(told) == 20
    assert {story.outcome for story in told} == {str(outcome) for outcome in Outcome}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_pack_holds_all_that_a_reviewer_signs(client: Client, lang: str) -> None:
    text = text_of(client.get(f"{PREFIX[lang]}/check/how-it-decides/pack/"))
    said = words.of(lang)

    for story in stories.all_stories():
        assert story.told[lang] in text
    for question in said.questions.values():
        for each in (question.ask, question.hint, question.why, question.toward):
            assert each.to_self in text
        assert question.ask.to_other in text
        assert all(option.text.to_other in text for option in question.options.values())
        assert all(option.note.to_self in text for option in question.options.values())
    for outcome in said.outcomes.values():
        assert outcome.heading in text
        assert all(line.to_self in text for line in (outcome.lead, *outcome.steps, *outcome.bring))
    for digest in (rules.digest(), words.digest("en"), words.digest("es")):
        assert digest in text


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_pages_that_the_check_leads_to_exist(lang: str) -> None:
    for path in words.of(lang).pages.values():
        assert catalog.current().by_path[path].lang == lang

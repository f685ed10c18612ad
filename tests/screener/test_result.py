"""A result for a frightened person: one clear next step first, each answer explained, nothing pressed on anybody."""

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from clinic import snapshot
from clinic.practice import Practice
from screener import words
from screener.rules import RULES
from screener.words_faults import SAY_ALL
from tests.screener.patients import TYPICAL, patient, walk_through
from tests.screener.test_call_today import SUNDAY_NIGHT, TUESDAY_NOON
from tests.screener.test_walk import main_of

OUTCOMES: dict[str, dict[str, Any]] = {
    "OPTION": {},
    "REVIEW": {"told": ["slip"]},
    "ASSESS": {"scan": "none"},
    "NOT_NOW": {"care": "helped"},
    "NOT_FIT": {"told": ["unstable"]},
}
LINK = '<a href="tel:+15125550100">(512) 555-0100</a>'
BUTTON_TO_BOOKING = re.compile(r'class="button[^"]*" href="/book/"')


def result(client: Client, *, at: str = TUESDAY_NOON, **changes: Any) -> str:
    with time_machine.travel(at, tick=False):
        walk_through(client, patient(**changes))
        return main_of(client.get("/check/result/"))


def words_in(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_no_sign_is_not_said_to_point_toward_the_procedure(client: Client) -> None:
    text = words_in(result(client))

    toward = text[text.index("Points toward") : text.index("No warning sign")]
    assert "You checked no emergency sign." not in toward
    assert "weaker" not in toward
    assert text.index("No warning sign") < text.index("You checked no emergency sign.")
    assert text.index("Nothing in the way") < text.index("You checked nothing that needs a plan first.")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id not in SAY_ALL], ids=lambda rule: rule.id)
def test_every_reason_says_what_to_do_about_it(rule: Any) -> None:
    for lang in words.LANGUAGES:
        for who in ("self", "other"):
            assert words.of(lang).reasons[rule.id].do.to(who)


def test_each_reason_shows_the_answer_the_source_and_what_to_do(client: Client) -> None:
    text = words_in(result(client, surg="other"))

    assert "We need its records. What to do: Was there one, and where?" in text
    assert "Past surgery: Yes, somewhere else or I don't know where" in text
    assert "Source: MOTION trial" in text


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_only_those_who_may_need_us_are_shown_a_button_to_booking(client: Client, outcome: str) -> None:
    text = result(client, **OUTCOMES[outcome])

    assert f'data-outcome="{outcome}"' in text
    assert bool(BUTTON_TO_BOOKING.search(text)) == (outcome in ("OPTION", "REVIEW", "ASSESS"))
    if outcome == "ASSESS":
        assert text.index("your own doctor") < text.index("/book/")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_visit_is_explained_to_those_who_may_come(client: Client, outcome: str) -> None:
    text = words_in(result(client, **OUTCOMES[outcome]))

    may_come = outcome in ("OPTION", "REVIEW", "ASSESS")
    for part in (
        "What to bring",
        "What happens at a consultation",
        "Traditional Medicare covers MILD only inside a study",
    ):
        assert (part in text) == may_come
    assert "Questions to ask" in text


def test_what_to_do_stands_before_why(client: Client) -> None:
    for changes in OUTCOMES.values():
        text = result(Client(), **changes)
        assert text.index('class="lead"') < text.index("Why we say this")


def test_not_now_says_what_would_change_it(client: Client) -> None:
    text = words_in(result(client, before=["infection"]))

    assert "This can change once the infection is gone." in text


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (TUESDAY_NOON, f"Would you rather talk? Call {LINK}"),
        (SUNDAY_NIGHT, f"We are closed now. You can send a request at any time, or call {LINK}"),
    ],
)
def test_hour_of_the_day_leads_to_the_right_door(client: Client, at: str, says: str) -> None:
    assert says in result(client, at=at)


def test_what_should_be_seen_soon_leads_to_the_phone_while_we_are_open(client: Client) -> None:
    opened = result(client, weaker="yes")
    closed = result(Client(), at=SUNDAY_NIGHT, weaker="yes")

    assert f"We are open now. Call {LINK}" in opened
    assert opened.index('class="button" href="tel:') < opened.index('href="/book/"')
    assert f"or call {LINK} when we open" in closed
    assert "Or call your own doctor." in closed
    assert 'class="button" href="tel:' not in closed
    assert 'class="button" href="/book/"' in closed


def test_clinic_without_a_phone_names_none(client: Client, practice: Practice) -> None:
    practice.phone = ""
    practice.save()
    snapshot.refresh()

    assert "Would you rather talk?" not in result(client)


def test_helper_reads_about_the_other_person(client: Client) -> None:
    text = words_in(result(client, who="other", weaker="yes", scan="old", before=["prone"]))

    assert "The points below speak about that person." in text
    assert "MILD is done lying on the stomach." in text
    assert "The scan is over a year old." in text
    assert "They are 50 or older." in text
    assert "right for them" in text


def test_reasons_about_another_person_never_say_you() -> None:
    said = words.of("en")
    for rule in RULES:
        if rule.id not in SAY_ALL:
            for text in (said.reasons[rule.id].text, said.reasons[rule.id].do):
                assert not re.search(r"\byou\b|\byour\b", text.to("other"), re.IGNORECASE), rule.id
    for key, question in said.questions.items():
        if key not in ("emerg", "today", "before"):
            for text in (question.toward, question.against):
                assert not re.search(r"\byou\b|\byour\b", text.to("other"), re.IGNORECASE), key


def test_result_never_sounds_like_a_score() -> None:
    for changes in OUTCOMES.values():
        text = words_in(result(Client(), **changes)).lower()
        assert not re.search(r"\bscore\b|\bpoints out of\b|%|\byou have lumbar", text)


def test_typical_answers_are_still_an_option() -> None:
    assert 'data-outcome="OPTION"' in result(Client(), **{"age": TYPICAL["age"]})


def test_what_is_to_be_seen_soon_is_named_where_it_is_urged(client: Client) -> None:
    page = result(client, weaker="yes")

    box = page.partition('class="callout urgent"')[2].partition("</div>")[0]
    assert "within 2 working days" in box
    assert "A leg that gets weaker should be looked at soon." in box


@pytest.mark.parametrize(
    ("key", "unsure_of"),
    [("dur", "Find out when it began"), ("surg", "Was there one"), ("scan", "already done")],
)
def test_who_is_not_sure_is_told_to_find_out(client: Client, key: str, unsure_of: str) -> None:
    assert unsure_of in words_in(result(client, **{key: "not_sure"}))


def test_who_answers_for_someone_else_is_sent_to_that_persons_doctor(client: Client) -> None:
    text = words_in(result(client, at=SUNDAY_NIGHT, who="other", weaker="yes"))

    assert "Or call the person's doctor." in text
    assert "your own doctor" not in text

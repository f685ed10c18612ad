"""The invariants of the clinical paper (3.4) about pages and words; 13 stands in test_privacy, 15 in test_stories."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from booking.models import ConsultationRequest
from clinic.practice import Practice
from content import grade
from screener import rules, words
from tests.booking.conftest import REVIEW_ANSWERS, Typed, hidden, keep_answers
from tests.screener import reference
from tests.screener.space import TYPICAL
from tests.screener.test_stories import STORIES, answers_of
from tests.screener.test_walk import main_of
from tests.screener.worst import kept


@pytest.mark.parametrize("prefix", ["/check/", "/es/check/"])
def test_invariant_10_an_emergency_page_shows_911_and_sells_nothing_also_without_cookies(prefix: str) -> None:
    response = Client().post(f"{prefix}emerg/", {"emerg": "e_saddle"})

    text = main_of(response)
    assert response.status_code == 200
    assert 'data-outcome="EMERGENCY"' in text
    assert 'href="tel:911"' in text
    assert "/book" not in text
    assert "<script" not in text
    # The one sentence that ends every result names the procedure; nothing else does.
    assert len(re.findall(r"\bMILD\b|consult", text, re.IGNORECASE)) <= 1
    alone = main_of(Client().get(prefix.replace("check", "emergency")))
    assert 'href="tel:911"' in alone
    assert "<form" not in alone


PROMISES = {
    "en": (
        "you have lumbar",
        "you have stenosis",
        "you are a candidate",
        "diagnosed with",
        "guarantee",
        "approved",
    ),
    "es": ("usted tiene estenosis", "es candidat", "le diagnostic", "garantiz", "aprobad"),
}
SAFE = {"en": r"\bsafe(?:ly|r|st)?\b", "es": r"\bsegur[oa]s? (?:para|y eficaz)"}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_invariant_11_no_outcome_or_reason_names_a_condition_as_theirs_or_promises(lang: str) -> None:
    said = words.of(lang)
    # All that a result shows, and with it what good answers mean; only the questions themselves may name a condition.
    meant = [(each.toward, each.against, each.why) for each in said.questions.values()]
    shown = (said.reasons, said.outcomes, said.effects, said.lines, said.other_care, said.consultation)
    spoken = repr((meant, *shown, said.ask_your_clinician)).lower()

    assert all(each.toward.to_self.lower() in spoken for each in said.questions.values())
    assert [promise for promise in PROMISES[lang] if promise in spoken] == []
    assert re.findall(SAFE[lang], spoken) == []


@pytest.mark.django_db
def test_invariant_14_what_is_stored_keeps_version_and_digest(
    client: Client, typed: Typed, practice: Practice
) -> None:
    """Also after the rules have changed. What else is frozen with them: tests/booking/test_sharing.py."""
    keep_answers(client, REVIEW_ANSWERS)
    review = client.post("/book/", typed | {"share_answers": "on"})
    client.post("/book/send/", {"request": hidden(review, "request")})
    version, digest = rules.RULES_VERSION, rules.digest()

    with pytest.MonkeyPatch.context() as later:
        later.setattr(rules, "RULES_VERSION", "2099.1")
        later.setattr(rules, "RULES", rules.RULES[:-1])
        assert rules.digest() != digest
        stored = ConsultationRequest.objects.get().shared

    assert stored is not None
    assert (stored["rules_version"], stored["digest"]) == (version, digest)


def sentences_of(html: str) -> Iterator[str]:
    """What a reader meets as one sentence: each block of the page by itself, then up to its full stop."""
    text = re.sub(
        r"<(?:script|svg|cite).*?</(?:script|svg|cite)>|<p class=\"source.*?</p>", " ", html, flags=re.S
    )
    text = re.sub(r"</?(?:p|h\d|li|dt|dd|legend|label|div|summary|a|button|span)\b[^>]*>", "\n", text)
    for block in re.sub(r"<[^>]+>", "", text).splitlines():
        yield from (
            each for each in re.split(r"(?<=[.?!:])\s+", " ".join(block.split())) if re.search(r"\w", each)
        )


def is_plain(reading: Any, lang: str) -> bool:
    """Grade 6 at most in English; in Spanish, whose scale has no grades, normal or easier, as on every page."""
    return bool(reading.meets_aim if lang == "en" else reading.within(grade.LIMIT[lang]))


def reading_of(html: str, lang: str) -> Any:
    read = [re.findall(r"[^\W_][\w'’.-]*", sentence.rstrip(".?!:")) for sentence in sentences_of(html)]
    # A label or a link stands alone; its length is not a sentence's.
    whole = [found for found in read if len(found) > 4]
    loose = [word for found in read if len(found) <= 4 for word in found]
    return grade.reading(whole, loose, lang)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("name", list(reference.STEPS))
def test_invariant_12_each_step_reads_at_grade_six(client: Client, name: str, lang: str) -> None:
    prefix = "/check/" if lang == "en" else "/es/check/"
    before = list(reference.STEPS)[: list(reference.STEPS).index(name)]
    for each in before:
        client.post(
            f"{prefix}{each}/", {key: TYPICAL[key] for key in reference.STEPS[each] if key in TYPICAL}
        )

    reading = reading_of(main_of(client.get(f"{prefix}{name}/")), lang)

    assert reading is not None
    assert is_plain(reading, lang), reading


ONE_OF_EACH = {story["outcome"]: answers_of(story) for story in STORIES}


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("outcome", reference.OUTCOMES)
@pytest.mark.parametrize("how", ["a story", "all there is to say", "all there is to say of another person"])
def test_invariant_12_each_outcome_page_reads_at_grade_six(
    client: Client, outcome: str, lang: str, how: str
) -> None:
    prefix = "/check/" if lang == "en" else "/es/check/"
    who = "other" if "another" in how else "self"
    keep_answers(client, ONE_OF_EACH[outcome] if how == "a story" else kept(outcome, who))

    text = main_of(client.get(f"{prefix}result/"))

    reading = reading_of(re.sub(r'<(\w+)[^>]*\blang="en".*?</\1>', "", text, flags=re.S), lang)
    assert f'data-outcome="{outcome}"' in text
    assert reading is not None
    assert is_plain(reading, lang), reading

"""What holds on every page of asking for a consultation: plain words, the phone, 911, and nothing kept or told on."""

import re

import pytest

from clinic.practice import Practice
from tests.booking.states import STATES, shown
from tests.screener.test_invariants_pages import is_plain, reading_of
from tests.screener.test_walk import main_of

LANGUAGES = {"en": "", "es": "/es"}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_plain_safe_and_private(practice: Practice, name: str, lang: str) -> None:
    answer = shown(name, LANGUAGES[lang])

    whole, main = answer.content.decode(), main_of(answer)
    assert f'<html lang="{lang}">' in whole
    assert "(512) 555-0100" in whole
    assert 'href="/emergency/"' in whole or 'href="/es/emergency/"' in whole
    assert answer.headers["Cache-Control"] == "no-store"
    title = re.search(r"<title>(.*?)</title>", whole)
    assert title
    assert not re.search(r"Rosa|Luc|MK7|stenosis|estenosis", title[1])
    reading = reading_of(own_words(main), lang)
    assert reading is None or is_plain(reading, lang), reading


def own_words(html: str) -> str:
    """Without what the patient typed, and without the answers of the check, whose words are measured there."""
    html = re.sub(r'<div class="panel".*?</div>\s*(?=<|$)', "", html, flags=re.S)
    return re.sub(r"<dd>.*?</dd>|<input[^>]*>", "", html, flags=re.S)

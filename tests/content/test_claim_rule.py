"""The rule for sources, on 456 labelled sentences and on our own pages: what it misses and what it takes for a claim."""

import pytest

from content import catalog
from content.second_reader import needs_second_reader
from tests.content.claim_numbers import RULES, SAMPLE, kept, measured, unsourced

# In English and Spanish: claims, missed, no claims, false alarms.
NUMBERS = {
    ("sample", "en"): (50, 2, 50, 0),
    ("sample", "es"): (50, 3, 50, 0),
    ("harder", "en"): (54, 0, 54, 0),
    ("harder", "es"): (54, 0, 54, 1),
    ("unseen", "en"): (10, 9, 10, 1),
    ("unseen", "es"): (10, 10, 10, 1),
}


@pytest.mark.parametrize(("part", "lang"), NUMBERS)
def test_misses_and_false_alarms_are_as_many_as_we_say(part: str, lang: str) -> None:
    found = measured(part, lang)

    counted = (found.claims, len(found.missed), found.not_claims, len(found.alarms))
    assert counted == NUMBERS[part, lang], (found.missed, found.alarms)


def test_the_numbers_are_written_down() -> None:
    assert RULES.read_text(encoding="utf-8") == kept(), "run python -m tests.content.claim_numbers"


def test_no_claim_of_the_sample_was_taken_from_a_page() -> None:
    pages = "\n".join(page.body for page in catalog.current().by_path.values())

    stated = [each for part in SAMPLE.values() for both in part.values() for each in both["claims"]]
    assert [each for each in stated if each in pages] == []


def test_what_the_rule_misses_is_still_read_by_a_second_person() -> None:
    assert [measured(part, lang).let_by for part, lang in NUMBERS] == [0] * len(NUMBERS)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "The front door has a ramp."),
        ("en", "Call us on weekdays."),
        ("en", "Do you speak Spanish?"),
        ("en", "We are closed on holidays."),
        ("es", "La puerta de la calle tiene una rampa."),
        ("es", "Llámenos entre semana."),
        ("es", "¿Hablan inglés?"),
    ],
)
def test_what_is_plainly_practical_needs_no_second_reader(lang: str, words: str) -> None:
    assert not needs_second_reader(words, lang)


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "We take your pain away."),
        ("en", "It takes your pain away."),
        ("en", "You will walk further within days."),
        ("en", "Your legs will feel lighter."),
        ("en", "If you choose MILD, you will walk again."),
        ("es", "Le quitamos el dolor."),
        ("es", "Caminará más lejos en pocos días."),
        ("es", "Nuestros pacientes bailan otra vez."),
    ],
)
def test_nobody_is_excused_from_a_promise(lang: str, body: str) -> None:
    assert unsourced(body, lang) == [body]


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "If the pain comes back, call us."),
        ("en", "If pain stays, we will look at other care with you."),
        ("en", "Tell us whether the pain goes away when you sit."),
        ("en", "You will get a call from us."),
        ("es", "Si el dolor vuelve, llámenos."),
        ("es", "Díganos si el dolor se va cuando se sienta."),
    ],
)
def test_a_turn_of_phrase_in_a_condition_or_an_order_states_nothing(lang: str, body: str) -> None:
    assert unsourced(body, lang) == []


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "Pain was lower in 12 of 100 people."),
        ("en", "MILD relieves pain."),
        ("en", "It can cause bleeding."),
        ("en", "It is smaller than a coin."),
        ("en", "Medicare pays for it."),
        ("en", "{{medicare}}"),
        ("en", "- less pain is usual.[^ncd]\n- It lasts 2 years."),
        ("en", "MILD gives you:\n\n- less pain"),
        ("en", "| A | B |\n|---|---|\n| Row | It helps most people. |"),
        ("en", "We helped 500 people."),
        ("es", "Dolió menos a 12 de cada 100 personas."),
        ("es", "MILD alivia el dolor."),
        ("es", "Puede causar un sangrado."),
        ("es", "Es más corta que otra."),
        ("es", "Medicare lo cubre."),
        ("es", "MILD le da:\n\n- menos dolor"),
    ],
)
def test_a_claim_without_its_source_is_found(lang: str, body: str) -> None:
    assert len(unsourced(body, lang)) == 1


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "Pain was lower in 12 of 100 people.[^mot1]"),
        ("en", "{{medicare}}[^ncd]"),
        ("en", "Does it help 9 of 10 people?"),
        ("en", "Call 911, or text 988."),
        ("en", "If the risk worries you, ask us."),
        ("en", "Please read [Risks](/mild/risks/)."),
        ("en", "We do not know how long it lasts."),
        ("en", "What we do not know:\n\n- How many people get better.\n- whether it lasts"),
        ("en", "In one trial:[^mot1]\n\n- 3 people left"),
        ("en", "In 2 trials people had:\n\n- less pain[^mot1]\n- more trouble[^enc2]"),
        ("en", "- **Common harms.** People bled.[^hem]"),
        ("en", "| 2016 | B |\n|---|---|\n| 2017 | It helps. It lasts 2 years.[^mot1] |"),
        ("en", '*English: 3 of 10 people bled.*\n{: lang="es" }'),
        ("es", "Dolió menos a 12 de cada 100 personas.[^mot1]"),
        ("es", "¿Ayuda a 9 de cada 10 personas?"),
        ("es", "Si el riesgo le preocupa, pregúntenos."),
        ("es", "No sabemos cuánto dura el efecto."),
        ("es", "- Cuántas personas mejoran."),
        ("es", "Lea [Riesgos](/es/mild/riesgos/)."),
    ],
)
def test_a_sentence_that_needs_no_source_or_has_one_is_left_alone(lang: str, body: str) -> None:
    assert unsourced(body, lang) == []


def test_legal_pages_have_numbers_and_the_glossary_has_words_of_their_own() -> None:
    assert unsourced("The cookie ends after 24 hours.", kind="legal") == []
    assert unsourced("It relieves pain.", kind="legal") == ["It relieves pain."]
    assert unsourced("A medicine that reduces clots.", kind="glossary") == []
    assert unsourced("It has 10 questions.", kind="glossary") == ["It has 10 questions."]

"""The rule for sources, on 200 labelled sentences and on our own pages: what it misses and what it takes for a claim."""

from pathlib import Path

import pytest
import yaml

from content import catalog
from content.claims import claims
from content.prose import read

SAMPLE = yaml.safe_load((Path(__file__).parent / "claims_sample.yaml").read_text(encoding="utf-8"))
RULES = Path(__file__).resolve().parents[2] / "docs" / "text-rules.md"
MISSES = {"en": 2, "es": 3}
FALSE_ALARMS = {"en": 0, "es": 0}


def unsourced(body: str, lang: str = "en", kind: str = "clinical") -> list[str]:
    return [sentence.text for sentence, sourced in claims(read(body), lang, kind) if not sourced]


def is_claim(sentence: str, lang: str) -> bool:
    return bool(unsourced(f"- {sentence}", lang))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_misses_and_false_alarms_are_as_many_as_we_say(lang: str) -> None:
    missed = [each for each in SAMPLE[lang]["claims"] if not is_claim(each, lang)]
    alarms = [each for each in SAMPLE[lang]["not_claims"] if is_claim(each, lang)]

    assert (len(SAMPLE[lang]["claims"]), len(SAMPLE[lang]["not_claims"])) == (50, 50)
    assert len(missed) == MISSES[lang], missed
    assert len(alarms) == FALSE_ALARMS[lang], alarms
    assert all(each in RULES.read_text(encoding="utf-8") for each in missed)


def test_the_numbers_are_written_down() -> None:
    text = RULES.read_text(encoding="utf-8")

    assert f"| Sample, English | 50 | {MISSES['en']} | 50 | {FALSE_ALARMS['en']} |" in text
    assert f"| Sample, Spanish | 50 | {MISSES['es']} | 50 | {FALSE_ALARMS['es']} |" in text


def test_no_claim_of_the_sample_was_taken_from_a_page() -> None:
    pages = "\n".join(page.body for page in catalog.current().by_path.values())

    assert [each for lang in ("en", "es") for each in SAMPLE[lang]["claims"] if each in pages] == []


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

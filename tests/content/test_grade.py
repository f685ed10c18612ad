"""How hard a text is to read: syllables, both formulas, and lists that do not flatter."""

import pytest

from content.grade import NAMES, Reading, reading, syllables
from content.plain_texts import PlainText, check_texts, faults_of, reading_of
from tests.content.test_checks import report_of

EASY = {
    "en": "You sit down. You rest a bit. The pain goes off. Then you walk on. "
    "We see you at ten. We look at your back and your legs. You tell us how it feels.",
    "es": "Usted se sienta. Descansa un poco. El dolor se va. Luego camina otra vez. "
    "Lo vemos a las diez. Le miramos la espalda y las piernas. Usted nos dice cómo se siente hoy.",
}
HARD = {
    "en": "Interventional decompression necessitates comprehensive multidisciplinary consideration of individual "
    "pathophysiological characteristics, radiological investigations, anticoagulation management, and postoperative "
    "rehabilitation requirements before authorization of any percutaneous intervention is communicated to "
    "beneficiaries by administrative personnel.",
    "es": "La intervención descompresiva mínimamente invasiva requiere consideraciones multidisciplinarias "
    "individualizadas, investigaciones radiológicas complementarias, administración de anticoagulación y procedimientos "
    "de rehabilitación posteriores antes de comunicar cualquier autorización administrativa, presupuestaria "
    "o complementaria a los beneficiarios.",
}


@pytest.mark.parametrize(
    ("word", "lang", "count"),
    [
        ("walking", "en", 2), ("medicine", "en", 3), ("you’re", "en", 1), ("doctor's", "en", 2), ("FDA", "en", 3),
        ("LSS", "en", 3), ("side-by-side", "en", 3), ("foraminal", "en", 3), ("through", "en", 1),
        ("MILD", "en", 0), ("X-ray", "en", 0), ("2,229", "en", 0), ("{{phone}}", "en", 0),
        ("estenosis", "es", 4), ("día", "es", 2), ("quiere", "es", 2), ("guía", "es", 2), ("pingüino", "es", 3),
        ("aire", "es", 2), ("leer", "es", 2), ("muy", "es", 1), ("y", "es", 1), ("caída", "es", 3), ("médico", "es", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, lang: str, count: int) -> None:
    assert syllables(word, lang) == count


def test_both_formulas_give_what_their_authors_wrote() -> None:
    """30 words in 3 sentences; 36 syllables in English, 60 in Spanish."""
    english = [["walking"] * 2 + ["walk"] * 8] * 3
    spanish = [["dolor"] * 10] * 3

    assert reading(english, [], "en") == Reading("en", round(0.39 * 10 + 11.8 * 36 / 30 - 15.59, 1))
    assert reading(spanish, [], "es") == Reading("es", round(206.835 - 62.3 * 2 - 10, 1))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_an_easy_text_meets_the_aim_and_a_hard_one_does_not(lang: str) -> None:
    easy, hard = reading_of([EASY[lang]], lang), reading_of([HARD[lang]], lang)

    assert easy is not None
    assert hard is not None
    assert easy.meets_aim
    assert not hard.meets_aim


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_hard_page_fails_and_an_easy_or_legal_one_does_not(lang: str) -> None:
    def rules(text: str, kind: str = "guide") -> list[str]:
        return [each.rule for each in report_of(text, lang=lang, kind=kind).errors]

    assert "grade" in rules(HARD[lang])
    assert "grade" not in rules(EASY[lang])
    assert "grade" not in rules(HARD[lang], "legal")


def test_names_make_a_page_neither_harder_nor_easier() -> None:
    plain = reading_of([EASY["en"]], "en")
    named = reading_of([EASY["en"].replace("The pain goes", "The laminectomy goes")], "en")

    assert {"laminectomy", "ibuprofen", "mri"} <= NAMES
    assert plain is not None
    assert named is not None
    assert abs(plain.score - named.score) < 0.2


def test_a_list_of_fragments_does_not_flatter() -> None:
    sentence = "Tell us about every medicine, every allergy, every earlier operation, and every illness. "
    as_list = (
        "Tell us about:\n\n- every medicine\n- every allergy\n- every earlier operation\n- every illness\n\n"
    )

    whole, listed = (report_of(text * 5).reading for text in (sentence, as_list))

    assert whole is not None
    assert listed is not None
    assert listed.score > 6
    assert abs(listed.score - whole.score) < 2


def test_a_few_words_have_no_grade() -> None:
    assert reading_of(["Call us."], "en") is None


@pytest.mark.parametrize("lang", ["en", "es"])
def test_words_outside_the_pages_follow_the_same_rules(lang: str) -> None:
    promise = {"en": "It is safe.", "es": "Es segura."}[lang]
    texts = [PlainText("words.yaml", 4, promise), PlainText("words.yaml", 9, "word " * 21 + "end.")]

    found = check_texts(texts, lang)

    assert [(each.rule, each.line) for each in found] == [("promise", 4), ("sentence-length", 9)]
    assert check_texts([PlainText("words.yaml", 1, EASY[lang])], lang) == ()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_author_of_a_reply_is_told_in_sentences_what_to_change(lang: str) -> None:
    promise = {"en": "It is safe.", "es": "Es segura."}[lang]

    told = faults_of(f"{promise}\n\n{'word ' * 21}end.", lang)

    assert len(told) >= 2
    assert promise in told[0]
    assert "21" in told[1] or "22" in told[1]
    assert faults_of(EASY[lang], lang) == ()
    assert any("shorter words" in each for each in faults_of(HARD[lang], lang))

"""Each rule for texts, with words that pass it and words that do not, in both languages."""

from datetime import date

import pytest

from clinic.practice import Practice
from clinic.staff import StaffMember
from content.checks import House, Report, check_house, check_page
from content.documents import Page, Source, page_from, parse, source_from
from content.findings import ERROR, WARNING, Finding
from tests.content.desk_of_editors import now_of
from tests.content.rooms import Room

TODAY = date(2026, 11, 21)
FRONT = {
    "id": "risks", "lang": "en", "path": "/mild/risks/", "title": "Title", "nav": "Nav", "summary": "One line.",
    "main_message": "One thing.", "kind": "clinical", "review_every": "12", "translates": '""',
}  # fmt: skip
SOURCE = """---
id: {key}
kind: trial
title: "A safe and effective title, as published."
label: {{en: Study, es: Estudio}}
design: {{en: "{design}", es: Diseño}}
size: {{en: Size, es: Tamaño}}
length: {{en: Length, es: Tiempo}}
comparison: {{en: None, es: Ninguna}}
limits: {{en: Limits, es: Límites}}
paid_by: {{en: Nobody, es: Nadie}}
link: https://doi.org/10.1/x
checked_on: {checked_on}
verified: whole
---
"""


def labelled(lines: str) -> list[tuple[str, str]]:
    """Lines of the form `en: A sentence.` as pairs."""
    return [(line.strip()[:2], line.strip()[4:]) for line in lines.strip().splitlines()]


def page_of(body: str, **changes: str) -> Page:
    front = {**FRONT, **changes}
    if front["lang"] == "es" and "path" not in changes:
        front["path"] = "/es/mild/riesgos/"
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    name = f"content/pages/{front['lang']}/{front['id']}.md"
    return page_from(parse(name, f"---\n{lines}\n---\n{body}\n"))


def source_of(key: str = "mot1", checked_on: str = "2026-11-01", design: str = "Trial") -> Source:
    text = SOURCE.format(key=key, checked_on=checked_on, design=design)
    return source_from(parse(f"content/sources/{key}.md", text))


def house_of(
    *pages: Page, sources: tuple[Source, ...] = (), good_until: dict[tuple[str, str], date] | None = None
) -> House:
    known = sources or (source_of("mot1"), source_of("enc2"))
    return House(
        pages={(page.id, page.lang): page for page in pages},
        sources={source.key: source for source in known},
        today=TODAY,
        good_until=good_until or {},
    )


def report_of(body: str, **changes: str) -> Report:
    """The report on one page that has its twin and a neighbour, /mild/ or /es/mild/, with one heading."""
    page = page_of(body, **changes)
    spanish = page.lang == "es"
    twin = page_of("Text.", lang="en" if spanish else "es", id=page.id)
    path = "/es/mild/" if spanish else "/mild/"
    other = page_of("## What it is\n\nText.", lang=page.lang, id="mild", path=path)
    return check_page(page, house_of(page, twin, other))


def rules_of(body: str, **changes: str) -> list[str]:
    return [finding.rule for finding in report_of(body, **changes).errors]


def test_a_finding_says_where_what_and_what_to_do() -> None:
    (found,) = report_of("Text.\n\nIt helps 9 of 10.").findings[:1]

    assert (found.rule, found.severity, found.file, found.line) == (
        "claim", ERROR, "content/pages/en/risks.md", 15,
    )  # fmt: skip
    assert found.words == "It helps 9 of 10."
    assert str(found).startswith("content/pages/en/risks.md:15: claim: Put the source behind the full stop")


@pytest.mark.parametrize(
    ("lang", "good", "bad"),
    [
        ("en", "MILD eased pain.[^mot1]", "MILD eased pain."),
        ("es", "MILD alivia el dolor.[^mot1]", "MILD alivia el dolor."),
    ],
)
def test_claim(lang: str, good: str, bad: str) -> None:
    assert rules_of(good, lang=lang) == []
    assert rules_of(bad, lang=lang) == ["claim"]


@pytest.mark.parametrize("key", ["title", "summary", "main_message"])
def test_a_number_where_no_source_can_stand_must_be_sourced_in_the_text(key: str) -> None:
    assert rules_of("Text.", **{key: "Trials of 302 people"}) == ["claim"]
    assert rules_of("They took 302 people.[^mot1]", **{key: "Trials of 302 people"}) == []


def test_a_number_in_a_picture_must_be_sourced_in_the_text() -> None:
    picture = '![Dots show 302 people who took part.](dots-12.svg "All of them.")'

    assert rules_of(picture) == ["claim"]
    assert rules_of(f"{picture}\n\nThey took 302 people.[^mot1]") == []


def test_source_unknown() -> None:
    assert rules_of("Text.[^mot1]") == []
    assert rules_of("Text.[^nobody]") == ["source-unknown"]


PROMISING = """
    en: MILD is safe.
    en: It is Safer.
    en: This is clinically proven.
    en: It cures.
    en: A painless way.
    en: A permanent change.
    en: We guarantee it.
    en: The best way.
    en: FDA-approved tools.
    en: FDA approved tools.
    en: The success rate.
    en: It is effective.
    en: With minimal risk.
    en: A gentle, quick way.
    en: For elderly people.
    es: MILD es seguro.
    es: Una opción segura.
    es: Está comprobado.
    es: Lo cura.
    es: Es indoloro.
    es: Caminará sin dolor.
    es: Un cambio permanente.
    es: Se lo garantizamos.
    es: Es el mejor.
    es: Aprobado por la FDA.
    es: La tasa de éxito.
    es: Es eficaz.
    es: Con riesgo mínimo.
    es: Una recuperación rápida.
    es: Para ancianos.
    en: It takes your pain away.
    en: It will take away all your pain.
    en: You will walk again.
    en: You'll feel better soon.
    en: You will be able to garden again.
    en: You will be pain free.
    en: Say goodbye to back pain.
    en: Get your life back.
    en: Walk without pain.
    en: You will not feel any pain.
    en: There is zero risk.
    en: It is free of risk.
    en: It carries no real risk.
    en: Nothing can go wrong.
    en: You have nothing to lose.
    en: It always works.
    en: It never fails.
    en: It is a simple fix.
    en: It is harmless.
    en: Relief is instant.
    en: It changes lives.
    en: A life-changing day.
    en: Our doctors are world-class.
    en: We are the leading clinic.
    en: It is 100% certain.
    en: The pain is gone once and for all.
    en: It fixes your back.
    en: We promise relief.
    es: Le quita el dolor.
    es: Le quitará todo el dolor.
    es: Volverá a caminar.
    es: Caminará otra vez.
    es: Se sentirá mejor.
    es: Podrá bailar de nuevo.
    es: Dígale adiós al dolor.
    es: Recupere su vida.
    es: Estará libre de dolor.
    es: No sentirá dolor.
    es: No hay riesgo.
    es: El riesgo es cero.
    es: No tiene ningún riesgo.
    es: Nada puede salir mal.
    es: No tiene nada que perder.
    es: Siempre funciona.
    es: Nunca falla.
    es: No hace daño.
    es: Es inofensivo.
    es: El alivio es inmediato.
    es: Le cambia la vida.
    es: Somos la clínica líder.
    es: Es cien por ciento seguro.
    es: El dolor se va de una vez por todas.
    es: Arregla su espalda.
    es: Le prometemos alivio.
"""


@pytest.mark.parametrize(("lang", "bad"), labelled(PROMISING))
def test_promise(lang: str, bad: str) -> None:
    assert "promise" in rules_of(bad, lang=lang)
    assert "promise" in rules_of(f"## {bad}", lang=lang)
    assert "promise" in rules_of("Text.", lang=lang, summary=bad)


NOT_PROMISING = """
    en: The tools are FDA-cleared.[^mot1]
    en: That is unsafe.
    en: Curious people ask.
    en: You will usually be asked to walk.[^mot1]
    en: You will be in the room with a nurse.
    en: Sitting takes the pain away.[^mot1]
    en: It changes your life only a little.
    es: Sentarse quita el dolor.[^mot1]
    es: Estará en la sala con una enfermera.
    es: Pregunte a su seguro.
    es: ¿No está seguro?
    es: Tome el jarabe.
    es: Los instrumentos están autorizados por la FDA.[^mot1]
    es: La herida sana bien.[^mot1]
    es: Está mejor.[^mot1]
"""


@pytest.mark.parametrize(("lang", "good"), labelled(NOT_PROMISING))
def test_words_near_a_promise_pass(lang: str, good: str) -> None:
    assert rules_of(good, lang=lang) == []


def test_a_reason_settles_a_promise_or_a_claim_and_is_reported() -> None:
    report = report_of("Nobody can call it safe. {! denies it !} It helps. {! common sense !}")

    assert report.findings == ()
    assert [(each.rule, each.reason) for each in report.exemptions] == [
        ("claim", "common sense"),
        ("promise", "denies it"),
    ]
    assert "exempt, denies it" in str(report.exemptions[1])


def test_a_reason_settles_nothing_else_and_must_say_something() -> None:
    too_long = "word " * 25 + "end. {! long !}"

    assert rules_of(too_long) == ["sentence-length"]
    assert rules_of("It is safe. {! !}") == ["promise", "exemption"]
    assert [(each.rule, each.severity) for each in report_of("Fine. {! no need !}").findings] == [
        ("exemption", WARNING)
    ]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_headings(lang: str) -> None:
    assert rules_of("## A\n\n### B\n\n## C\n\n### D\n\n#### E", lang=lang) == []
    assert rules_of("# A", lang=lang) == ["headings"]
    assert rules_of("### A", lang=lang) == ["headings"]
    assert rules_of("## A\n\n#### B", lang=lang) == ["headings"]
    assert rules_of("A\n===", lang=lang) == ["headings"]


@pytest.mark.parametrize(
    ("lang", "good", "bad"),
    [
        ("en", "A person leans on a cart.", "An image of a cart in a shop."),
        ("es", "Una persona se apoya en un carrito.", "Una imagen de un carrito azul."),
    ],
)
def test_alt_text(lang: str, good: str, bad: str) -> None:
    assert rules_of(f'![{good}](cart.svg "Below.")', lang=lang) == []
    assert rules_of(f'![{bad}](cart.svg "Below.")', lang=lang) == ["alt-text"]
    assert rules_of("![](cart.svg)", lang=lang) == ["alt-text"]
    assert rules_of("![A cart](cart.svg)", lang=lang) == ["alt-text"]
    assert rules_of(f'![{good}](cart.svg "{good}")', lang=lang) == ["alt-text"]


@pytest.mark.parametrize(
    ("lang", "path", "good", "bad"),
    [
        ("en", "/mild/", "What MILD is", ["here", "Click here", "this page", "Read more", "https://x.org"]),
        (
            "es",
            "/es/mild/",
            "Qué es MILD",
            ["aquí", "Haga clic aquí", "esta página", "Más información", "este enlace"],
        ),
    ],
)
def test_link_text(lang: str, path: str, good: str, bad: list[str]) -> None:
    assert rules_of(f"See [{good}]({path}).", lang=lang) == []
    for words in bad:
        assert rules_of(f"See [{words}]({path}).", lang=lang) == ["link-text"]


@pytest.mark.parametrize(
    ("lang", "good", "bad"),
    [
        (
            "en",
            ["/mild/", "/mild/#what-it-is", "#here", "/check/", "/book/", "/emergency/", "/sources/#mot1", "/search/?q=leg",
             "/glossary/", "https://nih.gov/", "/es/mild/riesgos/"],
            ["/mild", "/nowhere/", "/mild/#nothing", "#nothing", "/es/check/", "mild/", "http://nih.gov/", "tel:911",
             "javascript:x"],
        ),
        (
            "es",
            ["/es/mild/", "/es/mild/#what-it-is", "#here", "/es/check/", "/es/emergency/", "/es/glossary/"],
            ["/mild/", "/check/", "/es/nada/", "/es/mild/#nada", "/emergency/"],
        ),
    ],
)  # fmt: skip
def test_links_lead_somewhere_in_the_language_of_the_page(lang: str, good: list[str], bad: list[str]) -> None:
    for address in good:
        assert rules_of(f"## Here\n\nSee [Name]({address}).", lang=lang) == [], address
    for address in bad:
        assert set(rules_of(f"## Here\n\nSee [Name]({address}).", lang=lang)) == {"link"}, address


@pytest.mark.parametrize("lang", ["en", "es"])
def test_lengths(lang: str) -> None:
    fits, too_long = "word " * 19 + "end.", "word " * 20 + "end."

    assert rules_of(fits, lang=lang) == []
    assert rules_of(too_long, lang=lang) == ["sentence-length"]
    assert rules_of(f"- {too_long}", lang=lang) == ["sentence-length"]
    assert rules_of(f"| A | B |\n|---|---|\n| a | {too_long} |", lang=lang) == ["sentence-length"]
    assert rules_of("Text.", lang=lang, summary=too_long) == ["sentence-length"]
    assert rules_of("One. Two. Three.", lang=lang) == []
    assert rules_of("- **Name.** One. Two. Three.", lang=lang) == []
    assert rules_of("One. Two. Three. Four.", lang=lang) == ["paragraph-length"]
    assert rules_of(f"{too_long} Two. Three. Four.", lang=lang, kind="legal") == []


@pytest.mark.parametrize(
    ("lang", "good"),
    [
        ("en", "Within 5 years, 12 of 100 people had surgery and 88 did not.[^mot1]"),
        ("en", "Within 2 years, 0 of 100 people bled and 100 did not.[^mot1]"),
        ("en", "Of 75 people, 9 had surgery within 5 years and 66 did not.[^mot1]"),
        ("en", "They saw 361 people.[^mot1] At that time, 21 of them had it and 340 did not.[^mot1]"),
        ("en", "In one trial, 69 people had MILD.[^mot1]"),
        ("es", "De 75 personas, 9 tuvieron cirugía en 5 años y 66 no.[^mot1]"),
        ("en", "Pain was 40% lower.[^mot1]"),
        ("en", "You owe 20% of the bill.[^mot1]"),
        ("es", "En 5 años, 12 de cada 100 personas tuvieron cirugía y 88 no.[^mot1]"),
        ("es", "El dolor fue 40% menor.[^mot1]"),
        ("es", "El 2 de mayo de 2024.[^mot1]"),
    ],
)
def test_frequencies_of_people_in_the_house_form_pass(lang: str, good: str) -> None:
    assert rules_of(good, lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "bad", "advice"),
    [
        ("en", "12% had surgery within 5 years.[^mot1]", "how many of how many"),
        ("en", "12 percent had surgery.[^mot1]", "how many of how many"),
        ("en", "1 in 8 people had surgery.[^mot1]", "how many of how many"),
        ("en", "Half of the people had surgery.[^mot1]", "how many of how many"),
        ("en", "12 of 100 people had surgery, 88 did not.[^mot1]", "within what time"),
        ("en", "Within 5 years, 12 of 100 people had surgery.[^mot1]", "88 of 100"),
        ("en", "They saw 75 people.[^mot1] 9 had surgery within 5 years.[^mot1]", "66 of 75"),
        ("en", "They saw 75 people.[^mot1] 9 of them bled and 66 did not.[^mot1]", "within what time"),
        ("es", "Vieron a 75 personas.[^mot1] 9 tuvieron cirugía en 5 años.[^mot1]", "66 of 75"),
        (
            "es",
            "Vieron a 75 personas.[^mot1] 9 de ellas tuvieron cirugía y 66 no.[^mot1]",
            "within what time",
        ),
        ("es", "El 12% tuvo cirugía en 5 años.[^mot1]", "how many of how many"),
        ("es", "Uno de cada ocho, o dos de cada diez, tuvo cirugía.[^mot1]", "how many of how many"),
        ("es", "La mitad de las personas tuvo cirugía.[^mot1]", "how many of how many"),
        ("es", "12 de cada 100 personas tuvieron cirugía y 88 no.[^mot1]", "within what time"),
        ("es", "En 5 años, 12 de cada 100 personas tuvieron cirugía.[^mot1]", "88 of 100"),
    ],
)
def test_other_frequencies_of_people_are_found(lang: str, bad: str, advice: str) -> None:
    (found,) = report_of(bad, lang=lang).errors

    assert found.rule == "frequency"
    assert advice in found.advice


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "bad",
    [
        "Text <b>x</b>.",
        "<script>evil()</script>",
        "<ScRiPt src=//x.example>",
        '<div class="x" onclick="evil()">',
        '<div\nclass="x">',
        "<img src=x onerror=evil()",
        "Line<br>break, line<br/>break.",
        "<o:p></o:p>",
        "<!-- a note -->",
        "<my-part></my-part>",
        "</td>",
        "- An item with <u>underline</u>.",
        "| A | B |\n|---|---|\n| a | <i>b</i> |",
        '!!! info "<b>Title</b>"\n    Text.',
        "A quote: \\<b>.",
    ],
)
def test_html_is_found_with_its_line_and_what_to_do(lang: str, bad: str) -> None:
    report = report_of(f"Text.\n\n{bad}", lang=lang)

    found = next(each for each in report.errors if each.rule == "html")
    assert found.line == 15 + bad.split("<")[0].count("\n")
    assert "Take out <" in found.advice


@pytest.mark.parametrize(
    "good",
    [
        "It began < 3 months ago.",
        "Less (<3 months).",
        "We love it <3.",
        "Write `<b>` in code.",
        "Look at <https://nih.gov/>.",
        "Write to <office@example.com>.",
    ],
)
def test_a_smaller_sign_an_address_and_code_are_no_html(good: str) -> None:
    assert "html" not in rules_of(good)


def test_html_is_found_in_front_matter_and_in_sources() -> None:
    (found,) = report_of("Text.", title="A <b>title</b>").errors
    (other,) = calendar(
        page_of("Text.[^mot1]"), page_of("Texto.[^mot1]", lang="es"), sources=(source_of(design="<i>A</i>"),)
    )

    assert (found.rule, found.line) == ("html", 5)
    assert (other.rule, other.line, other.file) == ("html", 6, "content/sources/mot1.md")


def test_an_editor_reads_the_same_about_html_and_cannot_publish_it(
    eli: StaffMember, practice: Practice
) -> None:
    room = Room(eli)

    room.press("publish", body=room.body + "\n\nText <b>x</b>.\n")

    assert "Take out &lt;b&gt;: readers would see HTML as it stands" in room.answer.content.decode()
    assert now_of().live is None


def test_the_mark_of_a_place_does_not_reach_readers() -> None:
    (found,) = report_of("One line.\n\nBring your list.@@").errors

    assert (found.rule, found.words) == ("place", "Bring your list.@@")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_page_needs_its_twin(lang: str) -> None:
    page = page_of("Text.", lang=lang)

    (found,) = check_page(page, house_of(page)).errors

    other = "es" if lang == "en" else "en"
    assert (found.rule, found.advice) == ("twin", f"Write its twin, content/pages/{other}/risks.md.")


def calendar(
    *pages: Page,
    sources: tuple[Source, ...] = (),
    good_until: dict[tuple[str, str], date] | None = None,
) -> tuple[Finding, ...]:
    return check_house(house_of(*pages, sources=sources, good_until=good_until))[1]


def test_calendar_findings_warn_and_never_fail() -> None:
    english, spanish = page_of("Text.[^mot1]"), page_of("Texto.[^mot1]", lang="es", translates="a" * 64)
    old, unused = source_of("mot1", checked_on="2025-11-20"), source_of("enc2", checked_on="2020-01-01")

    found = calendar(
        english,
        spanish,
        sources=(old, unused),
        good_until={("risks", "en"): TODAY, ("risks", "es"): date(2027, 1, 1)},
    )

    assert {each.severity for each in found} == {WARNING}
    assert [(each.rule, each.file) for each in found] == [
        ("source-unused", "content/sources/enc2.md"),
        ("source-old", "content/sources/mot1.md"),
        ("review-overdue", "content/pages/en/risks.md"),
        ("twin-older", "content/pages/es/risks.md"),
    ]


def test_nothing_is_due_while_all_is_fresh() -> None:
    english = page_of("Text.[^mot1]")
    spanish = page_of("Texto.[^mot1]", lang="es", translates=english.document.digest)
    year_old = source_of("mot1", checked_on="2025-11-21")

    assert (
        calendar(english, spanish, sources=(year_old,), good_until={("risks", "en"): date(2026, 11, 22)})
        == ()
    )


def test_twins_cite_the_same_sources() -> None:
    (found,) = calendar(page_of("Text.[^mot1]"), page_of("Texto.[^enc2]", lang="es"))

    assert (found.rule, found.words) == ("twin-sources", "enc2, mot1")


def test_we_promise_nothing_about_a_source_but_its_title_stays_as_published() -> None:
    page, twin = page_of("Text.[^mot1]"), page_of("Texto.[^mot1]", lang="es")

    assert calendar(page, twin, sources=(source_of(),)) == ()
    (found,) = calendar(page, twin, sources=(source_of(design="A proven design"),))
    assert (found.rule, found.severity, found.line) == ("promise", ERROR, 6)


def test_a_draft_that_stands_in_no_file_is_checked_like_any_page() -> None:
    stored, twin = page_of("Text."), page_of("Texto.", lang="es")
    draft = page_of("It helps.")

    report = check_page(draft, house_of(stored, twin))

    assert [each.rule for each in report.errors] == ["claim"]
    assert (report.claims, report.sources, report.longest) == (1, 0, 2)

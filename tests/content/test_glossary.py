"""The first use of a word leads to its definition; headings, links and warnings are left alone."""

from content.glossary import addresses, terms_of
from content.markup import Picture
from content.render import render

GLOSSARY = """
### Ligament (ligamentum flavum)

*Also: thick band, band*

A band of tissue.

### Stenosis

A narrow place.
"""


def html_of(body: str) -> str:
    def no_picture(_name: str) -> Picture | None:
        return None

    terms = addresses(terms_of(GLOSSARY), "/glossary/")
    return render(body, source_word="Source", sources=(), picture=no_picture, tokens={}, terms=terms).html


def test_a_glossary_without_a_word_has_no_words() -> None:
    assert terms_of("Nothing yet.\n") == ()


def test_a_word_knows_its_forms_and_the_id_of_its_heading() -> None:
    first, second = terms_of(GLOSSARY)

    assert (first.id, first.forms) == (
        "ligament-ligamentum-flavum",
        ("ligament", "ligamentum flavum", "thick band", "band"),
    )
    assert (second.id, second.forms) == ("stenosis", ("stenosis",))


def test_only_the_first_use_is_linked_whatever_its_form() -> None:
    html = html_of("A Thick Band grows. The band, or ligament, is thick. Stenosis follows.")

    assert html.count('class="term"') == 2
    assert '<a class="term" href="/glossary/#ligament-ligamentum-flavum">Thick Band</a> grows.' in html
    assert '<a class="term" href="/glossary/#stenosis">Stenosis</a> follows.' in html


def test_parts_of_words_headings_links_and_emergencies_are_left_alone() -> None:
    html = html_of(
        '## A ligament\n\nBandages. [The ligament](/mild/).\n\n!!! emergency "Call 911"\n    Your band hurts.\n\nEnd.\n'
    )

    assert 'class="term"' not in html


def test_text_around_a_link_stays_whole_also_in_lists_and_bold_words() -> None:
    html = html_of("- before **the ligament** between stenosis after\n")

    text = "before <strong>the "
    assert text in html
    assert "</strong> between " in html
    assert html.index("before") < html.index("ligament</a>") < html.index("between") < html.index("after")

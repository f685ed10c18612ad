"""Markdown is read as Markdown shows it: no word is lost, and each sentence knows its line and its sources."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from content import catalog
from content.documents import Page
from content.markup import Picture
from content.prose import read
from content.render import Heading, render
from content.sentences import WORD, sentences

PAGES = sorted(catalog.of_files().by_path.values(), key=lambda page: page.path)


class AnyToken(dict[str, str]):
    """Leaves every {{token}} as it stands."""

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> str:
        return f"{{{{{name}}}}}"


def shown(page: Page) -> tuple[list[str], list[str]]:
    """The words and the ids of headings that a reader of the finished page meets."""
    result = render(
        page.body,
        source_word="Source",
        sources=catalog.current().sources,
        picture=lambda _name: Picture("/p.svg", 1, 1),
        tokens=AnyToken(),
    )
    html = re.sub(r"<sup.*?</sup>", "", re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r" \1 ", result.html))
    text = re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|td|th|h\d|figcaption|tr)>", " ", html))
    return words_of(unescape(text)), list(ids_of(result.contents))


def ids_of(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield heading.id
        yield from ids_of(heading.children)


def words_of(text: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(text)]


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.document.name)
def test_the_rules_read_every_word_that_the_patient_reads(text: Page) -> None:
    prose = read(text.body, text.document.body_line)

    words, ids = shown(text)

    assert [word for block in prose.blocks for word in words_of(block.text)] == words
    assert [heading.id for heading in prose.headings] == ids


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.document.name)
def test_a_sentence_stands_on_the_line_that_is_named(text: Page) -> None:
    lines = text.body.split("\n")

    for block in read(text.body, text.document.body_line).blocks:
        for sentence in block.sentences:
            if sentence.words and not sentence.words[0].startswith("{{"):
                assert sentence.words[0] in lines[sentence.line - text.document.body_line]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("See Dr. Lee at 9 a.m. on Monday. Then rest.", ["See Dr. Lee at 9 a.m. on Monday.", "Then rest."]),
        ("Llame a la Dra. Paz. ¿Le duele?", ["Llame a la Dra. Paz.", "¿Le duele?"]),
        ("It was 2.5 mm, in 2,229 people. So.", ["It was 2.5 mm, in 2,229 people.", "So."]),
        (
            '**No change.** "It hurts." (So they say.) Yes.',
            ["No change.", '"It hurts."', "(So they say.)", "Yes."],
        ),
        ("[Read on.](/mild/) Now.", ["Read on.", "Now."]),
        ("Take e.g. a cart. Go.", ["Take e.g. a cart.", "Go."]),
        ("Call {{phone}}. *Then* wait.", ["Call {{phone}}.", "Then wait."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert [sentence.text for sentence in sentences([(1, text)])] == parts


def test_sources_and_reasons_belong_to_the_sentence_before_them() -> None:
    first, second, third = sentences(
        [(7, "One.[^mot1][^enc2] {! because !}"), (8, "Two."), (9, "Three[^ncd] is.")]
    )

    assert (first.sources, first.exemption, first.line) == (("mot1", "enc2"), "because", 7)
    assert (second.sources, second.exemption, second.line) == ((), None, 8)
    assert third.sources == ("ncd",)


def test_each_kind_of_block_is_told_apart() -> None:
    body = (
        '## A {: #own }\n\nTell us:\n\n- all pills\n    - also herbs\n- *English: yes.*\n{: lang="en" }\n\n'
        '| Head | Two |\n|---|---|\n| row | Cell.[^ncd] |\n\n!!! info "Title"\n    Inside.\n\n'
        '![What is seen. Two.](a.svg "Caption.")\n\nTitle\n---\n\n> Quoted.\n'
    )

    blocks = read(body).blocks

    assert [(block.kind, block.text, block.line) for block in blocks] == [
        ("heading", "A", 1),
        ("paragraph", "Tell us:", 3),
        ("item", "all pills", 5),
        ("item", "also herbs", 6),
        ("item", "English: yes.", 7),
        ("cell", "Head", 10),
        ("cell", "Two", 10),
        ("cell", "row", 12),
        ("cell", "Cell.", 12),
        ("title", "Title", 14),
        ("paragraph", "Inside.", 15),
        ("alt", "What is seen. Two.", 17),
        ("caption", "Caption.", 17),
        ("heading", "Title", 19),
        ("paragraph", "Quoted.", 22),
    ]
    assert blocks[0].id == "own"
    assert blocks[2].lead is blocks[1]
    assert blocks[4].lang == "en"
    assert [block.names_row for block in blocks[5:9]] == [True, True, True, False]

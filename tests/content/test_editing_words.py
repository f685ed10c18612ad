"""The pure pieces of editing: single values of front matter, differences, insertions, and two changes put together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import files
from content.documents import BadDocument, normal_form, parse
from content.front_lines import lines_of, parts_of, values_of, with_values
from content.insertions import citation, inserted, link, picture
from content.merging import merged
from content.reading import blocks_changed, blocks_of
from content.word_diff import ADDED, REMOVED, SAME, Gap, folded, lines_changed, words_changed

FRONT = """---
id: risks   # never changes
title: 'It''s a title'
nav: "Risks"
summary: >-
  Two lines
  in one.
label: {en: "A, label", es: otra}
review_every: 12
translates:
checked_on: 2026-11-21
---
"""
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60)
TEXTS = st.lists(
    st.sampled_from(["one ", "two", ". ", "\n", "\n\n", "## x", "- y", "é🙂", "  "]), max_size=40
).map("".join)


@pytest.mark.parametrize("name", list(values_of(FRONT)))
@settings(deadline=None)
@given(words=WORDS)
def test_one_value_changes_and_every_other_character_stays(name: str, words: str) -> None:
    plain = " ".join(words.split())

    front = with_values(FRONT, {name: words})

    assert values_of(front) == {**values_of(FRONT), name: plain}
    place = lines_of(FRONT)[name] - 1
    before, after = FRONT.split("\n"), front.split("\n")
    assert after[:place] == before[:place]
    assert after[-2:] == before[-2:]
    assert "# never changes" in front


def test_every_file_of_the_house_comes_back_byte_for_byte() -> None:
    for file in files.current().texts.values():
        parts = parts_of(file.text)

        assert parts.whole == normal_form(file.text)
        assert with_values(parts.front, values_of(parts.front)) == parts.front


def test_text_stays_text_and_numbers_stay_numbers() -> None:
    front = with_values(FRONT, {"nav": "yes", "review_every": "6", "title": "a: b #c", "new": "no"})

    read = parse("", front).front
    assert read["nav"] == "yes"
    assert read["review_every"] == 6
    assert read["title"] == "a: b #c"
    assert read["new"] == "no"


def test_broken_front_matter_is_said_and_not_mended_in_silence() -> None:
    with pytest.raises(BadDocument):
        parts_of("no front matter")
    with pytest.raises(BadDocument):
        with_values("---\ntitle: [\n---\n", {"title": "x"})


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_differences_hold_both_texts_whole(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    lines = lines_changed(old, new)

    assert "".join(piece.words for piece in pieces if piece.kind != ADDED) == old
    assert "".join(piece.words for piece in pieces if piece.kind != REMOVED) == new
    numbers = [line.number for line in lines if line.number]
    assert numbers == list(range(1, len(new.split("\n")) + 1))
    assert (old == new) == (not any(line.is_changed for line in lines))


def test_a_changed_word_is_marked_and_its_neighbours_are_not() -> None:
    kinds = [(piece.kind, piece.words) for piece in words_changed("12 of 100 people", "15 of 100 people")]

    assert kinds == [(REMOVED, "12"), (ADDED, "15"), (SAME, " of 100 people")]


def test_far_lines_are_folded_away() -> None:
    old = "\n".join(map(str, range(30)))

    shown = folded(lines_changed(old, old.replace("15", "fifteen")))

    assert [each.lines for each in shown if isinstance(each, Gap)] == [13, 12]


def test_long_texts_are_compared_in_moments_as_a_whole() -> None:
    pieces = words_changed("a " * 5000, "b " * 5000)

    assert [piece.kind for piece in pieces] == [REMOVED, ADDED]


def test_a_page_is_compared_as_it_is_read() -> None:
    old = blocks_of(
        "<h2>Risks</h2><p>Some <strong>pain</strong>.<sup><a>1</a></sup></p><ul><li>One</li></ul>"
    )
    new = blocks_of(
        '<h2>Risks</h2><p>Much pain.<sup><a>1</a></sup></p><ul><li>One</li><li>Two</li></ul><img alt="A back">'
    )

    found = [(each.kind, each.is_changed) for each in blocks_changed(old, new)]

    assert found == [("h2", False), ("p", True), ("li", False), ("li", True), ("picture", True)]
    assert old[1].words == "Some pain. [1]"


def test_snippets_go_where_the_writer_has_marked_it() -> None:
    assert inserted("A.@@ B.", citation("mot1")) == "A.[^mot1] B."
    assert inserted("A.\n", citation("mot1")) == "A.[^mot1]\n"
    assert inserted("See", link("a ] b", "/cost/")) == "See [a \\] b](/cost/)\n"
    alone = inserted("One@@two", picture("canal.svg", "What is seen", 'Say "hi"'), alone=True)
    assert alone == 'One\n\n![What is seen](canal.svg "Say ”hi”")\n\ntwo'


def test_two_changes_are_put_together_only_where_they_do_not_touch() -> None:
    base = "a\nb\nc\nd\ne"

    assert merged(base, "A\nb\nc\nd\ne", "a\nb\nc\nd\nE") == "A\nb\nc\nd\nE"
    assert merged(base, "A\nb\nc\nd\ne", "A\nb\nc\nd\ne") == "A\nb\nc\nd\ne"
    assert merged(base, "X\nb\nc\nd\ne", "Y\nb\nc\nd\ne") is None
    assert merged("", "a", "b") is None


@settings(deadline=None)
@given(base=TEXTS, mine=TEXTS)
def test_a_change_put_together_with_none_is_the_change(base: str, mine: str) -> None:
    if base:
        assert merged(base, mine, base) == mine
        assert merged(base, base, mine) == mine

"""A document is parsed strictly, and a fault names the file, the line and what to do."""

import pytest

from content.documents import SOURCE_TEXTS, BadDocument, digest_of, page_from, parse, source_from

FRONT = {
    "id": "risks",
    "lang": "en",
    "path": "/mild/risks/",
    "title": "Risks",
    "nav": "Risks",
    "summary": "What can go wrong.",
    "main_message": "Every procedure has risks.",
    "kind": "clinical",
    "review_every": "12",
}


def text_of(body: str = "Words.\n", **changes: str | None) -> str:
    """A page's text with some front matter changed; None leaves a key out."""
    front = {key: value for key, value in (FRONT | changes).items() if value is not None}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n" + body


def fault_of(raw: str | bytes) -> BadDocument:
    with pytest.raises(BadDocument) as caught:
        page_from(parse("content/pages/en/x.md", raw))
    return caught.value


def test_a_good_page_keeps_its_words_as_they_are() -> None:
    page = page_from(parse("x.md", text_of(body="One  two.\n\n* three\n")))

    assert page.path == "/mild/risks/"
    assert page.body == "One  two.\n\n* three\n"
    assert page.document.body_line == 12


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        ("no dashes", 1, "three dashes"),
        ("---\nid: x\n", 1, "closing line"),
        ("---\nid: [x\n---\n", 2, "not valid YAML"),
        ("---\nid: x\nid: y\n---\n", 3, "stands twice"),
        ("---\n- a list\n---\n", 2, "key: value"),
        ("---\nborn: 2026-99-99\n---\n", 2, "not valid YAML"),
        (text_of(colour="red"), 11, "Unknown key 'colour'"),
        (text_of(title=None), 1, "'title' needs text"),
        (text_of(title='""'), 5, "'title' needs text"),
        (text_of(review_every="often"), 10, "whole number"),
        (text_of(kind="advert"), 9, "kind must be one of"),
        (text_of(lang="fr"), 3, "lang must be one of"),
        (text_of(path="/es/mild/"), 4, "path must start with /"),
        (text_of(path="mild/"), 4, "path must start with /"),
        (text_of(path="/mild"), 4, "end with /"),
        (text_of(path="/../etc/"), 4, "small letters"),
        (text_of(path="/mild//risks/"), 4, "small letters"),
        (text_of(body="a\0b"), 12, "NUL"),
        (text_of().encode() + b"\xff\xfe", 13, "UTF-8"),
        ("---\n" + "x" * 600_000, 1, "larger than"),
        ("---\nid: !!python/object:os.system x\n---\n", 2, "not valid YAML"),
        ("---\na: &a [x]\nb: *a\n---\n", 3, "write the words out"),
        ("---\n? [x]\n: y\n---\n", 2, "one word"),
        ("---\na: " + "[" * 5000 + "\n---\n", 2, "too many levels"),
        ('---\nid: "\\ud800"\n---\n', 2, "cannot be shown"),
        ('---\nid: "\\0"\n---\n', 2, "cannot be shown"),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(raw: str | bytes, line: int, says: str) -> None:
    fault = fault_of(raw)

    assert (fault.line, says in fault.fault) == (line, True), str(fault)
    assert str(fault).startswith(f"content/pages/en/x.md, line {line}: ")


def test_front_matter_that_multiplies_itself_is_refused_at_once() -> None:
    merges = "".join(f"k{n}: &k{n} {{<<: [*k{n - 1}, *k{n - 1}]}}\n" for n in range(1, 40))

    assert "write the words out" in fault_of(f"---\nk0: &k0 {{x: 1}}\n{merges}---\n").fault


def test_a_source_was_checked_on_a_day_of_the_calendar() -> None:
    words = "".join(f"{key}: {{en: Words, es: Palabras}}\n" for key in SOURCE_TEXTS)
    front = f'id: s\nkind: trial\ntitle: T\nlink: ""\nverified: x\n{words}'

    assert source_from(parse("s.md", f"---\n{front}checked_on: 2026-11-21\n---\n")).checked_on == "2026-11-21"
    with pytest.raises(BadDocument, match="checked_on must be a day"):
        source_from(parse("s.md", f"---\n{front}checked_on: last week\n---\n"))


def test_a_source_says_of_what_kind_it_is_and_what_was_compared() -> None:
    words = "".join(f"{key}: {{en: Words, es: Palabras}}\n" for key in SOURCE_TEXTS if key != "comparison")
    front = f'---\nid: s\nkind: KIND\ntitle: T\nlink: ""\nverified: x\nchecked_on: 2026-11-21\n{words}'
    compared = "comparison: {en: None, es: Ninguna}\n"

    made = source_from(parse("s.md", front.replace("KIND", "payer") + compared + "---\n"))

    assert (made.kind, made.text("comparison", "es")) == ("payer", "Ninguna")
    with pytest.raises(BadDocument, match=r"s\.md, line 3: kind must be one of trial, "):
        source_from(parse("s.md", front.replace("KIND", "source") + compared + "---\n"))
    with pytest.raises(BadDocument, match="The key 'comparison' is missing"):
        source_from(parse("s.md", front.replace("KIND", "payer") + "---\n"))


def test_line_ends_and_accents_written_differently_are_the_same_text() -> None:
    assert digest_of("caf\u00e9\r\nend") == digest_of("cafe\u0301\nend\n\n")
    assert digest_of("one") != digest_of("two")


def test_a_source_needs_its_words_in_both_languages() -> None:
    document = parse("s.md", '---\nid: s\nlabel: {en: "Study"}\n---\n')

    with pytest.raises(BadDocument, match="is missing"):
        source_from(document)

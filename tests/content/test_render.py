"""Markdown becomes HTML that may be shown, and nothing else gets through."""

from html.parser import HTMLParser

import pytest

from content.markup import Picture, UnknownName
from content.render import ALLOWED_TAGS, Rendered, render


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def tags_of(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every opening tag of a text with its attributes, as a browser would read them."""
    parser = Tags()
    parser.feed(html)
    return parser.found


def html_of(body: str) -> str:
    return result_of(body).html


def result_of(body: str) -> Rendered:
    return render(
        body,
        source_word="Source",
        sources={"mot1", "enc2"},
        picture=lambda name: Picture("/static/img/canal.svg", 640, 300) if name == "canal.svg" else None,
        tokens={"phone": '<a href="tel:+15125550100">(512) 555-0100</a>'},
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](data:text/html,hi)",
        "**bold**{: onclick=alert(1) }",
        "## Title {: style=color:red }",
        "<iframe src=https://example.com></iframe>",
        "<style>body{display:none}</style>",
        "<svg onload=alert(1)>",
        '"><script>x</script>',
        "![x](https://example.com/pixel.gif) and text",
    ],
)
def test_no_script_gets_through(attack: str) -> None:
    try:
        html = html_of(attack)
    except UnknownName:
        return

    for tag, attributes in tags_of(html):
        assert tag in ALLOWED_TAGS
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert not attributes.get("href", "").startswith(("javascript:", "data:"))


def test_pictures_of_other_sites_are_refused() -> None:
    with pytest.raises(UnknownName, match="no picture"):
        html_of("![x](https://example.com/pixel.gif)")


def test_a_citation_leads_to_its_source_and_knows_its_places() -> None:
    result = result_of("Less pain.[^mot1] Few harms.[^enc2][^mot1]")

    assert [(cited.number, cited.key, cited.anchors) for cited in result.cited] == [
        (1, "mot1", ("cite-1-1", "cite-1-2")),
        (2, "enc2", ("cite-2-1",)),
    ]
    assert ("a", {"href": "#source-1", "id": "cite-1-1", "aria-label": "Source 1"}) in tags_of(result.html)


@pytest.mark.parametrize(
    "body", ["Pain.[^nobody]", "![x](nothing.svg)", "{{secret}}", '!!! advert "Buy"\n    now']
)
def test_a_name_the_house_does_not_have_is_a_fault(body: str) -> None:
    with pytest.raises(UnknownName):
        html_of(body)


def test_lists_inside_lists_without_end_are_a_fault() -> None:
    with pytest.raises(UnknownName, match="too deeply"):
        result_of("\n".join("    " * depth + "- a" for depth in range(300)))


@pytest.mark.parametrize("hostile", ["[", "[^", "[a]("])
def test_brackets_without_end_are_a_fault_and_cost_no_time(hostile: str) -> None:
    with pytest.raises(UnknownName, match="brackets"):
        result_of(hostile * 100_000)


def test_tables_carry_their_headings_for_phones() -> None:
    html = html_of("| Option | Where |\n|---|---|\n| Walking | Home |\n")

    assert '<td data-label="Option">Walking</td>' in html
    assert '<th scope="col">' in html
    assert 'class="table-cards"' in html


def test_a_first_cell_in_bold_is_the_heading_of_its_row() -> None:
    html = html_of("| Option | Where |\n|---|---|\n| **Walking** | Home |\n| **Bed** rest | Home |\n")

    assert '<th scope="row"><strong>Walking</strong></th>' in html
    assert '<td data-label="Option"><strong>Bed</strong> rest</td>' in html


def test_callouts_contents_and_tokens() -> None:
    result = result_of(
        '## First\n\n!!! emergency "Call 911 now"\n    At once.\n\n## Second\n\nCall {{phone}}.\n'
    )

    assert '<div class="callout emergency">' in result.html
    assert '<p class="callout-title">Call 911 now</p>' in result.html
    assert 'href="tel:+15125550100"' in result.html
    assert [heading.title for heading in result.contents] == ["First", "Second"]


def test_a_picture_says_its_size_and_caption() -> None:
    html = html_of('![Three canals](canal.svg "Open, narrow, after")')

    image = dict(tags_of(html))["img"]
    assert (image["width"], image["height"], image["alt"]) == ("640", "300", "Three canals")
    assert "<figcaption>Open, narrow, after</figcaption>" in html


def test_nobody_reads_why_a_sentence_was_exempted() -> None:
    html = html_of("It is safe.[^mot1] {! denied just above !} More.\n\n- one {! why {not} !}\n")

    assert "safe.<sup" in html
    assert "</sup> More.</p>" in html
    assert "<li>one</li>" in html
    assert "!" not in html


def test_an_exemption_ends_with_its_line() -> None:
    assert "{! never closed" in html_of("Text. {! never closed\nnext line !}")

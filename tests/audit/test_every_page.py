"""Every education page in both languages: axe at two widths and in two themes, and what the printer prints."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from content import catalog
from content.documents import Page
from content.present import rendered
from content.structured import words_of
from tests.browser.visitor import Visitor

PATHS = [
    *sorted(catalog.of_files().by_path),
    "/sources/",
    "/es/sources/",
    "/search/?q=walk",
    "/es/search/?q=caminar",
]
GUIDES = [page for page in catalog.of_files().by_path.values() if page.kind in ("guide", "clinical", "faq")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_visitor: Callable[..., Visitor], path: str, theme: str
) -> None:
    visitor = new_visitor(color_scheme=theme)

    visitor.open(path)

    assert visitor.status == 200
    visitor.look()


@pytest.mark.parametrize("text", GUIDES, ids=lambda text: str(text.path))
def test_the_printed_page_holds_the_whole_text(new_visitor: Callable[..., Visitor], text: Page) -> None:
    visitor = new_visitor()
    visitor.open(text.path)

    printed = words_of_pdf(visitor.page.pdf(format="Letter"))

    with translation.override(text.lang):
        html = rendered(text).html
    # Printed tables are cards: the row's own name stands in the place of the first heading.
    body = words_of(re.sub(r"<thead>.*?</thead>", "", html, flags=re.DOTALL))
    missing = [word for word in words(f"{text.title} {text.main_message} {body}") if word not in printed]
    assert missing == []
    assert "555" in printed
    assert text.path.strip("/").split("/")[-1].split("-")[0] in printed


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{4,}|\d{3,}", text.lower())


def words_of_pdf(pdf: bytes) -> set[str]:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    # A word may be broken at the end of a line only where it has a hyphen.
    return set(words(text.replace("\u00ad", "").replace("ﬁ", "fi").replace("ﬂ", "fl")))

"""Every education page in both languages: axe at two widths and in two themes, 400 %, and what the printer prints."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from clinic import snapshot
from content import catalog
from content.documents import Page
from content.present import rendered
from content.review import review_of
from content.structured import words_of
from tests.audit.magnified import MAGNIFIED, faults
from tests.browser.visitor import Visitor

PATHS = [
    *sorted(catalog.of_files().by_path),
    "/sources/",
    "/es/sources/",
    "/search/?q=walk",
    "/es/search/?q=caminar",
]
PAGES = [page for _path, page in sorted(catalog.of_files().by_path.items())]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_visitor: Callable[..., Visitor], path: str, theme: str
) -> None:
    visitor = new_visitor(color_scheme=theme)

    visitor.open(path)

    assert visitor.status == 200
    visitor.look()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_whole_at_400_percent(new_visitor: Callable[..., Visitor], language: str) -> None:
    visitor = new_visitor(device_scale_factor=4)
    visitor.page.set_viewport_size(MAGNIFIED)
    found: dict[str, list[str]] = {}

    for path in PATHS:
        if path.startswith("/es/") == (language == "es"):
            visitor.open(path)
            if seen := faults(visitor):
                found[path] = seen

    assert found == {}


@pytest.mark.parametrize("text", PAGES, ids=lambda text: str(text.path))
def test_the_printed_page_holds_the_whole_text(new_visitor: Callable[..., Visitor], text: Page) -> None:
    visitor = new_visitor()
    visitor.open(text.path)

    printed = text_of_pdf(visitor.page.pdf(format="Letter"))

    with translation.override(text.lang):
        html, reviewed = rendered(text).html, review_of(text).sentence
    # Printed tables are cards: the row's own name stands in the place of the first heading.
    body = words_of(re.sub(r"<thead>.*?</thead>", "", html, flags=re.DOTALL))
    there = set(words(printed))
    missing = [word for word in words(f"{text.title} {text.main_message} {body}") if word not in there]
    assert missing == []
    practice = snapshot.current().practice
    told = [practice.phone_display, settings.SITE_URL + text.path]
    # What the clinic itself undertakes is no clinician's to sign.
    told += [reviewed] if text.kind != "legal" else []
    assert [each for each in told if close(each) not in close(printed)] == []


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{4,}|\d{3,}", text.lower())


def text_of_pdf(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    # A word may be broken at the end of a line only where it has a hyphen.
    return text.replace("\u00ad", "").replace("ﬁ", "fi").replace("ﬂ", "fl")


def close(text: str) -> str:
    """Lines end where the paper does, also within a number or an address."""
    return re.sub(r"\s", "", text)

"""What a patient on a slow line has to wait for: the text of a page and the one stylesheet, as Brotli."""

import brotli
import pytest
from django.test import Client

from clinic.static_files import join_style_sheets
from content import catalog

HTML_LIMIT = 14 * 1024
STYLE_LIMIT = 6 * 1024

pytestmark = pytest.mark.django_db


def compressed(text: bytes) -> int:
    return len(brotli.compress(text))


def test_the_one_stylesheet_is_light() -> None:
    assert compressed(join_style_sheets().read_bytes()) <= STYLE_LIMIT


def test_every_page_is_light_in_both_languages(client: Client) -> None:
    weights = {}
    for path in [*catalog.current().by_path, "/sources/", "/es/sources/"]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        weights[path] = compressed(answer.content)

    too_heavy = {path: weight for path, weight in weights.items() if weight > HTML_LIMIT}

    assert len(weights) > 60
    assert too_heavy == {}


def test_what_is_said_in_the_stylesheet_for_editors_stays_with_us() -> None:
    sent = join_style_sheets().read_text(encoding="utf-8")

    assert "/*" not in sent
    assert sent.count("@layer") == 6

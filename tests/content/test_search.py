"""Search finds words in any form, in both languages, and helps where it finds nothing."""

import pytest
from django.test import Client

from content.search import Entry, build, find, suggestion

ENTRIES = [
    Entry(
        "/walk/", "Walking again", "About walks.", (("shoes", "Good shoes"),), "You walk a little each day."
    ),
    Entry(
        "/cost/",
        "Cost",
        "What you may owe.",
        (("medicare", "Medicare"),),
        "Medicare pays inside a study. You walk in.",
    ),
]


def test_a_word_is_found_in_any_of_its_forms_and_titles_count_most() -> None:
    index = build(ENTRIES, "en")

    assert [hit.path for hit in find(index, "WALKS")] == ["/walk/", "/cost/"]


def test_pages_with_all_the_words_come_alone() -> None:
    hits = find(build(ENTRIES, "en"), "walk medicare")

    assert [hit.path for hit in hits] == ["/cost/"]
    assert hits[0].heading == ("Medicare", "medicare")


def test_spanish_is_found_with_accents_or_without() -> None:
    index = build([Entry("/es/x/", "Cirugía", "", (), "La operación ayuda.")], "es")

    assert find(index, "cirugia")
    assert find(index, "operaciones")


@pytest.mark.parametrize("query", ["", "the", "?!", "xyzzy", "\u202e", "a" * 5000])
def test_what_means_nothing_finds_nothing(query: str) -> None:
    assert find(build(ENTRIES, "en"), query) == []


def test_a_mistyped_word_gets_a_suggestion() -> None:
    assert suggestion(build(ENTRIES, "en"), "medicair") == "medicare"


def test_a_patient_finds_the_cost_page(client: Client) -> None:
    html = client.get("/search/", {"q": "Medicare pay"}).content.decode()

    assert 'href="/cost/"' in html
    assert "Medicare pay" not in html.split("</title>")[0]


def test_a_search_is_kept_nowhere(client: Client) -> None:
    answer = client.get("/search/", {"q": "numb legs"})

    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/search/", "/es/search/"])
def test_nothing_found_helps_with_pages_and_the_phone(client: Client, path: str) -> None:
    html = client.get(path, {"q": "<script>xyzzy</script>"}).content.decode()

    assert "<script>xyzzy" not in html
    assert "(512) 555-0100" in html
    assert "/cost" in html or "/costo" in html

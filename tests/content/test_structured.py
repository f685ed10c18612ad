"""What pages say to search engines is valid JSON, made from their front matter."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from content import catalog

PAGES = sorted(catalog.of_files().by_path.values(), key=lambda page: page.path)


def graph_of(client: Client, path: str) -> list[dict[str, Any]]:
    html = client.get(path).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 1
    data: dict[str, Any] = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_every_page_names_itself_and_claims_no_review(client: Client, text: Any) -> None:
    graph = graph_of(client, text.path)

    assert graph[0]["name"] == text.title
    assert graph[0]["inLanguage"] == text.lang
    assert "lastReviewed" not in graph[0]


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_every_page_knows_its_address_and_its_twin(client: Client, text: Any) -> None:
    html = client.get(text.path).content.decode()
    twin = catalog.current().twin(text)

    assert f'<link rel="canonical" href="http://testserver{text.path}">' in html
    assert twin is not None
    assert f'hreflang="{twin.lang}" href="http://testserver{twin.path}"' in html


def test_the_procedure_the_clinic_and_the_way_to_a_page_are_told(client: Client) -> None:
    kinds = {each["@type"] for each in graph_of(client, "/mild/")}
    home = graph_of(client, "/")
    crumbs = next(each for each in graph_of(client, "/mild/risks/") if each["@type"] == "BreadcrumbList")

    assert "MedicalProcedure" in kinds
    assert [each["telephone"] for each in home if each["@type"] == "MedicalClinic"] == [
        "+15125550100",
        "+15125550102",
    ]
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3]


def test_common_questions_carry_their_answers(client: Client) -> None:
    page = next(each for each in graph_of(client, "/questions/") if each["@type"] == "FAQPage")

    assert len(page["mainEntity"]) >= 10
    for entry in page["mainEntity"]:
        assert entry["name"].endswith("?")
        assert entry["acceptedAnswer"]["text"]
        assert "<" not in entry["acceptedAnswer"]["text"]

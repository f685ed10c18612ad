"""What pages say to search engines is valid JSON, made from their front matter."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic import snapshot
from clinic.practice import Practice
from clinic.signatures import sign
from clinic.staff import StaffMember
from content import catalog

PAGES = sorted(catalog.of_files().by_path.values(), key=lambda page: page.path)
SITE = "http://testserver"
CITATION = re.compile(
    r'<sup class="citation"><a (?=[^>]*href="#source-(?P<number>\d+)")(?=[^>]*id="(?P<place>[\w-]+)")'
)


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


# By schema.org: what each type must have here, and what it may have.
WEB_PAGE = ("@id url name description inLanguage", "audience about lastReviewed reviewedBy")
TYPES = {
    "WebPage": WEB_PAGE,
    "MedicalWebPage": ("@id url name description inLanguage audience about", "lastReviewed reviewedBy"),
    "PeopleAudience": ("audienceType", ""),
    "MedicalCondition": ("name", ""),
    "Person": ("name", ""),
    "BreadcrumbList": ("itemListElement", ""),
    "ListItem": ("position name item", ""),
    "FAQPage": ("mainEntity", ""),
    "Question": ("name acceptedAnswer", ""),
    "Answer": ("text", ""),
    "MedicalProcedure": ("name procedureType bodyLocation", "alternateName"),
    "MedicalClinic": ("name url telephone address openingHoursSpecification", ""),
    "PostalAddress": ("streetAddress addressLocality addressRegion postalCode addressCountry", ""),
    "OpeningHoursSpecification": ("dayOfWeek opens closes", ""),
}
WRITTEN_AS = {
    "lastReviewed": r"\d{4}-\d\d-\d\d",
    "opens": r"[0-2]\d:[0-5]\d",
    "closes": r"[0-2]\d:[0-5]\d",
    "telephone": r"\+1\d{10}",
    "addressRegion": r"[A-Z]{2}",
    "postalCode": r"\d{5}(-\d{4})?",
    "inLanguage": r"en|es",
    "dayOfWeek": r"https://schema\.org/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    "procedureType": r"https://schema\.org/(Surgical|Noninvasive|Percutaneous)Procedure",
}


def things(data: object) -> Iterator[dict[str, Any]]:
    """Every thing of a graph, with the things inside it."""
    for each in data if isinstance(data, list) else data.values() if isinstance(data, dict) else ():
        yield from things(each)
    if isinstance(data, dict):
        yield data


def is_in_order(thing: dict[str, Any]) -> bool:
    must, may = (set(words.split()) for words in TYPES[thing["@type"]])
    told = thing.keys() - {"@type"}
    written = {key: str(thing[key]) for key in told & WRITTEN_AS.keys()}
    return (
        must <= told <= must | may
        and all(thing[key] not in ("", None, [], {}) for key in told)
        and all(re.fullmatch(WRITTEN_AS[key], words) for key, words in written.items())
        and all(_stands_here(thing[key]) for key in told & {"@id", "url", "item"})
    )


def _stands_here(address: str) -> bool:
    path = address.removeprefix(SITE)
    return address.startswith(SITE) and path in catalog.of_files().by_path


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_what_machines_are_told_has_the_properties_of_its_types(client: Client, text: Any) -> None:
    graph = graph_of(client, text.path)

    assert [thing for thing in things(graph) if not is_in_order(thing)] == []
    assert graph[0]["url"] == graph[0]["@id"] == SITE + text.path
    assert graph[0]["@type"] == ("MedicalWebPage" if text.kind == "clinical" else "WebPage")


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "/mild/"},
        {"url": "https://elsewhere.example/mild/"},
        {"url": f"{SITE}/nowhere/"},
        {"name": ""},
        {"lastReviewed": "Nov 21, 2026"},
        {"headline": "No such property"},
    ],
)
def test_the_table_of_types_sees_what_is_wrong(client: Client, wrong: dict[str, str]) -> None:
    page = graph_of(client, "/mild/")[0]

    assert is_in_order(page)
    assert not is_in_order({**page, **wrong})
    assert not is_in_order({key: words for key, words in page.items() if key != "description"})


@pytest.mark.django_db
def test_a_signed_page_tells_machines_the_day_and_the_name(
    practice: Practice, rae: StaffMember, client: Client
) -> None:
    rae.first_name, rae.last_name = "Rae", "Reviewer"
    rae.save()
    digest = catalog.of_files().by_id[("risks", "en")].document.digest
    year = timezone.localdate() + timedelta(days=365)

    sign(by=rae, subject="page", key="risks", lang="en", digest=digest, good_until=year)
    snapshot.refresh()

    page = graph_of(client, "/mild/risks/")[0]
    assert page["lastReviewed"] == timezone.localdate().isoformat()
    assert page["reviewedBy"]["name"].startswith("Rae Reviewer")
    assert all(is_in_order(thing) for thing in things(page))


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_a_shared_link_shows_the_page_by_open_graph(client: Client, text: Any) -> None:
    html = client.get(text.path).content.decode()

    told = re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html)
    said = {name: unescape(words) for name, words in told}
    assert len(told) == len(said)
    assert said == {
        "type": "article",
        "title": text.title,
        "description": text.summary,
        "url": SITE + text.path,
        "locale": "es_US" if text.lang == "es" else "en_US",
        "site_name": snapshot.current().practice.name,
    }


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_each_citation_leads_to_its_source_and_back_to_its_place(client: Client, text: Any) -> None:
    html = client.get(text.path).content.decode()

    cited = [(link["number"], link["place"]) for link in CITATION.finditer(html)]
    listed = dict(re.findall(r'<li id="source-(\d+)"[^>]*>(.*?)</li>', html, re.DOTALL))
    back = [
        (number, place) for number, item in listed.items() for place in re.findall(r'href="#([\w-]+)"', item)
    ]
    assert len({place for _number, place in cited}) == len(cited) == html.count('class="citation"')
    assert sorted(back) == sorted(cited)
    assert len(cited) == len(re.findall(r"\[\^[a-z0-9-]+\]", text.body))


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

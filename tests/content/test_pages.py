"""Every education page as a reader meets it."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from clinic.staff import StaffMember
from content import catalog
from content.documents import Page
from content.models import Revision

PAGES = sorted(catalog.of_files().by_path.values(), key=lambda page: page.path)
WANTED = {"home", "lss", "mild", "who", "risks", "recovery", "call", "cost", "emergency"}


def test_the_set_of_this_release_stands_in_both_languages() -> None:
    for lang in ("en", "es"):
        assert {page.id for page in PAGES if page.lang == lang} >= WANTED


@pytest.mark.django_db
@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_a_page_has_what_every_page_needs(
    text: Page, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(text.path)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{text.lang}"' in html
    assert html.count("<h1") == 1
    assert "(512) 555-0100" in html
    emergency = "/es/emergency/" if text.lang == "es" else "/emergency/"
    assert text.id == "emergency" or f'href="{emergency}"' in html
    twin = catalog.current().twin(text)
    assert twin is not None
    assert f'href="{twin.path}"' in html
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "{{" not in html


def test_every_link_of_every_page_leads_somewhere(client: Client) -> None:
    targets: set[str] = set()
    for each in PAGES:
        html = client.get(each.path).content.decode()
        targets |= set(re.findall(r'href="(/[^"#]*)"', html))
        assert all(f'id="{anchor}"' in html for anchor in re.findall(r'href="#([^"]+)"', html)), each.path

    lost = [
        target
        for target in sorted(targets)
        if not target.startswith("/static/") and client.get(target).status_code >= 400
    ]

    assert lost == []


@pytest.mark.parametrize(
    "text", [each for each in PAGES if each.kind in ("clinical", "guide")], ids=lambda text: text.path
)
def test_no_page_claims_a_review_that_did_not_happen(text: Page, client: Client) -> None:
    html = client.get(text.path).content.decode()

    words = {"en": "Not yet reviewed by a clinician", "es": "Aún no lo ha revisado un profesional clínico"}
    assert words[text.lang] in html


def test_the_emergency_page_is_plain(client: Client) -> None:
    answer = client.get("/emergency/")

    html = answer.content.decode()
    assert 'href="tel:911"' in html
    assert "<form" not in html
    assert "/book/" not in html
    assert "Set-Cookie" not in answer.headers


def test_the_spanish_emergency_page_shows_its_lines_in_english_too(client: Client) -> None:
    html = client.get("/es/emergency/").content.decode()

    shown_to_staff = html.split("Show this to the staff")[1].split("<h2")[0]
    for line in (
        "between my legs",
        "I cannot pee",
        "a foot that drags",
        "a car crash",
        "chest pain",
        "cold, pale",
    ):
        assert line in shown_to_staff
    assert shown_to_staff.count('<p lang="en">') == 10


@pytest.mark.parametrize(
    ("path", "sign"), [("/emergency/", "Numbness:"), ("/es/emergency/", "Adormecimiento:")]
)
def test_in_an_emergency_the_signs_come_right_after_911(path: str, sign: str, client: Client) -> None:
    main = client.get(path).content.decode().split("<main")[1]

    assert main.index('href="tel:911"') < main.index(sign) < main.index("review-strip")
    assert "callout" not in main[: main.index(sign)]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/", 404),
        ("/nothing", 404),
        ("/es/nada/", 404),
        ("/../settings.py", 404),
        ("/cost", 301),
        ("/es/costo", 301),
    ],
)
def test_wrong_addresses_are_answered_kindly(path: str, status: int, client: Client) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    if status == 404:
        assert "(512) 555-0100" in answer.content.decode()
        assert "911" in answer.content.decode()


def test_each_source_shows_where_it_is_used(client: Client) -> None:
    html = client.get("/sources/").content.decode()

    assert 'href="/mild/risks/"' in html
    articles = dict(re.findall(r'<article class="source" id="([^"]+)">(.*?)</article>', html, re.DOTALL))
    assert set(articles) == set(catalog.current().sources)
    assert all("Used on" in article for article in articles.values())


def test_a_source_of_the_check_alone_leads_to_how_the_check_decides(client: Client) -> None:
    html = client.get("/es/sources/").content.decode()

    article = re.search(r'<article class="source" id="hard05">(.*?)</article>', html, re.DOTALL)

    assert article
    assert 'href="/es/check/how-it-decides/"' in article[1]


def test_machines_find_the_pages_and_a_contact(client: Client) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    security = client.get("/.well-known/security.txt").content.decode()

    assert all(f"{page.path}</loc>" in sitemap for page in PAGES)
    assert "Contact: mailto:" in security
    assert "Expires: " in security
    assert "Disallow: /" in client.get("/robots.txt").content.decode()


@pytest.mark.django_db
def test_eli_finds_the_pages_in_the_admin_and_an_empty_form_changes_none(
    eli: StaffMember, client: Client
) -> None:
    client.force_login(eli)

    listed = client.get("/admin/content/page/").content.decode()
    first = re.search(r'href="(/admin/content/page/\d+/change/)', listed)

    assert "/mild/risks/" in listed
    assert first is not None
    assert client.get(first[1]).status_code == 200
    assert client.post(first[1], {"page_id": "x"}).status_code == 409
    assert not Revision.objects.exists()


def test_a_page_leads_on_along_the_way_and_to_what_stands_beside_it(client: Client) -> None:
    html = client.get("/mild/risks/").content.decode()

    assert 'rel="prev"' in html
    assert 'rel="next"' in html
    beside = html.split('id="related"')[1].split("</section>")[0]
    assert 'href="/mild/how-it-works/"' in beside
    assert 'href="/mild/risks/"' not in beside
    assert 'id="related"' not in client.get("/").content.decode()

"""What readers get of what was published: at once, by the clock, without a query, also while the database is away."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from clinic import snapshot
from clinic.practice import Practice
from clinic.signatures import sign
from clinic.staff import StaffMember
from content import actions, catalog, live
from content.documents import digest_of
from content.faults import faults
from content.models import Page, Revision
from content.store import FINISHED
from tests.content.desk_of_editors import (
    ABOUT,
    REASONS,
    RISKS,
    deploy,
    file_text,
    form_of,
    now_of,
    publish_text,
    row_of,
    save,
)

pytestmark = pytest.mark.django_db
ABOUT_ES = ("page", "about", "es")
PHONE = "(512) 555-0100"


def with_words(words: str, key: tuple[str, str, str] = ABOUT) -> str:
    return f"{file_text(key)}\n{words}\n"


def renamed(path: str) -> str:
    return file_text().replace("path: /about/", f"path: {path}")


def withdraw(by: StaffMember, redirect_to: str = "", key: tuple[str, str, str] = ABOUT) -> None:
    actions.withdraw(**form_of(key, by), note="It is no longer so.", redirect_to=redirect_to)
    snapshot.refresh()


def test_a_published_text_changes_the_page_and_its_version(eli: StaffMember, client: Client) -> None:
    before = client.get("/about/").headers[FINISHED]

    publish_text(eli, eli, with_words("We like to talk with you."))

    page = client.get("/about/")
    assert "We like to talk with you." in page.content.decode()
    assert page.headers[FINISHED] != before


def test_a_scheduled_text_shows_when_its_time_has_come_though_nobody_writes(
    eli: StaffMember, client: Client
) -> None:
    save(eli, with_words("The office is on the second floor now."))
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=timezone.now() + timedelta(days=1))
    before = snapshot.refresh().version

    assert "The office is on the second floor now." not in client.get("/about/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        after = snapshot.refresh().version

        assert "The office is on the second floor now." in client.get("/about/").content.decode()
    assert before != after


def test_a_scheduled_text_shows_in_time_also_while_the_database_is_away(
    eli: StaffMember, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(eli, with_words("The office is on the second floor now."))
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=timezone.now() + timedelta(days=1))
    snapshot.refresh()
    take_the_database_away(monkeypatch)

    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        snapshot.refresh()

        assert "The office is on the second floor now." in client.get("/about/").content.decode()


def take_the_database_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(snapshot, "_read_database", away)
    monkeypatch.setattr(live, "_heads", away)


def test_a_process_that_starts_without_the_database_knows_what_was_published(
    eli: StaffMember, practice: Practice, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_text(eli, eli, with_words("We like to talk with you."))
    snapshot._state.clear()
    snapshot._read.clear()
    take_the_database_away(monkeypatch)

    page = client.get("/about/").content.decode()

    assert "We like to talk with you." in page
    assert PHONE in page


def test_what_was_kept_in_a_file_and_cannot_be_read_is_as_nothing(
    practice: Practice, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot._last_known_file("pages").write_text('[{"key": 1}]')
    snapshot._state.clear()
    snapshot._read.clear()
    take_the_database_away(monkeypatch)

    assert client.get("/about/").status_code == 200


def test_a_withdrawn_page_is_gone_with_the_phone_number_and_leaves_every_list(
    eli: StaffMember, client: Client
) -> None:
    withdraw(eli)

    page = client.get("/about/")

    assert (page.status_code, PHONE in page.content.decode()) == (410, True)
    for path in ("/", "/sitemap.xml", "/search/?q=about", "/cost/", "/es/quienes-somos/"):
        assert 'href="/about/"' not in client.get(path).content.decode(), path
        assert "/about/<" not in client.get(path).content.decode(), path
    assert client.get("/about").headers["Location"] == "/about/"
    assert faults() == []


def test_a_withdrawn_spanish_page_says_so_in_spanish(eli: StaffMember, client: Client) -> None:
    withdraw(eli, key=ABOUT_ES)

    page = client.get("/es/quienes-somos/")

    assert page.status_code == 410
    assert 'lang="es"' in page.content.decode()


def test_a_withdrawn_page_can_send_its_readers_on(eli: StaffMember, client: Client) -> None:
    withdraw(eli, redirect_to="/contact/")

    answer = client.get("/about/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/contact/")


def test_readers_are_not_sent_to_a_page_that_was_withdrawn_later(eli: StaffMember, client: Client) -> None:
    withdraw(eli, redirect_to="/contact/")

    withdraw(eli, key=("page", "contact", "en"))

    assert client.get("/about/").status_code == 410


def test_a_withdrawn_page_comes_back(eli: StaffMember, client: Client) -> None:
    withdraw(eli)

    assert actions.restore(**form_of(ABOUT, eli), number=0).is_live
    snapshot.refresh()

    assert client.get("/about/").status_code == 200


def test_every_former_address_leads_to_the_present_one(eli: StaffMember, client: Client) -> None:
    for path in ("/us/", "/who-we-are/"):
        publish_text(eli, eli, renamed(path))

    for old in ("/about/", "/us/", "/about"):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/who-we-are/")
    page = client.get("/who-we-are/").content.decode()
    assert 'rel="canonical" href="http://testserver/who-we-are/"' in page
    assert 'href="/who-we-are/"' in client.get("/es/quienes-somos/").content.decode()
    assert "/who-we-are/" in client.get("/sitemap.xml").content.decode()


def test_a_page_that_takes_its_old_address_back_is_found_there(eli: StaffMember, client: Client) -> None:
    publish_text(eli, eli, renamed("/us/"))

    publish_text(eli, eli, with_words("We like to talk with you."))

    assert client.get("/about/").status_code == 200
    assert client.get("/us/").headers["Location"] == "/about/"


def test_old_addresses_in_a_file_lead_to_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text = renamed("/us/").replace("kind: guide", "kind: guide\nold_paths: /about/ /team/")
    deploy(monkeypatch, {ABOUT: text})

    assert [client.get(old).headers["Location"] for old in ("/about/", "/team/")] == ["/us/", "/us/"]


def put_live(text: str, key: tuple[str, str, str] = ABOUT) -> None:
    """As if a text had been published that no check would let through today."""
    person = StaffMember.objects.create_user("somebody")
    row = row_of(key)
    row.live = Revision.objects.create(
        page=row,
        number=1,
        text=text,
        digest=digest_of(text),
        base_digest=digest_of(file_text(key)),
        author=person,
    )
    row.save()
    snapshot.refresh()


@pytest.mark.parametrize(
    "text",
    ["no front matter", "---\nid: contact\n---\n", "---\nid: [\n---\n", "---\nid: about\nlang: en\n---\n"],
)
def test_a_published_text_that_cannot_be_shown_gives_way_to_the_file(client: Client, text: str) -> None:
    put_live(text)

    page = client.get("/about/")

    assert page.status_code == 200
    assert "About us and this site" in page.content.decode()
    assert "Revision 1 cannot be shown" in " ".join(faults())
    assert client.get("/readyz").content == b"ready\n"


def test_an_edit_at_an_address_that_a_new_file_has_taken_gives_way_to_its_own_file(
    eli: StaffMember, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_text(eli, eli, renamed("/us/"))
    other = file_text(("page", "contact", "en"))
    deploy(monkeypatch, {("page", "contact", "en"): other.replace("path: /contact/", "path: /us/")})

    assert "About us and this site" in client.get("/about/").content.decode()
    assert "already taken" in " ".join(faults())


def test_a_change_takes_the_clinicians_review_away_and_the_same_text_brings_it_back(
    practice: Practice, eli: StaffMember, rae: StaffMember, client: Client
) -> None:
    next_year = timezone.localdate() + timedelta(days=365)
    digest = digest_of(file_text(RISKS))
    sign(by=rae, subject="page", key="risks", lang="en", digest=digest, good_until=next_year)
    snapshot.refresh()
    assert "Reviewed by Rae" in client.get("/mild/risks/").content.decode()

    publish_text(eli, rae, with_words("We like to talk with you.", RISKS), RISKS)
    assert "Changed since a clinician" in client.get("/mild/risks/").content.decode()
    assert actions.restore(**form_of(RISKS, rae), number=0).is_live
    snapshot.refresh()

    assert "Reviewed by Rae" in client.get("/mild/risks/").content.decode()


def test_a_source_edited_in_the_admin_reads_so_on_every_page(
    eli: StaffMember, rae: StaffMember, client: Client
) -> None:
    key = ("source", "mot1", "")
    publish_text(eli, rae, file_text(key).replace("MOTION trial, 1 year (2022)", "MOTION, first year"), key)

    assert "MOTION, first year" in client.get("/mild/risks/").content.decode()
    assert "MOTION, first year" in client.get("/sources/").content.decode()


def test_words_of_the_glossary_edited_in_the_admin_are_linked(
    eli: StaffMember, rae: StaffMember, client: Client
) -> None:
    key = ("page", "glossary", "en")
    publish_text(eli, rae, f"{file_text(key)}\n### Licenses\n\nPapers that let a doctor work.\n", key)

    assert '/glossary/#licenses"' in client.get("/about/").content.decode()


@pytest.fixture
def a_large_house(eli: StaffMember) -> None:
    """300 more pages of 30 texts each, all of them live in the admin alone."""
    pages = [Page(page_id=f"extra-{number}", lang="en") for number in range(300)]
    Page.objects.bulk_create(pages)
    pages = list(Page.objects.filter(page_id__startswith="extra-"))
    made = []
    for page in pages:
        front = file_text().replace("id: about", f"id: {page.page_id}")
        text = front.replace("path: /about/", f"path: /{page.page_id}/")
        made += [
            Revision(page=page, number=number, text=text, digest=digest_of(text), author=eli)
            for number in range(1, 31)
        ]
    Revision.objects.bulk_create(made, batch_size=500)
    for page in pages:
        page.live = Revision.objects.get(page=page, number=30)
    Page.objects.bulk_update(pages, ["live"], batch_size=100)
    snapshot.refresh()


def test_a_large_house_costs_readers_no_query_and_a_refresh_a_few(
    a_large_house: None, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        for path in ("/extra-7/", "/about/", "/search/?q=doctor", "/sources/", "/sitemap.xml", "/none/"):
            client.get(path)
    assert len(catalog.current().by_path) > 360

    with django_assert_num_queries(6):
        snapshot.refresh()


def test_the_row_of_a_page_always_says_what_its_steps_say(eli: StaffMember) -> None:
    publish_text(eli, eli, with_words("One."))
    withdraw(eli)
    actions.restore(**form_of(ABOUT, eli), number=1)

    assert now_of().live == row_of().revisions.get(number=3)

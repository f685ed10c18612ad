"""Who signs in for the pages sees at once what waits, under headings in words of the house."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.staff import StaffMember
from content import actions
from tests.content.desk_of_editors import ABOUT, RISKS, file_text, form_of, save
from tests.content.rooms import text_of

pytestmark = pytest.mark.django_db
ClientFor = Callable[[StaffMember], Client]
MORE = "\nWe like to talk.\n"


def test_editor_sees_her_drafts_and_reviewer_what_waits(
    eli: StaffMember, rae: StaffMember, client_for: ClientFor
) -> None:
    save(eli, file_text(ABOUT) + MORE, ABOUT)
    save(eli, file_text(RISKS) + MORE, RISKS)
    actions.send_for_review(**form_of(RISKS, eli))

    of_eli, of_rae = (text_of(client_for(person).get("/admin/")) for person in (eli, rae))

    assert "2 drafts of yours" in of_eli
    assert "0 drafts of yours" in of_rae
    assert "1 waits for review" in of_eli
    assert "1 waits for review" in of_rae
    actions.return_to_author(**form_of(RISKS, rae), note="Say less.")
    assert "(1 came back from review)" in text_of(client_for(eli).get("/admin/"))


def test_front_page_asks_no_more_for_many_drafts_than_for_none(
    eli: StaffMember, client_for: ClientFor
) -> None:
    client = client_for(eli)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as for_none:
        client.get("/admin/")
    for key in (ABOUT, RISKS):
        save(eli, file_text(key) + MORE, key)

    with CaptureQueriesContext(connection) as for_many:
        client.get("/admin/")

    assert len(for_many) == len(for_none)


def test_headings_of_the_admin_are_words_of_the_house(ada: StaffMember, client_for: ClientFor) -> None:
    words = text_of(client_for(ada).get("/admin/"))

    assert "Practice and staff" in words
    assert "Authentication and Authorization" not in words

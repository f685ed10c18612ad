"""Two servers of several processes each over one database: what one editor publishes, all of them show."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.server import Server, eventually, shows_everywhere

pytestmark = pytest.mark.own_server

PUBLISH = """
from datetime import timedelta
from django.utils import timezone
from clinic.staff import StaffMember
from content import actions, editing
from content.models import Page
eli = StaffMember.objects.get(username="eli")
row = Page.objects.get(page_id="about", lang="en")
def form():
    row.refresh_from_db()
    return dict(page_id=row.pk, by=eli, stamp=editing.standing(row).stamp)
text = editing.standing(row).served_text + "\\nWe like to talk {words}.\\n"
actions.save_draft(**form(), text=text)
actions.publish(**form(), at={at})
"""


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    first, second = Server(tmp_path), Server(tmp_path)
    first.manage("migrate", "-v0")
    first.manage("demo", "--password", "a-long-demo-password")
    for each in (first, second):
        each.start()
    yield first, second
    for each in (first, second):
        each.stop()


def publish(server: Server, words: str, at: str = "None") -> None:
    server.manage("shell", "-v0", "-c", PUBLISH.format(words=words, at=at))


def test_all_servers_show_what_was_published_and_go_on_without_the_database(
    servers: tuple[Server, Server],
) -> None:
    for each in servers:
        assert each.get("/about/")[0] == 200

    publish(servers[0], "with you")
    for each in servers:
        eventually(partial(shows_everywhere, each, "We like to talk with you.", "/about/"))
    publish(servers[1], "soon", "timezone.now() + timedelta(seconds=3)")
    lost = servers[0].database.rename(servers[0].database.with_suffix(".away"))

    for each in servers:
        assert shows_everywhere(each, "We like to talk with you.", "/about/")
    lost.replace(servers[0].database)
    for each in servers:
        eventually(partial(shows_everywhere, each, "We like to talk soon.", "/about/"))

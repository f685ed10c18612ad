"""The site as gunicorn serves it, in processes of its own: changes spread, and a lost database takes no page down."""

import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.server import Server, eventually, shows_everywhere

pytestmark = pytest.mark.own_server


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with the demo practice; each test gets a copy."""
    made = Server(tmp_path_factory.mktemp("migrated"))
    made.manage("migrate", "-v0")
    made.manage("demo", "--password", "a-long-demo-password")
    made.stop()
    return made.database.parent


@pytest.fixture
def server(migrated: Path, tmp_path: Path) -> Iterator[Server]:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    made = Server(tmp_path)
    yield made
    made.stop()


def change_phone(server: Server, number: str) -> None:
    code = f"from clinic.practice import Practice; Practice.objects.update(phone='{number}')"
    server.manage("shell", "-v0", "-c", code)


def test_a_change_in_another_process_reaches_every_worker(server: Server) -> None:
    server.start()
    assert shows_everywhere(server, "(512) 555-0100")

    change_phone(server, "+15125550155")

    eventually(lambda: shows_everywhere(server, "(512) 555-0155"))


@pytest.fixture
def other(server: Server, tmp_path: Path) -> Iterator[Server]:
    """A second server, with nothing of the first but the database."""
    folder = tmp_path / "other"
    folder.mkdir()
    made = Server(folder, DATABASE_URL=server.environment["DATABASE_URL"])
    yield made
    made.stop()


OPEN, CLOSED = 'name="who"', 'data-page="off"'
RAE = "from clinic.staff import StaffMember; rae = StaffMember.objects.get(username='rae'); "
TURN = RAE + "from clinic.check_switch import turn_check; turn_check(by=rae, on={on})"
SIGN = RAE + (
    "from datetime import date; from clinic.signatures import sign; from screener import rules; "
    "sign(by=rae, subject='rules', key=rules.RULES_VERSION, lang='', digest={digest}, good_until=date(2099, 1, 1))"
)


def run(server: Server, code: str) -> None:
    server.manage("shell", "-v0", "-c", code)


def both_show(servers: tuple[Server, Server], words: str, path: str = "/check/") -> None:
    for each in servers:
        eventually(partial(shows_everywhere, each, words, path))


def test_the_switch_closes_and_opens_the_check_on_every_process_of_every_server(
    server: Server, other: Server
) -> None:
    server.start()
    other.start()
    assert shows_everywhere(server, OPEN, "/check/")
    assert shows_everywhere(other, OPEN, "/check/")

    run(server, TURN.format(on=False))

    both_show((server, other), CLOSED)
    for each in (server, other):
        assert shows_everywhere(each, CLOSED, "/es/check/relief/")
        assert "tel:911" in each.get("/emergency/")[1]

    run(other, TURN.format(on=True))

    both_show((server, other), OPEN)


def test_outside_the_demo_the_check_opens_on_every_server_once_its_rules_are_signed(
    server: Server, other: Server
) -> None:
    for each in (server, other):
        each.environment |= {"SITE_MODE": "staging", "SITE_SECURE": "False"}
        each.start()
        assert shows_everywhere(each, CLOSED, "/check/")

    run(server, SIGN.format(digest="'0' * 64"))
    # What is seen after the signature was written has been read with it.
    change_phone(server, "+15125550166")
    both_show((server, other), "(512) 555-0166")
    for each in (server, other):
        assert shows_everywhere(each, CLOSED, "/check/")

    run(server, SIGN.format(digest="rules.digest()"))

    both_show((server, other), OPEN)


def test_pages_go_on_when_the_database_is_lost_and_all_recovers(server: Server) -> None:
    server.start()
    assert server.get("/readyz")[0] == 200

    lost = server.database.rename(server.database.with_suffix(".away"))
    time.sleep(2 * float(server.environment["SNAPSHOT_SECONDS"]))

    assert server.get("/healthz")[0] == 200
    assert server.get("/readyz")[0] == 503
    for path in ("/", "/es/costo/", "/emergency/", "/check/", "/check/emerg/", "/book/"):
        status, page = server.get(path)
        assert (status, "(512) 555-0100" in page) == (200, True), path
    status, page = server.get("/book/sent/")
    assert "(512) 555-0100" in page

    lost.replace(server.database)

    eventually(lambda: server.get("/readyz")[0] == 200)


def test_a_process_that_starts_without_a_database_still_shows_the_clinic(
    server: Server, tmp_path: Path
) -> None:
    change_phone(server, "+15125550144")
    server.start()
    eventually(lambda: shows_everywhere(server, "(512) 555-0144"))
    server.stop()

    alone = Server(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    alone.start()
    try:
        assert shows_everywhere(alone, "(512) 555-0144")
        assert alone.get("/readyz")[0] == 503
    finally:
        alone.stop()

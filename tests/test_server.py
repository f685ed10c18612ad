"""The site as gunicorn serves it, in processes of its own: changes spread, and a lost database takes no page down."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server, eventually, shows_everywhere

# In one process, which migrates once for all.
pytestmark = pytest.mark.xdist_group("server")


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

"""Lends the audit the browser of the journeys, and a server of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import programs
from tests.browser.conftest import browser_type_launch_args, markup, new_visitor, site
from tests.server import Server

__all__ = ["browser_type_launch_args", "markup", "new_visitor", "site"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session", autouse=True)
def programs_are_there() -> None:
    """An audit leaves nothing out in silence, as every run of the tests may."""
    assert programs.missing() == []


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site behind gunicorn, with hashed static files."""
    server = Server(tmp_path_factory.mktemp("served"))
    server.manage("migrate", "-v0")
    server.manage("demo", "--password", "a-long-demo-password")
    server.manage("build_static")
    server.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()

"""A site with the demo practice, and people who come to it with a browser."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from clinic import snapshot
from clinic.demo_practice import save_demo_rows
from clinic.static_files import join_style_sheets
from tests.browser import programs
from tests.browser.markup import Markup
from tests.browser.visitor import PHONE, Visitor

# Playwright runs an event loop in this thread, which makes Django fear for its database; no query waits in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Without these, Chromium calls its makers; none of it is about our pages. It needs no sandbox against ourselves.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Whatever has not come by then is not late on a busy machine, but lost.
MOST_SECONDS = 120
expect.set_options(timeout=MOST_SECONDS * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker("browser")
        if "live_server" in getattr(item, "fixturenames", ()):
            # A browser's requests are transactions of their own; the roles made by migration are there each time.
            # Not for a test without a server: it runs among those that need the rows which this one would empty.
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = programs.chromium()
    if path is None:
        pytest.skip("Chromium is not installed")
    return {**browser_type_launch_args, "executable_path": path, "args": list(QUIET)}


@pytest.fixture(scope="session")
def markup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Markup]:
    """All HTML of the session; at its end the Nu checker reads it."""
    collected = Markup(tmp_path_factory.mktemp("html"))
    yield collected
    faults = collected.faults()
    assert faults == [], "\n".join(faults)


@contextmanager
def all_answered() -> Iterator[None]:
    """Goes on once every request that came meanwhile is answered, also those that nobody waits for any more.

    The tables are emptied next: a late request would bring rows into the next test, or hold PostgreSQL up.
    """
    # Each of the server's threads answers one request at a time. The test's own client, in this thread, always waits.
    under_way: set[int] = set()
    changed = threading.Condition()

    def begins(**_signal: Any) -> None:
        if threading.current_thread() is not threading.main_thread():
            with changed:
                under_way.add(threading.get_ident())

    def ends(**_signal: Any) -> None:
        with changed:
            under_way.discard(threading.get_ident())
            changed.notify_all()

    request_started.connect(begins)
    request_finished.connect(ends)
    try:
        yield
        with changed:
            assert changed.wait_for(lambda: not under_way, timeout=MOST_SECONDS), "a request never ended"
    finally:
        request_started.disconnect(begins)
        request_finished.disconnect(ends)


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """The address of a running site with the demo practice."""
    join_style_sheets()
    save_demo_rows()
    snapshot.refresh()
    with all_answered():
        yield str(live_server.url)


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def new_visitor(
    site: str, new_context: Callable[..., BrowserContext], markup: Markup
) -> Iterator[Callable[..., Visitor]]:
    """Lets somebody in with a browser of their own; what they noticed fails the test at its end."""
    came: list[Visitor] = []

    def arrive(*, javascript: bool = True, **options: Any) -> Visitor:
        context = new_context(java_script_enabled=javascript, viewport=PHONE, **options)
        context.set_default_timeout(MOST_SECONDS * 1000)
        visitor = Visitor(context.new_page(), site, markup, javascript=javascript)
        came.append(visitor)
        return visitor

    yield arrive
    assert [fault for visitor in came for fault in visitor.faults] == []


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor], javascript: bool) -> Visitor:
    """A patient with a phone."""
    return new_visitor(javascript=javascript)

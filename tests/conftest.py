"""What every test finds: no way to other machines, a fresh snapshot, the demo practice and a fixed cast."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client

from clinic import snapshot
from clinic.demo_practice import save_demo_rows
from clinic.practice import Practice
from clinic.staff import ADMIN, CLINICAL_REVIEWER, CONTENT_EDITOR, FRONT_DESK, StaffMember
from tests.screener import proof


class ReachedOut(Exception):
    """A test tried to talk to another machine."""


def _only_this_machine(call: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_machine(address[0]):
            raise ReachedOut(f"tests may not talk to {address[0]}")
        return call(self, address)

    return guarded


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_other_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_this_machine(getattr(socket.socket, name)))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-with-database", action="store_true", help="leave out tests that touch no database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-with-database"):
        # pytest-django lets no other test near a database, so on a second one they could only repeat themselves.
        others = [item for item in items if not _may_touch_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _may_touch_a_database(item)]
    _no_browser_by_mistake(items)
    _bring_rows_back_for(items)


def _no_browser_by_mistake(items: list[pytest.Item]) -> None:
    """An argument called "page" asks for a browser, whatever is put in: such tests are run among the journeys,
    and the tables that those have emptied fail whatever comes next.
    """
    for item in items:
        if "browser_name" in getattr(item, "fixturenames", ()) and item.get_closest_marker("browser") is None:
            raise pytest.UsageError(
                f"{item.nodeid}: call its argument something else, or mark it as a browser test."
            )


def _may_touch_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def _bring_rows_back_for(items: list[pytest.Item]) -> None:
    """Whatever empties the tables afterwards brings the rows of the migrations, such as roles, back beforehand."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Those that empty the tables come last: whatever came behind one of them would miss the migrations' rows."""
    emptied_by = ""
    for item in session.items:
        if _empties_the_tables(item):
            emptied_by = item.nodeid
        elif emptied_by and _may_touch_a_database(item):
            raise pytest.UsageError(
                f"{item.nodeid} needs rows and comes behind {emptied_by}, which empties them."
            )


def _empties_the_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or bool(marker and marker.kwargs.get("transaction"))


# Here, and not beside the proof: of several processes, the one that prints reads this file alone.
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        proof.passed(report.nodeid, report.duration)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if proof.was_run():
        terminalreporter.section("The check, proved over all answers")
        for line in proof.summary():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Lets every connection know the rows that migrations made, which come back after a browser test.

    Playwright's event loop gives this thread a second connection, which Django does not tell about them.
    """
    contents = getattr(connections["default"], "_test_serialized_contents", None)
    if contents is not None:
        setattr(type(connections["default"]), "_test_serialized_contents", contents)  # noqa: B010 - no such type


@pytest.fixture(autouse=True)
def fresh_snapshot() -> Iterator[None]:
    """Each test starts with the demo practice in the snapshot, without a look at the database."""
    _forget_practice()
    snapshot._state["now"] = snapshot._snapshot_of([])
    yield
    _forget_practice()


def _forget_practice() -> None:
    snapshot._state.clear()
    snapshot._read.clear()
    snapshot._written.clear()
    for kept in Path(settings.VAR_DIR).glob("last-known-*.json"):
        kept.unlink()


@pytest.fixture
def practice(db: None) -> Practice:
    """The demo practice as rows, which a test may change; call snapshot.refresh() afterwards."""
    save_demo_rows()
    snapshot.refresh()
    return Practice.objects.get()


def staff_member(username: str, role: str = "", *, enters_admin: bool = False) -> StaffMember:
    person = StaffMember.objects.create_user(username, first_name=username.title(), is_staff=enters_admin)
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person


@pytest.fixture
def dana(db: None) -> StaffMember:
    """Dana works at the front desk."""
    return staff_member("dana", FRONT_DESK)


@pytest.fixture
def eli(db: None) -> StaffMember:
    """Eli edits the pages."""
    return staff_member("eli", CONTENT_EDITOR, enters_admin=True)


@pytest.fixture
def rae(db: None) -> StaffMember:
    """Rae is the clinician who reviews."""
    return staff_member("rae", CLINICAL_REVIEWER, enters_admin=True)


@pytest.fixture
def ada(db: None) -> StaffMember:
    """Ada looks after practice, offices and accounts."""
    return staff_member("ada", ADMIN, enters_admin=True)


@pytest.fixture
def sam(db: None) -> StaffMember:
    """Sam can sign in and has no role."""
    return staff_member("sam")


@pytest.fixture
def client_for() -> Callable[[StaffMember], Client]:
    """A browser in which this person is signed in."""

    def signed_in(person: StaffMember) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in

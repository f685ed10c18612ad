"""The site as gunicorn serves it, in processes of its own: changes spread, and a lost database takes no page down."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

PATIENCE = 30.0


class Server:
    """One gunicorn with two workers on its own SQLite file."""

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.database = folder / "clinic.sqlite3"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "VAR_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "SNAPSHOT_SECONDS": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, check=True
        )
        return done.stdout.decode()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        self.process = subprocess.Popen(
            [*command, "--threads", "2", "--log-level", "error", "clinic.wsgi:application"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        eventually(lambda: self.get("/healthz")[0] == 200)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=PATIENCE)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; status 0 while nobody listens. A new connection each time meets either worker."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()


def eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def shows_everywhere(server: Server, words: str, path: str = "/cost/") -> bool:
    return all(words in server.get(path)[1] for _try in range(8))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    made.manage("migrate", "-v0")
    made.manage("demo", "--password", "a-long-demo-password")
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

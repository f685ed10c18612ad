"""A gunicorn of its own for tests that need the real server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

PATIENCE = 120.0


class Server:
    """One gunicorn with two workers on its own SQLite file."""

    def __init__(self, folder: Path, **environment: str) -> None:
        # Held until gunicorn takes it over, so that nobody else is given the port meanwhile.
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
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
        door = self.listener.fileno()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{door}", "--workers", "2"]
        self.process = subprocess.Popen(
            [*command, "--threads", "2", "--log-level", "error", "clinic.wsgi:application"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            pass_fds=[door],
        )
        self.listener.close()
        eventually(lambda: self.get("/healthz")[0] == 200)

    def stop(self) -> None:
        self.listener.close()
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

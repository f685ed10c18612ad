"""What a request claims about our addresses and our letters is not believed; a database that hangs lets go."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from clinic.front_door import front_door

ROOT = Path(__file__).parents[2]


def heard(**said: str) -> dict[str, Any]:
    """What the application behind the door hears of a request."""
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start_response: Callable[..., Any]) -> list[bytes]:
        seen.update(environ)
        return []

    front_door(application)(RequestFactory().get("/cost/").environ | said, lambda *_: None)
    return seen


def test_a_prefix_from_outside_is_not_heard() -> None:
    assert heard(SCRIPT_NAME="/elsewhere")["SCRIPT_NAME"] == ""


@pytest.mark.parametrize("charset", ["zlib", "hex", "utf-7", "undefined", '"rot13"', "utf-8''idna"])
@pytest.mark.parametrize("name", ["charset", "Charset ", "CHARSET*"])
def test_letters_of_another_kind_are_not_heard(charset: str, name: str) -> None:
    said = f"multipart/form-data; {name}={charset}; boundary=x"

    assert heard(CONTENT_TYPE=said)["CONTENT_TYPE"] == "multipart/form-data; boundary=x"


def test_nothing_else_of_a_form_is_lost() -> None:
    said = 'multipart/form-data; boundary="a;b"'

    assert heard(CONTENT_TYPE=said)["CONTENT_TYPE"] == said


def test_the_whole_site_stands_behind_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_SECONDS", "15")
    from clinic.wsgi import application

    environ = RequestFactory().get("/healthz?x=1").environ | {"CONTENT_TYPE": "text/plain; charset=zlib"}
    answered: list[str] = []

    body = b"".join(application(environ, lambda status, *_: answered.append(status)))

    assert (answered, body) == (["200 OK"], b"ok\n")


@pytest.mark.django_db
@pytest.mark.skipif(
    "postgres" not in os.environ.get("DATABASE_URL", ""), reason="SQLite waits ten seconds at most"
)
def test_a_statement_that_takes_too_long_is_given_up() -> None:
    assert connection.vendor == "postgresql"
    slow = "import clinic.wsgi\nfrom django.db import connection\nconnection.cursor().execute('SELECT pg_sleep(600)')"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "clinic.settings", "DATABASE_SECONDS": "1"}

    ended = subprocess.run(
        [sys.executable, "-c", slow], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert OperationalError.__name__ in ended.stderr
    assert "statement timeout" in ended.stderr


@pytest.mark.parametrize(("mode", "seconds"), [("demo", "5"), ("live", "0"), ("live", "60")])
def test_a_site_that_would_show_changes_late_does_not_start(mode: str, seconds: str) -> None:
    environment = os.environ | {"SITE_MODE": mode, "SNAPSHOT_SECONDS": seconds, "LOOKUP_KEY": "x" * 50}
    environment |= {"SECRET_KEY": "x" * 50, "ENCRYPTION_KEYS": "x" * 50}

    ended = subprocess.run(
        [sys.executable, "-c", "import clinic.settings"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "SNAPSHOT_SECONDS must be 1 to 4" in ended.stderr

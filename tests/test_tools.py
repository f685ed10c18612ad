"""The sentences of `make run`, and what its steps keep: in a folder with our scripts, beside a site that only notes."""

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree, which

import pytest

ROOT = Path(__file__).resolve().parent.parent
SYSTEM = "/usr/local/bin:/usr/bin:/bin"
# Stands in for manage.py and for gunicorn: it notes what it is told, and data of its own lies in var/.
NOTES = 'echo "$* PORT=$PORT SITE_URL=$SITE_URL" >> told; [ -e var/data ] || echo "a request" > var/data'
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fresh clone as far as our scripts go, with `bin` for the programs of a made-up machine."""
    copytree(ROOT / "tools", tmp_path / "tools", ignore=lambda *_: ["__pycache__"])
    for name in ("Makefile", ".env.example"):
        copy(ROOT / name, tmp_path)
    # Nobody has this package, and no index is asked for it.
    (tmp_path / "requirements.txt").write_text(f"clinic-of-nowhere==1 --hash=sha256:{'0' * 64}\n")
    program(tmp_path / "bin" / "python3", f'exec {sys.executable} "$@"')
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command in the folder, with nothing of this run's environment."""

    def started(*command: str, path: str = SYSTEM, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": f"{folder / 'bin'}:{path}", "HOME": str(folder), **environment}
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)

    return started


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def installed(folder: Path) -> None:
    """The environment as an earlier run left it, but for the site in it."""
    program(
        folder / ".venv" / "bin" / "python",
        f'case "$1 $2" in "-c import pip") ;; manage.py*|"-m gunicorn") {NOTES} ;; *) exec {sys.executable} "$@" ;; esac',
    )
    stamp = hashlib.sha256((folder / "requirements.txt").read_bytes()).hexdigest()
    (folder / ".venv" / "installed").write_text(f"{stamp}\n")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def test_a_port_that_is_in_use_is_said_before_anything_is_made(folder: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

        ran = run("make", "run", f"PORT={port}")

    assert ran.returncode != 0
    assert f"Port {port} is in use, perhaps by this site in another window." in ran.stderr
    assert f"make run PORT={port + 1 if port < 65535 else 8001}" in ran.stderr
    assert not (folder / ".venv").exists()
    assert not (folder / ".env").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80.5", "８０８０８０"])
def test_what_is_no_port_is_said(run: Run, port: str) -> None:
    ran = run("make", "run", f"PORT={port}")

    assert ran.returncode != 0
    assert f"PORT must be a number from 1 to 65535, not {port!r}. Try: make run PORT=8001" in ran.stderr


def with_old_pythons(folder: Path) -> str:
    """A machine whose Pythons all refuse, as an old one does; returns its only PATH."""
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        program(folder / "bin" / name, 'case "$*" in *version_info*) exit 1 ;; *) exit 9 ;; esac')
    for name in ("bash", "cat", "dirname"):
        (folder / "bin" / name).symlink_to(which(name, path=SYSTEM) or "")
    return str(folder / "bin")


def test_an_old_python_is_said_with_what_to_install(folder: Path, run: Run) -> None:
    only = with_old_pythons(folder)

    ran = run(str(folder / "tools" / "run.sh"), path=only)

    assert ran.returncode == 1
    assert "This site needs Python 3.11 or newer, and none was found." in ran.stderr
    assert "apt install python3 python3-venv" in ran.stderr


def test_a_newer_python_beside_an_old_one_is_taken(folder: Path, run: Run) -> None:
    only = with_old_pythons(folder)
    program(folder / "bin" / "python3.12", f'exec {sys.executable} "$@"')

    ran = run(str(folder / "tools" / "python.sh"), path=only)

    assert ran.stdout.strip() == str(folder / "bin" / "python3.12")


def test_a_python_without_venv_is_said_and_leaves_nothing_half_made(folder: Path, run: Run) -> None:
    program(
        folder / "bin" / "python3",
        f'case "$*" in "-m venv"*) mkdir -p .venv/bin; exit 1 ;; *) exec {sys.executable} "$@" ;; esac',
    )

    ran = run("tools/environment.sh", "requirements.txt")

    assert ran.returncode == 1
    assert "Python could not make a virtual environment." in ran.stderr
    assert "apt install python3-venv" in ran.stderr
    assert not (folder / ".venv").exists()


def test_without_a_network_one_is_told_so_and_nothing_counts_as_installed(folder: Path, run: Run) -> None:
    installed(folder)
    (folder / ".venv" / "installed").write_text("of another version\n")

    ran = run("make", "run", f"PORT={free_port()}", PIP_INDEX_URL=f"http://127.0.0.1:{free_port()}/",
              PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="0", PIP_TARGET=str(folder / "target"))  # fmt: skip

    assert ran.returncode != 0
    assert "The packages of requirements.txt could not be installed; pip says above why." in ran.stderr
    assert "Without a network: connect once and try again. What is there already stays." in ran.stderr
    assert not (folder / ".venv" / "installed").exists()
    assert (folder / ".venv" / "bin" / "python").exists()
    assert not (folder / "told").exists()


def test_a_second_run_keeps_secrets_and_data_and_installs_nothing(folder: Path, run: Run) -> None:
    installed(folder)
    port = free_port()

    first = run("make", "run", f"PORT={port}")
    secrets = (folder / ".env").read_text()
    (folder / "var" / "data").write_text("a request of Rosa")
    second = run("make", "run", f"PORT={port}")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "Made .env with fresh secrets of its own." in first.stdout
    assert (folder / ".env").read_text() == secrets
    assert [
        line for line in secrets.splitlines() if line in ("SECRET_KEY=", "ENCRYPTION_KEYS=", "LOOKUP_KEY=")
    ] == []
    assert (folder / "var" / "data").read_text() == "a request of Rosa"
    for private, mode in ((".env", 0o600), ("var", 0o700)):
        assert (folder / private).stat().st_mode & 0o777 == mode
    ends = f" PORT={port} SITE_URL=http://127.0.0.1:{port}"
    steps = ["manage.py migrate --verbosity 0", "manage.py build_static", "manage.py demo"]
    steps.append("-m gunicorn --config tools/gunicorn_demo.py clinic.wsgi:application")
    assert (folder / "told").read_text().splitlines() == [step + ends for step in steps] * 2
    assert second.stderr == ""


@pytest.mark.parametrize("part", ["pages", "lighthouse"])
def test_an_audit_that_could_not_run_is_no_success(folder: Path, run: Run, part: str) -> None:
    installed(folder)
    copy(folder / "requirements.txt", folder / "requirements-dev.txt")
    program(
        folder / ".venv" / "bin" / "python",
        'case "$*" in *missing) echo "the journeys in the browser" ;; esac',
    )
    program(folder / "bin" / "npm", 'echo "npm error EUSAGE" >&2; exit 1')
    for name in (".", "tests/audit"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "package-lock.json").write_text("{}")

    ran = run("tools/audit.sh", part)

    assert ran.returncode == 1
    said = {
        "pages": "NOT RUN: the journeys in the browser.",
        "lighthouse": "NOT RUN: Lighthouse (install node",
    }[part]
    assert said in ran.stdout.splitlines()[-1]

"""Measures the desk with few and with many requests, side by side, and beside Django's own admin list.

Use: tools/bench.sh, which starts a PostgreSQL for it. Every time is one of ours divided by one of the same run, so a
slow or busy machine changes both. Exits with 1 when a limit is broken.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import psycopg2

from tests.bench.report import written

ROOT = Path(__file__).resolve().parents[2]
SMALL = 1_000
LARGE = int(os.environ.get("BENCH_REQUESTS", "1000000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "31"))
# Our limits: against our small self, and against the admin's list, or its search, in the large database.
GROWTH, OF_ADMIN = 1.5, 0.1
PEERS = ("admin", "admin search", "tuned admin")
# Less than this is the noise of a busy machine, whichever way it points: a count takes well under a millisecond.
NOISE_SECONDS = 0.0005


@dataclass(frozen=True)
class Result:
    case: str
    small: float
    large: float
    admin: float

    @property
    def growth(self) -> float:
        return self.large / self.small

    @property
    def of_admin(self) -> float:
        return self.large / self.admin

    @property
    def is_good(self) -> bool:
        grown = self.growth <= GROWTH or self.large - self.small <= NOISE_SECONDS
        return grown and self.of_admin <= OF_ADMIN


class Worker:
    """A process of its own for one database."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.worker"],
            cwd=ROOT, env=_environment(url), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.cases: list[str] = json.loads(self._line())

    def seconds(self, case: str) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(case) + "\n")
        self.process.stdin.flush()
        return float(json.loads(self._line()))

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"A worker stopped with {self.process.wait()}.")
        return line

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def _environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def database(name: str, requests: int) -> str:
    """The address of a database with so many requests; one that is there already is filled up, or taken as it is."""
    server = os.environ["DATABASE_URL"]
    host = server.split("host=")[1]
    connection = psycopg2.connect(host=host, user="clinic", dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    url = server.replace("/postgres?", f"/{name}?")
    for command in (["migrate", "-v0"], ["demo", "--password", "bench", "--requests", str(requests)]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--settings", "tests.settings"],
            cwd=ROOT, env=_environment(url), check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return url


def measured(small: Worker, large: Worker) -> tuple[list[Result], float]:
    """Medians of many rounds; in each, every case is taken from both, one right after the other."""
    times: dict[tuple[str, str], list[float]] = {}
    for number in range(-3, ROUNDS):
        for case in large.cases:
            for size, worker in (("small", small), ("large", large)):
                taken = worker.seconds(case)
                if number >= 0:
                    times.setdefault((size, case), []).append(taken)
        print(f"\rround {max(0, number + 1)} of {ROUNDS} ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    middle = {key: median(values) for key, values in times.items()}
    cases = [case for case in large.cases if case not in PEERS]
    peer = {case: middle["large", "admin search" if case.startswith("search") else "admin"] for case in cases}
    results = [Result(case, middle["small", case], middle["large", case], peer[case]) for case in cases]
    return results, middle["large", "tuned admin"]


def main() -> None:
    small, large = Worker(database("bench_small", SMALL)), Worker(database("bench_large", LARGE))
    results, tuned = measured(small, large)
    small.stop()
    large.stop()
    text = written(
        results,
        tuned=tuned,
        small=SMALL,
        large=LARGE,
        rounds=ROUNDS,
        growth=GROWTH,
        of_admin=OF_ADMIN,
        day=date.today(),
    )
    print(text)
    if "--write" in sys.argv:
        page = ROOT / "docs" / "performance.md"
        before, _old = page.read_text(encoding="utf-8").split("<!-- measured -->")
        page.write_text(f"{before}<!-- measured -->\n{text}", encoding="utf-8")
    broken = [result.case for result in results if not result.is_good]
    if broken:
        print(f"BROKEN: {', '.join(broken)}.")
    sys.exit(1 if broken else 0)


main()

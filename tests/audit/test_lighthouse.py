"""Lighthouse, as on a phone: 100 in all four categories on home, a long page and the comparison."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import programs

LIGHTHOUSE = (
    Path(__file__).resolve().parents[2]
    / "tests"
    / "audit"
    / "node_modules"
    / "lighthouse"
    / "cli"
    / "index.js"
)
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking"


@pytest.mark.skipif(
    not LIGHTHOUSE.exists() or shutil.which("node") is None, reason="Lighthouse is not installed"
)
@pytest.mark.parametrize("path", ["/", "/mild/risks/", "/mild/compare/", "/es/mild/comparar/"])
def test_a_phone_gets_a_hundred_in_all_four(served: str, path: str, tmp_path: Path) -> None:
    chromium = programs.chromium()
    assert chromium is not None
    best: dict[str, float] = {}
    # Other work on the machine can spoil one run; a page that cannot reach 100 fails all three.
    for _try in range(3):
        report = tmp_path / "report.json"
        subprocess.run(
            [
                "node",
                str(LIGHTHOUSE),
                served + path,
                "--quiet",
                f"--chrome-flags={FLAGS}",
                "--output=json",
                f"--output-path={report}",
            ],
            env={**os.environ, "CHROME_PATH": chromium},
            check=True,
            timeout=180,
        )
        scores = {name: part["score"] for name, part in json.loads(report.read_text())["categories"].items()}
        best = {name: max(score, best.get(name, 0)) for name, score in scores.items()}
        if set(best.values()) == {1}:
            break

    assert best == {"performance": 1, "accessibility": 1, "best-practices": 1, "seo": 1}

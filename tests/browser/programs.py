"""Programs beside Python that the browser tests need: where they are, and what is missing on this machine."""

import shutil
import sys
from pathlib import Path

VNU = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def chromium() -> str | None:
    """The path of a Chromium or Chrome that is installed; Playwright's own download is not used."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def packages() -> list[str]:
    """Debian packages to install."""
    wanted = {"chromium": chromium(), "default-jre-headless": shutil.which("java")}
    return [name for name, found in wanted.items() if found is None]


def missing() -> list[str]:
    """What will not be tested here, each with what to do."""
    said = []
    if chromium() is None:
        said.append("the journeys in the browser (install chromium)")
    if shutil.which("java") is None:
        said.append("the Nu HTML checker (install java, for example default-jre-headless)")
    if not VNU.exists():
        said.append("the Nu HTML checker (install npm, then: npm ci --ignore-scripts)")
    return said


if __name__ == "__main__":
    for line in {"packages": packages, "missing": missing}[sys.argv[1]]():
        print(line)

"""Collects the HTML that was met and has the Nu checker read it all at once, since Java starts slowly."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Response

from tests.browser.programs import VNU


class Markup:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, str] = {}

    def add(self, document: Response) -> None:
        """Keeps the page as the server sent it, once."""
        self.add_text(f"{document.status} {urlsplit(document.url).path}", document.text())

    def add_text(self, where: str, html: str) -> None:
        file = self.folder / f"{sha256(html.encode()).hexdigest()[:16]}.html"
        file.write_text(html, encoding="utf-8")
        self.names[file.name] = where

    def faults(self) -> list[str]:
        """What the Nu checker calls an error, each with the page and the place; empty when it is not installed."""
        java = shutil.which("java")
        if java is None or not VNU.exists() or not self.names:
            return []
        read = subprocess.run(
            [java, "-jar", str(VNU), "--errors-only", "--format", "json", *map(str, sorted(self.folder.glob("*.html")))],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        return [
            f"{self.names[message['url'].rsplit('/', 1)[-1]]}: {message['message']} … {message.get('extract', '')}"
            for message in json.loads(read.stderr)["messages"]
        ]

"""`manage.py build_static`: join the style sheets and collect every static file, hashed and compressed."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from clinic.static_files import join_style_sheets


class Command(BaseCommand):
    help = "Joins the style sheets into one and collects the static files, unless nothing has changed since."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        join_style_sheets()
        stamp = Path(settings.STATIC_ROOT) / "built"
        now = fingerprint()
        if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now, encoding="utf-8")


def fingerprint() -> str:
    """Changes with the content, the name or the number of the static files. Older files stay collected."""
    digest = sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            with storage.open(name) as file:
                digest.update(f"{name} {sha256(file.read()).hexdigest()}\n".encode())
    return digest.hexdigest()

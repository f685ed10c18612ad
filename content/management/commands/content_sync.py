"""`manage.py content_sync`: rows for new files, and edits that the files have taken over are closed."""

from typing import Any

from django.core.management.base import BaseCommand

from content.sync import sync


class Command(BaseCommand):
    help = (
        "Makes a row for every page and source that has none yet, and closes each edit whose text a deployed file has, "
        "or says that it replaces. Runs by itself after migrate; safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        synced = sync()
        self.stdout.write(f"New rows: {synced.made}. Edits now in the repository: {synced.closed}.")

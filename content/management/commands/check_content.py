"""`manage.py check_content`: is every page and every source in order?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import catalog
from content.faults import faults


class Command(BaseCommand):
    help = "Reads every page and source and names, with file and line, whatever cannot be shown to a patient."
    # A broken page must not keep the command from naming it, nor need a database.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = faults()
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in content/. Each line above says what to do.")
        known = catalog.current()
        self.stdout.write(f"{len(known.by_path)} pages and {len(known.sources)} sources are in order.")

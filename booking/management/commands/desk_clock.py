"""`manage.py desk_clock`: counts the clock of every open request anew and brings back what has waited too long."""

from typing import Any

from django.core.management.base import BaseCommand

from booking import clock_actions


class Command(BaseCommand):
    help = (
        "Counts anew by when somebody has to see to each open request, and gives everybody what has waited too long "
        "or belongs to somebody who is away. Safe to run at any time. `send_messages --watch` does the same by itself "
        "once a minute, so this is for a site that sends its mail by cron, and for the first start after an update."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counted, brought = clock_actions.recompute_all(), clock_actions.bring_back()
        self.stdout.write(f"{counted} clocks were set anew, {brought} requests came back to everybody.")

"""`manage.py desk_digest`: the morning's counts, mailed to the desk."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from booking import digest
from clinic import snapshot
from clinic.hours import opening_time


class Command(BaseCommand):
    help = (
        "Mails the counts of the day (new, overdue, waiting too long, times today; no names) to each address in "
        "MAIL_STAFF: once a day, and only on working days of the first office. Running it again sends nothing twice. "
        "`send_messages --watch` does this by itself when the office opens."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", action="store_true", help="Print the mail and send nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        office = snapshot.refresh().practice.main_location
        if office is None:
            raise CommandError("There is no office yet. Add one in the admin, under Locations.")
        now = timezone.now()
        today = now.astimezone(ZoneInfo(office.timezone)).date()
        if options["show"]:
            subject, text = digest.words(digest.counts(office, now), today)
            self.stdout.write(f"{subject}\n\n{text}")
            return
        if not settings.MAIL_STAFF:
            self.stdout.write("MAIL_STAFF names nobody; nothing was sent.")
        elif opening_time(today, office.hours, office.closures) is None:
            self.stdout.write(f"{office.name} stays closed today; nothing was sent.")
        else:
            self.stdout.write(f"{digest.send(office, now)} written into the outbox.")

"""`manage.py purge_requests`: deletes old requests that staff marked as in the chart or declined, and nothing else."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from booking.erasure import purge
from booking.models import ConsultationRequest
from clinic.limits import forget_long_full
from clinic.practice import Practice

BATCH = 200


class Command(BaseCommand):
    help = (
        "Deletes closed requests, with their history and mail, once they are older than the number of days set in "
        "Practice: only those that staff marked as in the chart or declined. The audit log keeps their numbers. "
        "Counters of the limits that are full again go too; they hold nobody's address."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--dry-run", action="store_true", help="only say how many would go")
        choice.add_argument("--yes", action="store_true", help="delete them")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.order_by("pk").first()
        if practice is None:
            raise CommandError("There is no practice yet, so nobody has said how long requests are kept.")
        days = practice.keep_closed_days
        before = timezone.now() - timedelta(days=days)
        waiting = ConsultationRequest.objects.to_purge(closed_before=before).count()
        words = f"closed more than {days} days ago, in the chart or declined"
        if options["dry_run"]:
            self.stdout.write(f"{waiting} requests would be deleted ({words}). Nothing was changed.")
            return
        done = 0
        while gone := purge(closed_before=before, at_most=BATCH):
            done += gone
            self.stdout.write(f"{done} of {waiting} deleted")
        self.stdout.write(f"Done: {done} requests deleted ({words}).")
        forget_long_full()

"""Fills an empty site with the made-up clinic of the demo; safe to run twice."""

import secrets
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from booking import actions, demo_work, made_up_actions, promise
from booking.demo_replies import save_demo_replies
from booking.demo_requests import DEMO_REQUESTS, DemoRequest
from booking.models import ConsultationRequest
from clinic import snapshot
from clinic.demo_practice import demo_rows, save_demo_rows
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.progress import Progress
from clinic.staff import ADMIN, CLINICAL_REVIEWER, CONTENT_EDITOR, FRONT_DESK, StaffMember

# name, role, may enter the admin, what for
CAST = (
    ("dana", FRONT_DESK, False, "answers requests at the front desk"),
    ("eli", CONTENT_EDITOR, True, "edits the pages"),
    ("rae", CLINICAL_REVIEWER, True, "reviews and signs as a clinician"),
    ("ada", ADMIN, True, "looks after the practice, offices and accounts"),
    ("sam", "", False, "can sign in and has no role"),
)


class Command(BaseCommand):
    help = (
        "Fills the site with a made-up clinic: its offices and hours, five staff accounts whose passwords are "
        "printed once, and fourteen requests; with --requests N more of them, N in all. "
        "Safe to run twice: what is there stays as it is. "
        "Works only in demo mode (SITE_MODE=demo), and never in a database that holds anything else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password", help="one password for all five accounts, for tests; otherwise each gets its own"
        )
        parser.add_argument(
            "--requests",
            type=int,
            metavar="N",
            help="add made-up requests until there are N, to see the desk with many: a million take some minutes",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_unless_demo()
        with transaction.atomic():
            logins = self._set_up(options["password"])
        if options["requests"] is not None:
            self._make_up(options["requests"])
        self.stdout.write("\nStaff sign in at /staff/sign-in/ as:")
        for line in logins:
            self.stdout.write(f"  {line}")
        if any("already there" in line for line in logins):
            self.stdout.write("A password is lost? .venv/bin/python manage.py changepassword dana")

    def _set_up(self, password: str | None) -> list[str]:
        if not Practice.objects.exists():
            save_demo_rows()
            self.stdout.write("The made-up clinic is set up.")
        save_demo_replies()
        logins = [self._account(*member, password=password) for member in CAST]
        dana = StaffMember.objects.get(username="dana")
        demo_work.prepare()
        made = sum(_ask(each, dana) for each in DEMO_REQUESTS)
        self.stdout.write(f"Requests: {made} new, {len(DEMO_REQUESTS) - made} already there.")
        snapshot.refresh()
        return logins

    def _make_up(self, wanted: int) -> None:
        owners = list(StaffMember.objects.filter(username__in=("dana", "ada")).values_list("pk", flat=True))
        progress = Progress(self.stderr, "Making up requests")
        added = made_up_actions.make_up(up_to=wanted, owners=owners, tell=progress.tell)
        made_up_actions.tidy()
        self.stdout.write(
            f"Made-up requests: {added:,} added; {ConsultationRequest.objects.count():,} in all."
        )

    def _account(
        self, name: str, role: str, enters_admin: bool, purpose: str, *, password: str | None
    ) -> str:
        if StaffMember.objects.filter(username=name).exists():
            return f"{name:<6} (already there, the password stays as it was) {purpose}"
        password = password or secrets.token_urlsafe(9)
        person = StaffMember.objects.create_user(
            name, f"{name}@example.com", password, first_name=name.title(), is_staff=enters_admin
        )
        if role:
            person.groups.add(Group.objects.get(name=role))
        return f"{name:<6} password: {password}   {purpose}"


def _refuse_unless_demo() -> None:
    if settings.MODE != "demo":
        raise CommandError(f"The demo is only for SITE_MODE=demo; this site runs in mode {settings.MODE}.")
    if ConsultationRequest.objects.filter(send_token__in=[each.token for each in DEMO_REQUESTS]).exists():
        return  # The demo was here before; whatever else is there was typed by its visitors.
    demo_name = next(row.name for row in demo_rows() if isinstance(row, Practice))
    if Practice.objects.exclude(name=demo_name).exists():
        raise CommandError("This database holds a practice that is not the demo's. Nothing was changed.")
    if ConsultationRequest.objects.exists():
        raise CommandError("This database holds requests that are not the demo's. Nothing was changed.")


def _ask(each: DemoRequest, dana: StaffMember) -> bool:
    """Sends one made-up request and lets Dana work on it; False when it is already there."""
    if ConsultationRequest.objects.sent_with(each.token):
        return False
    asked = actions.send_request(send_token=each.token, wish=each.with_answers())
    moment = timezone.now() - timedelta(hours=each.hours_ago)
    asked.promised_by = promise.due(office=each.wish.location, after=moment)
    demo_work.asked_at(asked, moment)
    by = StaffMember.objects.get(username="ada") if each.ada else dana
    for deed, note in each.moves:
        demo_work.do(asked, deed, by, note)
    # Nobody waits for these mails; on the console they would hide the logins.
    Message.objects.filter(about=asked.mail_about).delete()
    return True

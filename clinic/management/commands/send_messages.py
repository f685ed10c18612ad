"""`manage.py send_messages`: sends the mail that waits in the outbox, and forgets what is over."""

import logging
import signal
import time
from threading import Event
from typing import Any

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError
from django.db import close_old_connections

from clinic import forgetting, outbox

log = logging.getLogger("clinic.outbox")


class Command(BaseCommand):
    help = (
        "Sends every message of the outbox that is due. Several may run at once; each message has one sender. "
        "Also takes away sessions that are over, and mail sent long ago that is about no request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="Go on until stopped, looking every few seconds."
        )
        parser.add_argument("--every", type=int, default=5, metavar="SECONDS", help="How often to look (5).")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["watch"]:
            sent, failed = self.send_all()
            forgetting.forget()
            self.stdout.write(f"{sent} sent, {failed} failed and will be tried again.")
            return
        stop = Event()
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, lambda *_: stop.set())
        while not stop.is_set():
            try:
                close_old_connections()
                self.look_after()
                self.send_all()
            except DatabaseError as error:
                self.stderr.write(f"The database does not answer ({type(error).__name__}); trying again.")
                time.sleep(1)
            stop.wait(options["every"])

    def look_after(self) -> None:
        """Lets the rooms see to what has come with the time. Nothing of theirs may stop the mail."""
        for see_to in outbox.every_look:
            try:
                see_to()
            except DatabaseError:
                raise
            except Exception:
                log.exception("Something that is seen to before each look for mail went wrong.")

    def send_all(self) -> tuple[int, int]:
        """How many were sent and how many failed, until nothing more is due."""
        sent = failed = 0
        while (message := outbox.take_one()) is not None:
            if outbox.send(message, get_connection()):
                sent += 1
            else:
                failed += 1
        return sent, failed

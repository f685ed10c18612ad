"""`manage.py database_roles`: on PostgreSQL, the site may not delete or rewrite what only grows; another role may."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import connection, transaction

from booking import database_roles


class Command(BaseCommand):
    help = (
        "Divides the rights on PostgreSQL between three roles: the owner, who migrates and rotates keys; the site; "
        "and the purger. The site can then neither delete nor rewrite requests, their history and the audit log. "
        "Run it as the owner, after every migrate: it may be run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site", default="clinic_site", metavar="ROLE", help="the role of the site (clinic_site)"
        )
        parser.add_argument(
            "--purger",
            default="clinic_purger",
            metavar="ROLE",
            help="the role of purge_requests (clinic_purger)",
        )
        parser.add_argument("--create", action="store_true", help="make the roles that are not there yet")
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where the rights are wrong"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. SQLite has one user: whoever may read the file.")
        roles = database_roles.Roles(site=options["site"], purger=options["purger"])
        missing = roles.missing()
        if missing and not options["create"]:
            made = "; ".join(f'CREATE ROLE "{name}" LOGIN' for name in missing)
            raise CommandError(f"There is no such role yet. Use --create, or have them made: {made};")
        if not options["check"]:
            try:
                with transaction.atomic():
                    roles.create(missing)
                    roles.grant()
            except DatabaseError as error:
                raise CommandError(f"PostgreSQL refused: {error}") from error
        faults = roles.faults()
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{roles.site} cannot delete or rewrite what only grows; {roles.purger} purges.")
        for name in missing:
            self.stdout.write(f"{name} has no password yet. In psql: \\password {name}")

"""`manage.py rotate_keys`: encrypts every encrypted column anew, under the first of ENCRYPTION_KEYS."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models

from clinic.append_only import REENCRYPT, allowing
from clinic.encryption import EncryptedTextField, Unreadable, renewed

BATCH = 500


class Command(BaseCommand):
    help = (
        "Encrypts everything anew under the first key of ENCRYPTION_KEYS. Put the new key first and keep the old "
        "one behind it, restart the site, run this, and then take the old key away. The site may go on running, and "
        "a run that was stopped goes on where it was. LOOKUP_KEY is another matter: it cannot be changed this way."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        lost = 0
        for model, columns in encrypted_tables():
            table = model._meta.db_table
            total, seen, written = model._base_manager.count(), 0, 0
            for rows in batches(table, columns):
                with allowing(REENCRYPT):
                    for key, *tokens in rows:
                        new, unreadable = self.renew(table, columns, key, tokens)
                        written += new
                        lost += unreadable
                seen += len(rows)
                self.stdout.write(f"{table}: {seen} of {total}")
            self.stdout.write(f"{table}: done, {written} values encrypted anew.")
        if lost:
            raise CommandError(
                f"{lost} values cannot be read with any of our keys. They were left as they are."
            )

    def renew(self, table: str, columns: list[str], key: int, tokens: list[str | None]) -> tuple[int, int]:
        """How many values of one row were written anew, and how many cannot be read."""
        written = lost = 0
        for column, token in zip(columns, tokens, strict=True):
            try:
                new = renewed(token) if token else token
            except Unreadable:
                self.stderr.write(f"{table} {key}: {column} cannot be read.")
                lost += 1
                continue
            if new != token:
                name, place = connection.ops.quote_name(column), connection.ops.quote_name(table)
                with connection.cursor() as cursor:
                    # Whoever wrote in between wins: what they wrote is under the new key already.
                    cursor.execute(
                        f"UPDATE {place} SET {name} = %s WHERE id = %s AND {name} = %s",  # noqa: S608 - our own names
                        [new, key, token],
                    )
                    written += cursor.rowcount
        return written, lost


def encrypted_tables() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model that has encrypted columns, with the names of these."""
    for model in apps.get_models():
        columns = [
            str(each.column) for each in model._meta.concrete_fields if isinstance(each, EncryptedTextField)
        ]
        if columns:
            yield model, columns


def batches(table: str, columns: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows with their ciphertext as it stands, some at a time."""
    names = ", ".join(connection.ops.quote_name(each) for each in ("id", *columns))
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {names} FROM {connection.ops.quote_name(table)} "  # noqa: S608 - our own names
                "WHERE id > %s ORDER BY id LIMIT %s",
                [last, BATCH],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows

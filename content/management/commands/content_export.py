"""`manage.py content_export`: brings what editors published back to the repository."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.documents import digest_of
from content.export import ChangedFile, changed_files, left_out, patch


class Command(BaseCommand):
    help = (
        "What readers get and the repository lacks. Without options: a list. --patch prints it for `git am`, and writes "
        "nothing; --into writes the files of a checkout; --check exits 1 when something has waited "
        "longer than so many days. Conflicts are left out and named: settle them in the admin first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patch", action="store_true", help="print a patch and nothing else")
        parser.add_argument("--check", type=int, metavar="DAYS", help="exit 1 when something waits longer")
        parser.add_argument("--into", type=Path, metavar="DIR", help="a checkout whose files are written")

    def handle(self, *args: Any, **options: Any) -> None:
        files = changed_files()
        for each in left_out():
            self.stderr.write(f"Left out: {each.row}. {each.sentence}")
        if options["patch"]:
            _say_utf8()
            self.stdout.write(patch(files), ending="")
        elif options["into"]:
            self._write(files, options["into"])
        else:
            for file in files:
                numbers = ", ".join(map(str, file.numbers))
                self.stdout.write(f"{file.path} (texts {numbers}, since {file.since:%Y-%m-%d})")
            self.stdout.write(f"Files that the repository lacks: {len(files)}.")
        if options["check"] is not None:
            _check(files, options["check"])

    def _write(self, files: list[ChangedFile], checkout: Path) -> None:
        if not (checkout / "content").is_dir():
            raise CommandError(f"{checkout} is no checkout: it has no folder content.")
        moved_on = [file.path for file in files if not _is_as_deployed(checkout / file.path, file)]
        if moved_on:
            raise CommandError(f"Changed in the checkout too, so nothing was written: {', '.join(moved_on)}.")
        for file in files:
            place = checkout / file.path
            try:
                if file.new is None:
                    place.unlink(missing_ok=True)
                else:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(file.new.encode())
            except OSError as error:
                raise CommandError(f"{place} cannot be written. Use --patch instead.") from error
            self.stdout.write(f"{'deleted' if file.new is None else 'written'} {file.path}")


def _is_as_deployed(place: Path, file: ChangedFile) -> bool:
    """Whether the checkout has the deployed text, or already the new one."""
    there = place.read_bytes().decode(errors="replace") if place.exists() else None
    return there in (file.old, file.new) or (
        there is not None and file.old is not None and digest_of(there) == digest_of(file.old)
    )


def _check(files: list[ChangedFile], days: int) -> None:
    old = [file.path for file in files if file.since < timezone.now() - timedelta(days=days)]
    if old:
        raise CommandError(f"In the admin for more than {days} days: {', '.join(old)}.")


def _say_utf8() -> None:
    """A patch is bytes, whatever the terminal's language; a test may stand in for the terminal."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")

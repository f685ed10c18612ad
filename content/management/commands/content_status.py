"""`manage.py content_status`: where files and edits differ, for the deployer to see before readers do."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from clinic import snapshot
from content import catalog
from content.editing import Standing, standings
from content.resolve import Case


class Command(BaseCommand):
    help = (
        "Lists every document of which readers get something else than the deployed file, in plain words. With "
        "--fail-on it exits 1 when one of the named cases is there, or when an edit cannot be shown: run it against the "
        "clinic's database before traffic moves to a new release."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        cases = ", ".join(each.value for each in Case)
        parser.add_argument("--fail-on", default="", help=f"cases, parted by commas: {cases}")
        parser.add_argument("--all", action="store_true", help="list documents without an edit too")

    def handle(self, *args: Any, **options: Any) -> None:
        fail_on = _cases(options["fail_on"])
        try:
            found = standings()
        except DatabaseError as error:
            raise CommandError("The database does not answer, so nobody can tell what was edited.") from error
        snapshot.refresh()
        for each in found:
            if options["all"] or each.case not in (Case.FILE, Case.NOTHING):
                self.stdout.write(_line(each))
        known = catalog.current()
        faults = [str(fault) for fault in known.faults]
        for fault in faults:
            self.stderr.write(fault)
        counts = Counter(each.case for each in found)
        self.stdout.write(
            ", ".join(f"{case.value} {counts[case]}" for case in Case if counts[case]) or "none"
        )
        wrong = [each for each in found if each.case in fail_on]
        if wrong or (fail_on and faults):
            names = ", ".join(str(each.row) for each in wrong)
            raise CommandError(f"Settle these in the admin first: {names or 'see the lines above'}.")


def _cases(words: str) -> frozenset[Case]:
    try:
        return frozenset(Case(word.strip()) for word in words.split(",") if word.strip())
    except ValueError as error:
        known = ", ".join(each.value for each in Case)
        raise CommandError(f"{error}. Known cases: {known}.") from error


def _line(each: Standing) -> str:
    number = f"text {each.live.number}" if each.live else "-"
    return f"{each.case.value:<11}{each.row!s:<34}{number:<9}{each.sentence}"

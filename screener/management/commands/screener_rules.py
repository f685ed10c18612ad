"""manage.py screener_rules: writes the pages and drawings that are generated from the rules, or says what is stale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screener.printed import files


class Command(BaseCommand):
    help = (
        "Compares docs/screener-rules.md and the drawings of the check with the questions, rules and words that "
        "run now. With --write it writes them anew. Without, it ends with an error when one of them is stale."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the files that are stale")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = {
            path: text
            for path, text in files().items()
            if not path.exists() or path.read_text("utf-8") != text
        }
        if options["write"]:
            for path, text in stale.items():
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"Written: {path}")
        elif stale:
            names = ", ".join(path.name for path in stale)
            raise CommandError(
                f"Stale: {names}. Run manage.py screener_rules --write and commit what changed."
            )
        if not stale:
            self.stdout.write("All is current.")

"""`manage.py check_content`: is every page and every source in order?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from content import catalog
from content.checks import check_house
from content.faults import faults
from content.findings import ERROR
from content.house import house
from content.table import kept, table

KEPT_IN = Path("docs") / "content.md"


class Command(BaseCommand):
    help = (
        "Reads every page and source and says, with file and line, what is wrong and what to do: what cannot be shown, "
        "claims without a source, promises, hard or long sentences, dead links, and more (docs/text-rules.md). "
        "Warnings never fail. Then come the exemptions, and a table of pages."
    )
    # A broken page must not keep the command from naming it, nor need a database.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"also keep the table in {KEPT_IN}")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = faults()
        for fault in broken:
            self.stderr.write(fault)
        reports, together = check_house(house())
        found = [*(each for report in reports for each in report.findings), *together]
        # A missing twin is among the faults above.
        findings = [each for each in found if each.rule != "twin"]
        for finding in sorted(findings, key=lambda each: (each.severity != ERROR, each.file, each.line)):
            self.stderr.write(str(finding))
        for report in reports:
            for exemption in report.exemptions:
                self.stdout.write(str(exemption))
        self.stdout.write("\n" + table(reports))
        if options["write"]:
            (Path(settings.BASE_DIR) / KEPT_IN).write_text(kept(reports), encoding="utf-8")
        errors = [each for each in findings if each.severity == ERROR]
        if broken or errors:
            raise CommandError(
                f"{len(broken) + len(errors)} faults in content/. Each line above says what to do."
            )
        known = catalog.current()
        self.stdout.write(
            f"{len(known.by_path)} pages and {len(known.sources)} sources are in order. Warnings: {len(findings)}."
        )

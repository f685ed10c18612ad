"""Brings the rows in line with the files of a release: new documents get one, and edits that were merged are closed."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from content import files
from content.editing import standing
from content.models import Page, Step
from content.resolve import Case
from content.writing import come_due, done, step


@dataclass(frozen=True)
class Synced:
    """How many rows were made, and how many edits were found to be in the repository."""

    made: int
    closed: int


@transaction.atomic
def sync() -> Synced:
    """A row for every file, and a step for every edit that the files have taken over. Safe to run at any time."""
    tables = connection.introspection.table_names()
    if not {model._meta.db_table for model in (Page, Step)} <= set(tables):
        return Synced(0, 0)  # migrated back to before there was editing
    known = set(Page.objects.values_list("kind", "page_id", "lang"))
    missing = [
        Page(kind=kind, page_id=page_id, lang=lang)
        for kind, page_id, lang in sorted(set(files.current().texts) - known)
    ]
    Page.objects.bulk_create(missing, ignore_conflicts=True)
    return Synced(len(missing), sum(_closed(pk) for pk in _perhaps_merged()))


def _perhaps_merged() -> list[int]:
    touched = Page.objects.filter(Q(live__isnull=False, merged=False) | Q(scheduled__isnull=False))
    return list(touched.order_by("pk").values_list("pk", flat=True))


def _closed(page_id: int) -> bool:
    row = Page.objects.select_for_update().get(pk=page_id)
    now = standing(row)
    if now.case not in (Case.SAME, Case.SUPERSEDED) or now.live is None or now.file is None:
        return False
    come_due(row)
    if row.merged:
        return False
    row.merged = True
    step(now.live, Step.Kind.MERGED, by=None, note=f"{now.file.name} {now.file.document.digest}")
    done(row, by=None, action="merged")
    return True

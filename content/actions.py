"""Writes of the content room."""

from django.db import connection

from content import files
from content.models import Page


def sync_pages() -> int:
    """Makes a row for every page of the files that has none yet; returns how many. Safe to run at any time."""
    if Page._meta.db_table not in connection.introspection.table_names():
        return 0  # migrated back to before there were pages
    wanted = set(files.current().texts)
    known = set(Page.objects.values_list("kind", "page_id", "lang"))
    missing = [Page(kind=kind, page_id=page_id, lang=lang) for kind, page_id, lang in sorted(wanted - known)]
    Page.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)

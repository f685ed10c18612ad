"""Starts the content room: knows its faults, and keeps one row a page for the admin."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db.models.signals import post_migrate


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        from content.actions import sync_pages

        register(check_pages, "content")
        post_migrate.connect(lambda **_kwargs: sync_pages(), sender=self, weak=False, dispatch_uid="sync_pages")

    def faults(self) -> list[str]:
        """What keeps pages from being shown, for /readyz."""
        from content import catalog

        return [str(fault) for fault in catalog.current().faults]


def check_pages(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """`manage.py check` names every page and source that cannot be used, with file and line."""
    from content import catalog
    from content.present import rendered
    from content.render import UnknownName

    known = catalog.current()
    found: list[CheckMessage] = [Error(str(fault), id="content.E001") for fault in known.faults]
    for page in known.by_path.values():
        try:
            rendered(page)
        except UnknownName as fault:
            found.append(Error(f"{page.document.name}: {fault}", id="content.E002"))
        if known.twin(page) is None:
            found.append(Error(f"{page.document.name}: the page has no twin in the other language.", id="content.E003"))
    return found

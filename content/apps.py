"""Starts the content room: knows its faults, keeps one row a page for the admin, and tells of what grew old."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from clinic import outbox, text_rules
        from content import live, weekly
        from content.plain_texts import faults_of
        from content.sync import sync

        live.register()
        text_rules.rules.append(faults_of)
        outbox.every_look.append(weekly.send_once_a_week)
        post_migrate.connect(lambda **_kwargs: sync(), sender=self, weak=False, dispatch_uid="content_sync")

    def faults(self) -> list[str]:
        """What keeps pages of this release from being shown, for /readyz.

        An edit that cannot be shown is not among them: its file stands in, and no server is taken out for it.
        """
        from content.faults import faults_of_this_release

        return list(faults_of_this_release())

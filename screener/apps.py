"""Starts the screener: a site whose words and rules do not fit together does not start."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreenerConfig(AppConfig):
    name = "screener"
    verbose_name = _("Symptom check")

    def ready(self) -> None:
        from content import cited_elsewhere
        from screener import words
        from screener.questions import QUESTIONS

        words.check_all()
        cited_elsewhere.add(
            cited_elsewhere.Place(
                title=_("How this check decides"),
                url_name="screener:how_it_decides",
                sources=frozenset(key for question in QUESTIONS for key in question.sources),
            )
        )

"""Starts the screener: a site whose words and rules do not fit together does not start."""

from django.apps import AppConfig


class ScreenerConfig(AppConfig):
    name = "screener"

    def ready(self) -> None:
        from screener import words

        words.check_all()

"""Starts the booking room: what it has to see to from time to time, and what it finds for the other rooms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = _("Requests")

    def ready(self) -> None:
        from booking import clock_actions, digest
        from clinic import outbox, snapshot

        outbox.every_look += [digest.send_when_open, clock_actions.look_at_the_clock]
        snapshot.edited.append(clock_actions.count_anew)

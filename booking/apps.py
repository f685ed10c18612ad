"""Starts the booking room: what it has to see to from time to time, and what it finds for the other rooms."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "booking"

    def ready(self) -> None:
        from booking import digest
        from clinic import outbox

        outbox.every_look.append(digest.send_when_open)

"""What the tests of the desk share: moments in the clinic's own time, and forms sent from a request's page."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections
from django.test import Client

from booking.models import ConsultationRequest

CENTRAL = ZoneInfo("America/Chicago")
# A Monday without a holiday near it; the demo's offices are open from 8 to 5, Monday to Friday.
MONDAY = datetime(2026, 10, 19, 9, 0, tzinfo=CENTRAL)


def at(day: int, hour: int, minute: int = 0, *, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CENTRAL)


def send(client: Client, about: ConsultationRequest, place: str = "", **typed: Any) -> Any:
    """Sends a form from the request's page as it stands now, unless another version is named."""
    about.refresh_from_db()
    return client.post(f"/desk/{about.pk}/{place}", {"version": about.version} | typed)


def last_line(about: ConsultationRequest) -> tuple[str, str, str]:
    """Kind, detail and note of the newest line of the history."""
    line = about.status_changes.order_by("-version")[0]
    return line.kind, line.detail, line.note


def race(*runners: Callable[[], Any]) -> list[Any]:
    """What each of them got, all starting at the same moment: a result, or the exception that it met."""
    start = threading.Barrier(len(runners))
    results: list[Any] = [None] * len(runners)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = runners[place]()
        except Exception as met:
            results[place] = met
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(runners))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return results

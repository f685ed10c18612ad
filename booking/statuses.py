"""Where a request can stand, and which moves are allowed. The desk's buttons show this table."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Words of the staff. A patient never sees these."""

    NEW = "new", _("New")
    TRIED = "tried", _("Contact tried")
    WAITING = "waiting", _("Waiting")
    TIME_SET = "time_set", _("Time set")
    ATTENDED = "attended", _("Attended")
    MISSED = "missed", _("Did not attend")
    CLOSED = "closed", _("Closed")


NEXT_STATUSES: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.TRIED, Status.WAITING, Status.TIME_SET, Status.CLOSED}),
    Status.TRIED: frozenset({Status.WAITING, Status.TIME_SET, Status.CLOSED}),
    Status.WAITING: frozenset({Status.TRIED, Status.TIME_SET, Status.CLOSED}),
    Status.TIME_SET: frozenset({Status.WAITING, Status.ATTENDED, Status.MISSED, Status.CLOSED}),
    Status.ATTENDED: frozenset({Status.CLOSED}),
    Status.MISSED: frozenset({Status.TRIED, Status.WAITING, Status.TIME_SET, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.NEW}),
}

# Finished means: nothing is left to do but to start again.
FINISHED = frozenset(status for status, following in NEXT_STATUSES.items() if following <= {Status.NEW})


def next_statuses(status: str) -> list[Status]:
    """The moves allowed from a status, in the order of the enumeration."""
    return [each for each in Status if each in NEXT_STATUSES[Status(status)]]

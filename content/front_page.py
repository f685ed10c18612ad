"""What waits in the room of pages, on the front page of the admin."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from clinic.staff import who
from content import rights
from content.models import Page


def waiting(request: HttpRequest) -> dict[str, Any]:
    """One query, and numbers that agree with the tabs of the work list; nothing for whoever only reads."""
    person = who(request)
    if not rights.may_edit(person):
        return {}
    goes_live = Q(draft=None, scheduled__author=person, scheduled_for__gt=timezone.now())
    mine = Q(draft__author=person)
    counts = Page.objects.aggregate(
        in_review=Count("pk", filter=Q(stage=Page.Stage.IN_REVIEW)),
        mine=Count("pk", filter=mine | goes_live),
        returned=Count("pk", filter=mine & Q(stage=Page.Stage.RETURNED)),
    )
    return {"pages_waiting": counts}

"""Takes the symptom check down, and brings it back: one switch, for whoever reviews it or looks after the practice."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from clinic import audit
from clinic.practice import Practice
from clinic.signatures import SIGN

if TYPE_CHECKING:
    from clinic.staff import StaffMember

CHANGE_PRACTICE = "clinic.change_practice"


def may_turn(person: "StaffMember | AnonymousUser") -> bool:
    return person.has_perm(SIGN) or person.has_perm(CHANGE_PRACTICE)


@transaction.atomic
def turn_check(*, by: "StaffMember", on: bool) -> None:
    """Every server follows at its next look at the practice. Raises PermissionError for staff who may not."""
    if not may_turn(by):
        raise PermissionError("Only a clinical reviewer or an admin switches the check.")
    practice = Practice.objects.select_for_update().order_by("pk")[0]
    practice.screener_on = on
    practice.save(update_fields=["screener_on"])
    audit.record(by=by, action="changed", subject=f"check {'on' if on else 'off'}", subject_ids=[practice.pk])

"""Who may write, who may publish what is clinical, and who stands in for a reviewer."""

from django.utils import timezone

from clinic.signatures import SIGN
from clinic.staff import StaffMember
from content.models import Deputy, DeputyQuerySet

EDIT = "content.change_page"
ADD = "content.add_page"


def may_edit(person: StaffMember) -> bool:
    return person.has_perm(EDIT)


def may_review(person: StaffMember) -> bool:
    """Whether this person has the reviewer's right, or stands in today for somebody who has."""
    return person.has_perm(SIGN) or any(
        row.reviewer.has_perm(SIGN) for row in standing_in().filter(deputy=person)
    )


def reviewers() -> list[StaffMember]:
    """Everybody who may publish what is clinical today: reviewers first, then their deputies."""
    signing = StaffMember.objects.with_perm(
        SIGN, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    found = {person.pk: person for person in signing.order_by("pk")}
    for row in standing_in():
        if row.reviewer_id in found and row.deputy.is_active:
            found.setdefault(row.deputy_id, row.deputy)
    return list(found.values())


def standing_in() -> DeputyQuerySet:
    return Deputy.objects.on(timezone.localdate()).select_related("reviewer", "deputy")

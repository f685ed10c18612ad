"""A reviewer who is away names who may publish in their place."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import audit
from clinic.signatures import SIGN
from clinic.staff import StaffMember
from content.models import Deputy
from content.refusals import BadTime, NotAllowed
from content.rights import may_edit


@transaction.atomic
def name_deputy(*, by: StaffMember, deputy: StaffMember, first_day: date, last_day: date) -> Deputy:
    """A reviewer names who may publish in their place for some days."""
    if not by.has_perm(SIGN):
        raise NotAllowed(_("Only a clinical reviewer names a deputy."))
    if deputy.pk == by.pk or not deputy.is_active or not may_edit(deputy):
        raise NotAllowed(_("Choose another person who may change pages."))
    if last_day < first_day or last_day < timezone.localdate():
        raise BadTime(_("The last day must not lie before the first one, or before today."))
    row = Deputy.objects.create(reviewer=by, deputy=deputy, first_day=first_day, last_day=last_day)
    audit.record(by=by, action="named deputy", subject="deputy", subject_ids=[row.pk])
    return row


@transaction.atomic
def end_deputy(*, by: StaffMember, deputy_id: int) -> Deputy:
    row = Deputy.objects.select_for_update().get(pk=deputy_id)
    if by.pk != row.reviewer_id:
        raise NotAllowed(_("Only the reviewer who named this deputy ends it."))
    if row.ended is None:
        row.ended = timezone.now()
        row.save(update_fields=["ended"])
        audit.record(by=by, action="ended deputy", subject="deputy", subject_ids=[row.pk])
    return row

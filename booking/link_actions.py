"""Stopping the secret link that a patient has, with those of all that were merged: they open the same page."""

from typing import TYPE_CHECKING

from django.db import transaction

from booking import status_links
from booking.changes import SUBJECT
from booking.erasure import with_merged
from booking.models import ConsultationRequest
from clinic import audit

if TYPE_CHECKING:
    from clinic.staff import StaffMember


@transaction.atomic
def renew_link(*, request_id: int, by: "StaffMember") -> ConsultationRequest:
    """The old links to the patient's page stop working at once; the next mail holds the new one.

    Raises ConsultationRequest.DoesNotExist.
    """
    everything = _locked_with_merged(request_id)
    for request in everything:
        request.link_seed = status_links.new_seed()
        request.link_hash = status_links.hash_of(request.link_token)
        request.save(update_fields=["link_seed", "link_hash"])
    ids = [request.pk for request in everything]
    audit.record(by=by, action="link renewed", subject=SUBJECT, subject_ids=ids)
    return next(request for request in everything if request.pk == request_id)


def _locked_with_merged(request_id: int) -> list[ConsultationRequest]:
    """The one that goes on and all that were merged into it, in the order in which a merge locks them."""
    found: list[ConsultationRequest] = []
    while True:
        goes_on = ConsultationRequest.objects.get(pk=request_id).goes_on
        ids = {request.pk for request in with_merged([goes_on])}
        if ids == {request.pk for request in found}:
            return found
        # One more may have been merged while we waited for the locks; beside them, that cannot happen again.
        locked = ConsultationRequest.objects.select_for_update().filter(pk__in=ids)
        found = list(locked.order_by("pk"))

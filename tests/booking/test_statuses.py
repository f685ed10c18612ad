"""Where a request can stand, who may move it, and what is written down."""

import pytest
from django.db import IntegrityError, transaction

from booking import actions
from booking.changes import StaleVersion
from booking.models import ConsultationRequest, StatusChange
from booking.statuses import FINISHED, NEXT_STATUSES, Status
from clinic.audit import AuditEntry
from clinic.staff import StaffMember
from tests.booking.conftest import asked


def test_every_status_has_its_next_ones() -> None:
    assert set(NEXT_STATUSES) == set(Status)


def test_no_request_is_ever_stuck() -> None:
    assert all(NEXT_STATUSES.values())
    assert {Status.CLOSED} == FINISHED


@pytest.mark.parametrize("start", Status)
def test_every_request_can_reach_closed(start: Status) -> None:
    reached, edge = {start}, {start}
    while edge:
        edge = {each for status in edge for each in NEXT_STATUSES[status]} - reached
        reached |= edge

    assert Status.CLOSED in reached


@pytest.mark.django_db
@pytest.mark.parametrize("start", Status)
@pytest.mark.parametrize("to", Status)
def test_only_moves_of_the_table_are_made(dana: StaffMember, start: Status, to: Status) -> None:
    about = asked(status=start)

    if to in NEXT_STATUSES[start]:
        moved = actions.change_status(request_id=about.pk, to=to, by=dana, version=1)
        assert (moved.status, moved.version) == (to, 2)
    else:
        with pytest.raises(actions.IllegalMove):
            actions.change_status(request_id=about.pk, to=to, by=dana, version=1)
        about.refresh_from_db()
        assert (about.status, about.version) == (start, 1)
        assert not StatusChange.objects.exists()


def test_move_leaves_history_and_one_audit_row(dana: StaffMember) -> None:
    about = asked()

    actions.change_status(request_id=about.pk, to="tried", by=dana, version=1, note="no answer")

    change = StatusChange.objects.get()
    assert (change.from_status, change.to_status, change.by, change.note) == (
        "new",
        "tried",
        dana,
        "no answer",
    )
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.action, entry.subject_ids) == (dana, "changed", [about.pk])


def test_second_person_with_the_old_page_changes_nothing(dana: StaffMember, ada: StaffMember) -> None:
    about = asked()
    actions.change_status(request_id=about.pk, to="tried", by=dana, version=1)

    with pytest.raises(StaleVersion):
        actions.change_status(request_id=about.pk, to="closed", by=ada, version=1)

    about.refresh_from_db()
    assert about.status == "tried"


def test_history_is_never_altered_nor_deleted(dana: StaffMember) -> None:
    about = asked()
    actions.change_status(request_id=about.pk, to="tried", by=dana, version=1)
    change = StatusChange.objects.get()

    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(TypeError):
        change.delete()
    with pytest.raises(TypeError):
        StatusChange.objects.update(note="")
    with pytest.raises(TypeError):
        StatusChange.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("column", [{"status": "lost"}, {"mark": "purple"}, {"phone": "", "email": ""}])
def test_database_itself_refuses_what_makes_no_sense(column: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(**column)

    assert not ConsultationRequest.objects.exists()

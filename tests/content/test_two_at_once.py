"""Two people press a button at the same moment: one wins, the other one is told and keeps the text."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from clinic.staff import StaffMember
from content import actions
from content.models import Revision, Step
from content.refusals import StaleVersion
from tests.content.desk_of_editors import ABOUT, REASONS, file_text, form_of, now_of, save

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each of some calls, begun together, gave back or raised."""
    together, came = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            together.wait()
            came.append(call())
        except Exception as refusal:
            came.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_of_two_who_publish_at_once_one_is_told(eli: StaffMember, ada: StaffMember) -> None:
    save(eli, f"{file_text()}\nWe like to talk.\n")
    form = form_of(ABOUT, eli)

    came = at_once(*[lambda: actions.publish(**form, reasons=REASONS)] * 2)

    assert sorted(type(each).__name__ for each in came) == ["StaleVersion", "Step"]
    assert Step.objects.filter(kind=Step.Kind.PUBLISHED).count() == 1


def test_of_two_who_save_at_once_one_keeps_both_texts_in_hand(eli: StaffMember, rae: StaffMember) -> None:
    mine, theirs = f"{file_text()}\nWe talk.\n", f"{file_text()}\nWe listen.\n"
    stamp, row = now_of().stamp, now_of().row

    came = at_once(
        lambda: actions.save_draft(page_id=row.pk, by=eli, stamp=stamp, text=mine),
        lambda: actions.save_draft(page_id=row.pk, by=rae, stamp=stamp, text=theirs),
    )

    refusal = next(each for each in came if isinstance(each, StaleVersion))
    assert {refusal.mine, refusal.theirs} == {mine, theirs}
    assert [each.text for each in Revision.objects.all()] == [refusal.theirs]

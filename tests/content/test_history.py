"""Editing, publishing, schedules, withdrawals, deploys and time in any order: no published text is ever lost or made up."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from clinic import snapshot
from clinic.staff import StaffMember
from content.resolve import Case
from tests.content.histories import History

SETTLED_MERGED_ADOPTED = {Case.AHEAD, Case.SUPERSEDED, Case.SAME}
WAYS_OUT_OF_A_CONFLICT = SETTLED_MERGED_ADOPTED | {Case.REMOVED, Case.WITHDRAWN}


@pytest.fixture
def told(eli: StaffMember, rae: StaffMember) -> type[History]:
    """Histories of one run."""
    return type("Told", (History,), {"editor": eli, "reviewer": rae, "cases": set(), "moves": set()})


@pytest.mark.django_db
def test_whatever_happens_no_published_text_is_lost_and_none_is_made_up(told: type[History]) -> None:
    run_state_machine_as_test(
        told,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert told.cases == set(Case)
    assert {to for case, to in told.moves if case is Case.CONFLICT} >= SETTLED_MERGED_ADOPTED


@dataclass(frozen=True)
class Did:
    """One step of a walk, and where the page stands after it."""

    name: str
    then: Case
    given: dict[str, Any] = field(default_factory=dict)


def did(name: str, then: Case, **given: Any) -> Did:
    return Did(name, then, given)


EDITED = (did("edit", Case.FILE, words="We talk."), did("publish", Case.AHEAD))
IN_CONFLICT = (*EDITED, did("deploy_other_words", Case.CONFLICT, words="We listen."))
WRITTEN_HERE = (
    did("delete_the_file", Case.NOTHING),
    did("edit", Case.NOTHING, words="We talk."),
    did("publish", Case.NEW),
)
WALKS: dict[str, tuple[Did, ...]] = {
    "merged, then edited on in the repository, rolled back, deleted and brought back": (
        *EDITED,
        did("deploy_what_was_exported", Case.SAME),
        did("deploy_other_words", Case.FILE, words="We listen."),
        did("deploy_the_first_release_again", Case.AHEAD),
        did("delete_the_file", Case.REMOVED),
        did("deploy_what_was_exported", Case.SAME),
        did("delete_the_file", Case.REMOVED),
        did("deploy_other_words", Case.FILE, words="We write."),
        did("delete_the_file", Case.REMOVED),
    ),
    "a conflict is settled": (
        *IN_CONFLICT,
        did("settle", Case.CONFLICT, words="We write."),
        did("publish", Case.AHEAD),
        did("deploy_what_was_exported", Case.SAME),
    ),
    "a conflict is settled in one go": (
        *IN_CONFLICT,
        did("settle_and_publish", Case.AHEAD, words="We write."),
    ),
    "the file is taken in a conflict": (
        *IN_CONFLICT,
        did("adopt_the_file", Case.SAME),
        did("deploy_the_first_release_again", Case.CONFLICT),
    ),
    "a developer merges a conflict by hand": (
        *IN_CONFLICT,
        did("deploy_a_merge_by_hand", Case.SUPERSEDED, words="We write."),
        did("deploy_other_words", Case.FILE, words="We listen."),
        did("deploy_a_merge_by_hand", Case.SUPERSEDED, words="We write."),
        did("settle_and_publish", Case.AHEAD, words="We talk."),
    ),
    "a conflict is deployed away": (*IN_CONFLICT, did("deploy_what_was_exported", Case.SAME)),
    "a release is taken back, so there is no conflict": (
        *IN_CONFLICT,
        did("deploy_the_first_release_again", Case.AHEAD),
    ),
    "a conflict ends with a deleted file, and the page is kept": (
        *IN_CONFLICT,
        did("delete_the_file", Case.REMOVED),
        did("settle_and_publish", Case.NEW, words="We write."),
        did("deploy_what_was_exported", Case.SAME),
    ),
    "a conflict ends with a withdrawal, which no deploy undoes": (
        *IN_CONFLICT,
        did("withdraw", Case.WITHDRAWN),
        did("deploy_other_words", Case.WITHDRAWN, words="We write."),
        did("delete_the_file", Case.WITHDRAWN),
        did("restore", Case.NEW, place=1),
    ),
    "a page of the repository is withdrawn and brought back": (
        did("withdraw", Case.WITHDRAWN),
        did("adopt_the_file", Case.SAME),
        did("withdraw", Case.WITHDRAWN),
        did("settle_and_publish", Case.AHEAD, words="We talk."),
        did("withdraw", Case.WITHDRAWN),
    ),
    "written here, and exported": (*WRITTEN_HERE, did("deploy_what_was_exported", Case.SAME)),
    "written here, and by a developer too": (
        *WRITTEN_HERE,
        did("deploy_other_words", Case.CONFLICT, words="We listen."),
        did("delete_the_file", Case.NEW),
        did("deploy_a_merge_by_hand", Case.SUPERSEDED, words="We write."),
        did("delete_the_file", Case.REMOVED),
        did("withdraw", Case.WITHDRAWN),
    ),
    "written here, and withdrawn": (*WRITTEN_HERE, did("withdraw", Case.WITHDRAWN)),
    "never edited": (
        did("delete_the_file", Case.NOTHING),
        did("deploy_other_words", Case.FILE, words="We listen."),
    ),
    "a time comes": (
        did("edit", Case.FILE, words="We talk."),
        did("schedule", Case.FILE, hours=2),
        did("time_passes", Case.AHEAD, hours=2),
        did("edit", Case.AHEAD, words="We write."),
        did("schedule", Case.AHEAD, hours=2),
        did("deploy_what_was_exported", Case.SAME),
        did("time_passes", Case.CONFLICT, hours=3),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("walk", WALKS)
def test_each_step_leads_where_it_should(told: type[History], walk: str) -> None:
    history = told()
    try:
        snapshot.refresh()
        history.everything_holds()
        for step in WALKS[walk]:
            getattr(history, step.name)(**step.given)
            history.everything_holds()

            assert history.case is step.then, step.name
    finally:
        history.teardown()


def test_walks_come_into_every_case_and_out_of_it_again() -> None:
    ways = [[Case.FILE, *(step.then for step in walk)] for walk in WALKS.values()]
    moves = {move for way in ways for move in pairwise(way)}

    assert {to for _case, to in moves} == {case for case, _to in moves} == set(Case)
    assert {to for case, to in moves if case is Case.CONFLICT} - {Case.CONFLICT} >= WAYS_OUT_OF_A_CONFLICT

"""One page in the hands of people and the clock: what they may do with it, and what holds after each step."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from clinic import snapshot
from clinic.staff import StaffMember
from content import actions, catalog, editing
from content.documents import digest_of
from content.editing import Standing
from content.models import Revision, Step
from content.refusals import Refused
from content.resolve import Case
from content.sync import sync
from tests.content.desk_of_editors import ABOUT, REASONS, deploy, file_text, form_of, now_of, row_of

WORDS_SAID = ("We talk.", "We listen.", "We write.")
WORDS = st.sampled_from(WORDS_SAID)
HOURS = st.integers(min_value=1, max_value=48)
BEGIN = datetime(2027, 1, 4, 12, tzinfo=UTC)


# Where a history begins: what was done before it, from the file as deployed on.
BEGINNINGS: dict[str, tuple[str, ...]] = {
    "with a file": (),
    "with no file": ("delete_the_file",),
    "in conflict": ("edit", "publish", "deploy_other_words"),
}

SAY_WORDS = {"edit", "settle", "settle_and_publish", "deploy_other_words", "deploy_a_merge_by_hand"}


class History(RuleBasedStateMachine):
    """One page in the hands of one editor, a reviewer who lets it live, one deployer and the clock."""

    editor: StaffMember
    reviewer: StaffMember
    # Of all histories of one run: each case that the page was in, and each step from one to another.
    cases: set[Case]
    moves: set[tuple[Case, Case]]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.patch = pytest.MonkeyPatch()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.time = self.clock.start()
        self.first = file_text()
        # Every text that somebody published, each with the moment from which readers get it; "" withdraws.
        self.published: list[tuple[datetime, str]] = []
        self.deployed = {digest_of(self.first)}
        self.taken_over: set[str] = set()
        self.case: Case | None = None

    def teardown(self) -> None:
        self.clock.stop()
        self.patch.undo()
        catalog.of_files.cache_clear()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def text(self, words: str) -> str:
        return f"{self.first}\n{words}\n"

    def act(self, name: str, **more: Any) -> Any:
        try:
            by = self.reviewer if name in ("publish", "restore", "adopt_file") else self.editor
            return getattr(actions, name)(**form_of(ABOUT, by), **more)
        except Refused:
            return None

    @initialize(beginning=st.sampled_from(sorted(BEGINNINGS)))
    def begin(self, beginning: str) -> None:
        for place, name in enumerate(BEGINNINGS[beginning]):
            words = WORDS_SAID[place % len(WORDS_SAID)]
            getattr(self, name)(**({"words": words} if name in SAY_WORDS else {}))

    @rule(words=WORDS)
    def edit(self, words: str) -> None:
        self.act("save_draft", text=self.text(words))

    @rule()
    def put_away(self) -> None:
        self.act("discard")

    @rule(words=WORDS)
    def settle(self, words: str) -> None:
        self.act("settle", text=self.text(words))

    @rule(words=WORDS)
    def settle_and_publish(self, words: str) -> None:
        self.settle(words=words)
        self.publish()

    @rule()
    def adopt_the_file(self) -> None:
        text = now_of().file_text
        outcome = self.act("adopt_file")
        if outcome and outcome.is_live:
            self.published.append((datetime.now(UTC), text))

    @rule()
    def publish(self) -> None:
        draft = now_of().draft
        if self.act("publish", reasons=REASONS):
            assert draft is not None
            self.published.append((datetime.now(UTC), draft.text))

    @rule(hours=HOURS)
    def schedule(self, hours: int) -> None:
        draft, at = now_of().draft, datetime.now(UTC) + timedelta(hours=hours)
        if self.act("publish", reasons=REASONS, at=at):
            assert draft is not None
            self.published.append((at, draft.text))

    @rule()
    def cancel(self) -> None:
        if self.act("unschedule"):
            self.published.pop()

    @rule()
    def withdraw(self) -> None:
        coming = now_of().scheduled is not None
        if self.act("withdraw", note="It is no longer so."):
            if coming:
                self.published.pop()
            self.published.append((datetime.now(UTC), ""))

    @rule(place=st.integers(min_value=0, max_value=5))
    def restore(self, place: int) -> None:
        texts = editing.revisions(row_of())
        if not texts:
            return
        wanted = texts[place % len(texts)]
        outcome = self.act("restore", number=wanted.number)
        if outcome and outcome.is_live:
            self.published.append((datetime.now(UTC), wanted.text))
            assert now_of().served_text == wanted.text

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.time.shift(timedelta(hours=hours))

    def release(self, text: str | None) -> None:
        deploy(self.patch, {ABOUT: text})
        if text is not None:
            self.deployed.add(digest_of(text))
        sync()

    @rule(words=WORDS)
    def deploy_other_words(self, words: str) -> None:
        self.release(self.text(words))

    @precondition(lambda self: self.published)
    @rule()
    def deploy_what_was_exported(self) -> None:
        now = now_of()
        if now.live is not None and now.case is not Case.WITHDRAWN:
            self.release(now.live.text)

    @rule(words=WORDS)
    def deploy_a_merge_by_hand(self, words: str) -> None:
        live = now_of().live
        if live is not None and live.kind != Revision.Kind.WITHDRAW:
            marked = self.text(words).replace("kind: guide", f"kind: guide\nreplaces: {live.digest}")
            self.taken_over.add(live.digest)
            self.release(marked)

    @rule()
    def delete_the_file(self) -> None:
        self.release(None)

    @rule()
    def deploy_the_first_release_again(self) -> None:
        self.release(self.first)

    @invariant()
    def everything_holds(self) -> None:
        now = now_of()
        self.cases.add(now.case)
        if self.case not in (None, now.case):
            self.moves.add((Case(self.case), now.case))
        self.case = now.case
        self.readers_get_a_text_that_a_person_published_or_deployed(now)
        self.every_process_shows_it(now)
        self.every_published_text_can_be_brought_back(now)
        self.the_row_says_what_the_steps_say(now)

    def readers_get_a_text_that_a_person_published_or_deployed(self, now: Standing) -> None:
        come = [text for at, text in self.published if at <= datetime.now(UTC)]

        assert now.served_text in {"", now.file_text, *come}
        if come and come[-1] == "":
            assert now.served_text == ""
        elif come and now.served_text != come[-1]:
            # The last published text gives way only to a file that has had it, or that says it replaces it.
            assert now.served_text == now.file_text
            assert digest_of(come[-1]) in self.taken_over | self.deployed
        elif not come:
            assert now.served_text == now.file_text

    def every_process_shows_it(self, now: Standing) -> None:
        snapshot.refresh()
        shown = catalog.current().by_id.get(("about", "en"))

        assert (shown.document.text if shown else "") == now.served_text

    def every_published_text_can_be_brought_back(self, now: Standing) -> None:
        kept = set(now.row.revisions.values_list("text", flat=True)) | {now.file_text}

        assert {text for _at, text in self.published if text} <= kept

    def the_row_says_what_the_steps_say(self, now: Standing) -> None:
        standing: list[Step] = []
        for step in Step.objects.filter(revision__page=now.row).order_by("pk"):
            if step.kind == Step.Kind.PUBLISHED:
                standing.append(step)
            if step.kind == Step.Kind.UNSCHEDULED:
                standing.remove(next(each for each in standing if each.revision_id == step.revision_id))
        come = [step for step in standing if step.live_from and step.live_from <= datetime.now(UTC)]

        assert (now.live.pk if now.live else None) == (come[-1].revision_id if come else None)

"""What a deployer runs: rows in line with the files, and no release over a conflict."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from clinic.staff import StaffMember
from content import actions
from content.models import Page, Step
from content.sync import sync
from tests.content.desk_of_editors import ABOUT, deploy, file_text, form_of, now_of, publish_text, row_of
from tests.content.test_live import put_live

pytestmark = pytest.mark.django_db


def status(*words: str) -> str:
    out = io.StringIO()
    call_command("content_status", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_every_file_has_one_row_however_often_it_is_synced() -> None:
    before = Page.objects.count()
    Page.objects.filter(page_id__in=("about", "mot1")).delete()

    first, second = sync(), sync()

    assert (first.made, second.made) == (3, 0)
    assert Page.objects.count() == before


def test_an_edit_that_a_file_has_taken_over_is_closed_once(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    live = now_of().live
    assert live is not None
    deploy(monkeypatch, {ABOUT: file_text().replace("kind: guide", f"kind: guide\nreplaces: {live.digest}")})
    assert now_of().case == "superseded"

    out = io.StringIO()
    call_command("content_sync", stdout=out)
    call_command("content_sync", stdout=out)

    assert out.getvalue().splitlines()[0].endswith("Edits now in the repository: 1.")
    assert out.getvalue().splitlines()[1].endswith("Edits now in the repository: 0.")
    assert Step.objects.filter(kind=Step.Kind.MERGED).count() == 1


def test_a_mark_that_an_older_edit_was_merged_takes_no_newer_one_away(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = f"{file_text()}\nWe like to talk.\n"
    publish_text(eli, eli, mine)
    live = now_of().live
    assert live is not None
    deploy(monkeypatch, {ABOUT: file_text().replace("kind: guide", f"kind: guide\nreplaces: {live.digest}")})
    sync()

    actions.restore(**form_of(ABOUT, eli), number=1)

    assert (now_of().case, now_of().served_text) == ("ahead", mine)


def test_the_release_before_a_merge_still_shows_the_edit(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, mine = file_text(), f"{file_text()}\nWe like to talk.\n"
    publish_text(eli, eli, mine)
    deploy(monkeypatch, {ABOUT: mine})
    sync()

    deploy(monkeypatch, {ABOUT: old})

    assert now_of().served_text == mine


def test_the_status_names_what_differs_in_plain_words(eli: StaffMember) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")

    told = status("--fail-on", "conflict,removed")

    assert "about (en)" in told
    assert "Edited here, and not in the repository yet." in told
    assert "ahead 1" in told
    assert "risks (en)" not in told
    assert "risks (en)" in status("--all")


@pytest.mark.parametrize(("newer", "case"), [("From the repository.", "conflict"), (None, "removed")])
def test_a_release_over_a_conflict_is_stopped(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch, newer: str | None, case: str
) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    deploy(monkeypatch, {ABOUT: f"{file_text()}\n{newer}\n" if newer else None})

    assert case in status()
    with pytest.raises(CommandError, match=r"Settle these in the admin first: about \(en\)"):
        status("--fail-on", "conflict,removed")


def test_an_edit_that_cannot_be_shown_stops_a_release() -> None:
    put_live("no front matter")

    with pytest.raises(CommandError, match="Settle these"):
        status("--fail-on", "conflict")


def test_a_case_that_does_not_exist_is_named() -> None:
    with pytest.raises(CommandError, match="Known cases: file, same"):
        status("--fail-on", "conflicts")


def test_without_a_database_the_status_says_that_nobody_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("content.management.commands.content_status.standings", away)

    with pytest.raises(CommandError, match="does not answer"):
        status("--fail-on", "conflict")


def test_a_row_whose_page_was_edited_is_never_deleted(eli: StaffMember) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")

    with pytest.raises(Exception, match="protected"):
        row_of().delete()

"""From the admin back to the repository: a patch that git takes, byte for byte, for every page in both languages."""

import io
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.staff import StaffMember
from content import actions, editing, export, files
from content.documents import digest_of, normal_form
from content.models import Page, Revision
from content.patch import Change, diff, mail
from content.sync import sync
from tests.content.desk_of_editors import (
    ABOUT,
    REASONS,
    deploy,
    file_text,
    form_of,
    now_of,
    publish_text,
    row_of,
)

ODD = "Odd  spaces\t, e\u0301, 🙂, \u2028 \x0b \x85 and “marks”.  \r\nTwo\u00a0lines\r\n\r\n"
AT = datetime(2027, 1, 4, 12, tzinfo=UTC)


def git(folder: Path, *words: str, given: str = "") -> str:
    command = ["git", "-c", "user.name=Dev", "-c", "user.email=dev@example.com", *words]
    done = subprocess.run(command, cwd=folder, input=given.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the house's own pages and sources."""
    for file in files.current().texts.values():
        place = tmp_path / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.raw.encode())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "all")
    return tmp_path


def command(*words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("content_export", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def edit_everything(by: StaffMember) -> None:
    """Every page and source gets an odd text as if it had been published, whatever the checks say of it."""
    rows = list(Page.objects.all())
    made = []
    for row in rows:
        file = files.current().texts[row.key]
        text = normal_form((file.text + ODD).replace("\n", "\r\n"))
        made.append(
            Revision(
                page=row,
                number=1,
                text=text,
                digest=digest_of(text),
                base_text=file.text,
                base_digest=file.document.digest,
                author=by,
            )
        )
    Revision.objects.bulk_create(made)
    for row in rows:
        row.live = row.revisions.get()
    Page.objects.bulk_update(rows, ["live"])


@pytest.mark.django_db
def test_every_page_goes_round_and_comes_back_the_same(
    eli: StaffMember, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_everything(eli)
    assert {each.case for each in editing.standings()} == {"ahead"}

    patch, _err = command("--patch")
    git(checkout, "am", "-q", given=patch)
    release = files.read(checkout / "content")
    monkeypatch.setattr(files, "current", lambda: release)

    assert release.faults == ()
    assert {each.case for each in editing.standings()} == {"same"}
    assert all(each.file and each.live and each.file.raw == each.live.text for each in editing.standings())
    assert sync().closed == Page.objects.count() >= 130
    assert command("--patch")[0] == ""


@pytest.mark.django_db
def test_a_patch_says_who_wrote_what_and_git_keeps_it(eli: StaffMember, checkout: Path) -> None:
    eli.last_name, eli.email = "Éditeur", "eli@example.com"
    eli.save()
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    publish_text(eli, eli, f"{file_text()}\nWe like to talk with you.\n")

    patch, _err = command("--patch")
    git(checkout, "am", "-q", given=patch)

    told = git(checkout, "log", "-1", "--format=%an|%ae|%s|%b")
    assert told.startswith("Eli Éditeur|eli@example.com|Words edited on the site (1 files)|")
    assert "content/pages/en/about.md: revision 1 (edit) by Eli Éditeur, published by Eli Éditeur on" in told
    assert "content/pages/en/about.md: revision 2 (edit)" in told
    assert (checkout / "content/pages/en/about.md").read_text().endswith("We like to talk with you.\n")


@pytest.mark.django_db
def test_new_and_withdrawn_pages_go_back_as_new_and_deleted_files(
    eli: StaffMember, rae: StaffMember, checkout: Path
) -> None:
    text = editing.starting_text(kind="source", document_id="new25", lang="")
    text = text.replace('title: ""', "title: A new study").replace('""', '"Words"')
    text = text.replace('link: "Words"', 'link: ""')
    actions.new_document(by=eli, kind="source", document_id="new25", lang="", text=text)
    actions.publish(**form_of(("source", "new25", ""), rae))
    actions.withdraw(**form_of(ABOUT, eli), note="We are moving.")

    git(checkout, "apply", "-", given=command("--patch")[0])

    assert (checkout / "content/sources/new25.md").read_text() == text
    assert not (checkout / "content/pages/en/about.md").exists()


@pytest.mark.django_db
def test_a_conflict_is_left_out_and_named(eli: StaffMember, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    deploy(monkeypatch, {ABOUT: f"{file_text()}\nFrom the repository.\n"})

    out, err = command("--patch")

    assert out == ""
    assert "about (en)" in err


@pytest.mark.django_db
def test_a_checkout_is_written_unless_it_has_moved_on(eli: StaffMember, checkout: Path) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    place = checkout / "content/pages/en/about.md"

    command("--into", str(checkout))
    assert place.read_text() == now_of().served_text
    place.write_text("A developer was here.")

    with pytest.raises(CommandError, match=r"nothing was written: content/pages/en/about\.md"):
        command("--into", str(checkout))
    with pytest.raises(CommandError, match="no checkout"):
        command("--into", str(checkout / "content" / "pages"))


@pytest.mark.django_db
def test_what_waits_too_long_fails_the_check_until_it_is_merged(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    publish_text(eli, eli, f"{file_text()}\nWe like to talk with you.\n")
    assert "(texts 1, 2," in command("--check", "7")[0]

    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        with pytest.raises(CommandError, match=r"more than 7 days: content/pages/en/about\.md"):
            command("--check", "7")
        deploy(monkeypatch, {ABOUT: now_of().served_text})
        sync()

        assert "lacks: 0" in command("--check", "7")[0]


@pytest.mark.django_db
def test_a_later_change_in_the_repository_follows_a_merged_edit(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_text(eli, eli, f"{file_text()}\nWe like to talk.\n")
    deploy(monkeypatch, {ABOUT: now_of().served_text})
    sync()
    newer = f"{file_text()}\nAnd to listen.\n"

    deploy(monkeypatch, {ABOUT: newer})

    assert (now_of().case, now_of().served_text) == ("file", newer)
    assert not export.changed_files()
    assert row_of().merged


@pytest.mark.django_db
def test_a_text_that_is_due_later_is_not_exported_yet(eli: StaffMember) -> None:
    actions.save_draft(**form_of(ABOUT, eli), text=f"{file_text()}\nWe like to talk.\n")
    at = datetime.now(UTC) + timedelta(days=1)
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=at)

    assert command("--patch")[0] == ""
    with time_machine.travel(at + timedelta(hours=1)):
        assert "+We like to talk." in command("--patch")[0]


LINES = st.lists(
    st.sampled_from(
        ["a", "b", "", " ", "--- x", "+++ y", "@@ -1 +1 @@", "diff --git a/x b/x", "é\u2028ü", "c\r", "-- "]
    ),
    max_size=12,
)
TEXTS = st.none() | st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"]))


@settings(deadline=None, max_examples=60)
@given(old=TEXTS, new=TEXTS)
def test_git_makes_of_the_old_bytes_exactly_the_new_ones(
    tmp_path_factory: pytest.TempPathFactory, old: str | None, new: str | None
) -> None:
    folder = tmp_path_factory.mktemp("patch")
    # git takes an empty file and no file for the same thing, and so do we not: no document is empty.
    if old == new or "" in (old, new):
        return
    if old is not None:
        (folder / "x.md").write_bytes(old.encode())

    git(folder, "apply", "--unsafe-paths", "--whitespace=nowarn", "-", given=diff(Change("x.md", old, new)))

    there = (folder / "x.md").read_bytes().decode() if (folder / "x.md").exists() else None
    assert there == new


def test_nothing_in_a_note_can_pass_for_a_part_of_the_patch() -> None:
    change = Change("content/x.md", "a\n", "b\n")
    lines = ["---", "diff --git a/etc b/etc", "a\n--- a/etc\n+++ b/etc\n@@ -0,0 +1 @@\n+x", "From nobody"]

    text = mail([change], author=("A\nB: <c>", "a@b>\nX: y"), at=AT, subject="é\nBcc: x", lines=lines)

    head, _dashes, rest = text.partition("\n---\n")
    assert rest.count("diff --git") == 1
    assert not any(line.startswith(("diff", "---", "+++", "@@")) for line in head.split("\n"))
    assert not any(line.startswith(("X:", "Bcc:", "B:")) for line in text.split("\n"))


def test_files_of_the_repository_are_in_normal_form(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "pages" / "en"
    folder.mkdir(parents=True)
    for number, text in enumerate(("{}\r\n", "\ufeff{}", "{}\n\n", "{}e\u0301\n")):
        (folder / f"{number}.md").write_bytes(text.format(file_text().rstrip("\n")).encode())

    faults = files.read(tmp_path / "content").faults

    assert sum("Save it as UTF-8" in each.fault for each in faults) == 1
    assert len(files.read(tmp_path / "content").texts) == 1
    assert files.current().faults == ()

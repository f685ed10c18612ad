"""Where no file can be written, pages are still edited, published and exported; the database alone is written to."""

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from clinic import snapshot
from clinic.staff import StaffMember
from tests.content.desk_of_editors import now_of, publish
from tests.content.rooms import Room

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = (
    "mkdir",
    "makedirs",
    "replace",
    "rename",
    "remove",
    "unlink",
    "rmdir",
    "symlink",
    "link",
    "truncate",
)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every way of Python's to change a file fails, as on a file system mounted to read; root's rights do not help."""
    asked: list[str] = []

    def refuse(place: object) -> None:
        asked.append(str(place))
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(place))

    def read_only(opens: Callable[..., Any]) -> Callable[..., Any]:
        def opened(place: Any, mode: str = "r", *more: Any, **others: Any) -> Any:
            if set(mode) & set("wax+") and place != os.devnull:
                refuse(place)
            return opens(place, mode, *more, **others)

        return opened

    really_open = os.open

    def os_open(place: Any, flags: int, *more: Any, **others: Any) -> int:
        if flags & WRITING and place != os.devnull:
            refuse(place)
        return really_open(place, flags, *more, **others)

    with monkeypatch.context() as patch:
        patch.setattr(io, "open", read_only(io.open))
        patch.setattr(builtins, "open", read_only(builtins.open))
        patch.setattr(os, "open", os_open)
        for name in CHANGES:
            patch.setattr(os, name, lambda place, *_more, **_others: refuse(place))
        yield asked


@pytest.mark.django_db
def test_a_page_is_saved_published_shown_and_exported(
    eli: StaffMember, rae: StaffMember, refused: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    room = Room(eli)

    room.press("save", body=room.body + "\n\nWe like to talk.\n")
    publish(rae)
    snapshot.refresh()
    page = room.client.get("/about/").content.decode()
    patch = room.client.get(reverse("admin:content_page_patch")).content.decode()
    call_command("content_export", "--patch")

    assert now_of().case == "ahead"
    assert "We like to talk." in page
    assert "+We like to talk." in patch
    assert "+We like to talk." in capsys.readouterr().out
    # What is kept for a start without the database could not be, and nobody was kept waiting for it.
    assert [place for place in refused if not place.startswith(str(settings.VAR_DIR))] == []
    assert refused


def test_the_disk_of_these_tests_cannot_be_written_to(tmp_path: Path, refused: list[str]) -> None:
    for write in (
        lambda: (tmp_path / "a").write_text("x", encoding="utf-8"),
        lambda: (tmp_path / "b").mkdir(),
        lambda: (tmp_path / "c").touch(),
        lambda: tmp_path.rename(tmp_path.with_name("d")),
    ):
        with pytest.raises(OSError, match="Read-only"):
            write()

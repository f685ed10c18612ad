"""What the tests of editing share: documents by name, one editor's moves in a line each, and another release's files."""

from collections.abc import Mapping
from typing import Any

import pytest

from clinic import snapshot
from clinic.staff import StaffMember
from content import actions, catalog, editing, files
from content.editing import Standing
from content.files import Files, FileText, made_from, name_of
from content.live import Key
from content.models import Page, Revision, Step

ABOUT: Key = ("page", "about", "en")
RISKS: Key = ("page", "risks", "en")
REASONS = dict.fromkeys(("grade", "twin", "twin-older", "twin-sources", "old-path", "exemption"), "agreed")


def row_of(key: Key = ABOUT) -> Page:
    kind, page_id, lang = key
    rows = Page.objects.select_related("draft", "live", "scheduled")
    return rows.get(kind=kind, page_id=page_id, lang=lang)


def now_of(key: Key = ABOUT) -> Standing:
    return editing.standing(row_of(key))


def form_of(key: Key, by: StaffMember) -> dict[str, Any]:
    """What a form that was opened just now sends."""
    now = now_of(key)
    return {"page_id": now.row.pk, "by": by, "stamp": now.stamp}


def file_text(key: Key = ABOUT) -> str:
    return files.current().texts[key].text


def save(by: StaffMember, text: str, key: Key = ABOUT) -> Revision:
    now = now_of(key)
    return actions.save_draft(page_id=now.row.pk, by=by, stamp=now.stamp, text=text)


def publish(by: StaffMember, key: Key = ABOUT) -> Step:
    now = now_of(key)
    return actions.publish(
        page_id=now.row.pk, by=by, stamp=now.stamp, reasons=REASONS, spanish_by="Ana Example"
    )


def publish_text(author: StaffMember, publisher: StaffMember, text: str, key: Key = ABOUT) -> Step:
    save(author, text, key)
    step = publish(publisher, key)
    snapshot.refresh()
    return step


def deploy(patch: pytest.MonkeyPatch, changes: Mapping[Key, str | None]) -> Files:
    """Another release, with these files changed, and None for a deleted one; then what a release runs."""
    texts = {key: file for key, file in files.current().texts.items() if key not in changes}
    for key, text in changes.items():
        if text is not None:
            name = name_of(key)
            texts[key] = FileText(name=name, made=made_from(key[0], name, text), raw=text)
    release = Files(texts=texts, faults=())
    patch.setattr(files, "current", lambda: release)
    catalog.of_files.cache_clear()
    return release

"""PURE. What a reader gets where the repository has one text and the admin another: nothing is ever merged silently."""

from dataclasses import dataclass
from enum import StrEnum

FILE_SERVED, REVISION_SERVED, NOTHING_SERVED = "file", "revision", "nothing"


class Case(StrEnum):
    FILE = "file"
    SAME = "same"
    SUPERSEDED = "superseded"
    AHEAD = "ahead"
    CONFLICT = "conflict"
    NEW = "new"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    # Neither a file nor anything published.
    NOTHING = "nothing"


SERVED = {
    Case.FILE: FILE_SERVED,
    Case.SAME: FILE_SERVED,
    Case.SUPERSEDED: FILE_SERVED,
    Case.AHEAD: REVISION_SERVED,
    Case.CONFLICT: REVISION_SERVED,
    Case.NEW: REVISION_SERVED,
    Case.REMOVED: REVISION_SERVED,
    Case.WITHDRAWN: NOTHING_SERVED,
    Case.NOTHING: NOTHING_SERVED,
}
# What the deployer must look at before readers do.
SETTLE_FIRST = (Case.CONFLICT, Case.REMOVED)


@dataclass(frozen=True)
class FileFacts:
    """`replaces` is the digest of a revision whose text a developer has merged into this file by hand."""

    digest: str
    replaces: str = ""


@dataclass(frozen=True)
class LiveFacts:
    """The revision that was published last and whose time has come.

    `base_digest`, `base_replaces`: of the file it was written over; both "" where there was none. `merged`: that a
    deployed file has once had its text, or said that it replaces it.
    """

    digest: str
    base_digest: str = ""
    base_replaces: str = ""
    merged: bool = False
    is_withdrawal: bool = False


def resolve(file: FileFacts | None, live: LiveFacts | None) -> Case:
    """Which case this is; SERVED says what is shown in it."""
    if live is None:
        return Case.FILE if file else Case.NOTHING
    if live.is_withdrawal:
        return Case.WITHDRAWN
    if file is None:
        return Case.REMOVED if live.base_digest or live.merged else Case.NEW
    return _of_both(file, live)


def _of_both(file: FileFacts, live: LiveFacts) -> Case:
    if file.digest == live.digest:
        return Case.SAME
    if file.digest == live.base_digest:
        # Also while the release before the merge still runs, or runs again.
        return Case.AHEAD
    # A mark that was there when the editor began says nothing about what was published over it.
    if file.replaces == live.digest and live.base_replaces != live.digest:
        return Case.SUPERSEDED
    return Case.FILE if live.merged else Case.CONFLICT

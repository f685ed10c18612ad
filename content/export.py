"""Brings what editors published back to the repository: as a patch, or into the files of a checkout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from clinic.staff import StaffMember
from content.editing import Standing, standings
from content.files import name_of
from content.live import Key
from content.models import Revision, Step
from content.patch import Change, mail
from content.resolve import Case

# A conflict must be settled by a person first, and a file that was deleted on purpose does not come back by itself.
EXPORTED = (Case.AHEAD, Case.NEW, Case.WITHDRAWN)
LEFT_OUT = (Case.CONFLICT, Case.REMOVED)


@dataclass(frozen=True)
class ChangedFile:
    """One file as it is deployed and as it should be. `since`: when readers first got something newer than the file."""

    key: Key
    path: str
    old: str | None
    new: str | None
    case: Case
    numbers: tuple[int, ...]
    authors: tuple[StaffMember, ...]
    since: datetime
    lines: tuple[str, ...]


def changed_files(found: Sequence[Standing] | None = None) -> list[ChangedFile]:
    """Everything that readers get and the repository lacks; two queries."""
    known = [each for each in found or standings() if each.case in EXPORTED and each.live is not None]
    told = _steps_since_merge([each.row.pk for each in known])
    files = [_changed(each, told.get(each.row.pk, [])) for each in known]
    return [each for each in files if each.old != each.new]


def left_out() -> list[Standing]:
    """What must be settled before it can go back."""
    return [each for each in standings() if each.case in LEFT_OUT]


def _steps_since_merge(rows: Sequence[int]) -> dict[int, list[Step]]:
    """Of each document the publications since a file last took an edit over, oldest first."""
    found: dict[int, list[Step]] = {}
    wanted = Step.objects.filter(
        revision__page__in=rows,
        kind__in=(Step.Kind.PUBLISHED, Step.Kind.MERGED),
        at__lte=timezone.now(),
    )
    light = wanted.select_related("revision__author", "by").defer("revision__text", "revision__base_text")
    for step in light.order_by("pk"):
        if step.kind == Step.Kind.MERGED:
            found[step.revision.page_id] = []
        elif step.live_from is not None and step.live_from <= timezone.now():
            found.setdefault(step.revision.page_id, []).append(step)
    return found


def _changed(now: Standing, steps: list[Step]) -> ChangedFile:
    authors = {step.revision.author_id: step.revision.author for step in steps}
    numbers = tuple(sorted({step.revision.number for step in steps}))
    path = now.file.name if now.file else name_of(now.row.key)
    live = now.live
    gone = live is None or live.kind == Revision.Kind.WITHDRAW
    return ChangedFile(
        key=now.row.key,
        path=path,
        old=now.file.raw if now.file else None,
        new=None if gone or live is None else live.text,
        case=now.case,
        numbers=numbers,
        authors=tuple(authors.values()),
        since=min((step.live_from for step in steps if step.live_from), default=timezone.now()),
        lines=tuple(_line(path, step) for step in steps),
    )


def _line(path: str, step: Step) -> str:
    """What one publication was, for the message of the commit."""
    revision = step.revision
    words = f"{path}: revision {revision.number} ({revision.get_kind_display()}) by {_name(revision.author)}"
    if step.by is not None:
        words += f", published by {_name(step.by)} on {step.live_from:%Y-%m-%d}"
    if step.spanish_by:
        words += f", Spanish read by {step.spanish_by}"
    return f"{words}. {revision.note or step.note}".strip()


def patch(files: Iterable[ChangedFile] | None = None) -> str:
    """What `git am` takes; "" when the repository has everything."""
    changed = list(changed_files() if files is None else files)
    people = list({person.pk: person for each in changed for person in each.authors}.values())
    author = (_name(people[0]), _address(people[0])) if len(people) == 1 else ("Clinic site", _site_address())
    lines = [line for each in changed for line in each.lines]
    trailers = [f"Co-authored-by: {_name(each)} <{_address(each)}>" for each in people if len(people) > 1]
    return mail(
        [Change(each.path, each.old, each.new) for each in changed],
        author=author,
        at=timezone.now(),
        subject=f"Words edited on the site ({len(changed)} files)",
        lines=[*lines, *([""] if trailers else []), *trailers],
    )


def _name(person: StaffMember) -> str:
    return person.get_full_name() or person.get_username()


def _address(person: StaffMember) -> str:
    return person.email or f"{person.get_username()}@{_site_address().rpartition('@')[2]}"


def _site_address() -> str:
    return settings.MAIL_FROM.rpartition("<")[2].strip("> ") or "site@localhost"

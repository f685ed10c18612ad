"""What an editor finds when she opens a document: what is served, what is being written, and every text of before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.staff import StaffMember
from content import files
from content.assembly import made_once
from content.documents import SOURCE_TEXTS, BadDocument
from content.files import FileText, Made, name_of
from content.live import text_of as live_text
from content.models import Page, Revision, Step
from content.resolve import FILE_SERVED, REVISION_SERVED, SERVED, Case, resolve

SENTENCES = {
    Case.FILE: _("As deployed: the file of the repository is shown."),
    Case.SAME: _("In the repository: the file and the edit are the same."),
    Case.SUPERSEDED: _("Merged in the repository: the file says that it replaces this edit."),
    Case.AHEAD: _("Edited here, and not in the repository yet."),
    Case.CONFLICT: _("Conflict: the file was changed too. The edit is shown until you choose."),
    Case.NEW: _("Written here: there is no file for it yet."),
    Case.REMOVED: _(
        "The file was deleted in the repository. The edit is still shown: withdraw it, or keep it."
    ),
    Case.WITHDRAWN: _("Withdrawn: readers do not get it."),
    Case.NOTHING: _("Not published yet."),
}
SHORT = 12


@dataclass(frozen=True)
class Standing:
    """One document at one moment. `live` is what is in force, also a withdrawal; texts that do not exist are ""."""

    row: Page
    file: FileText | None
    live: Revision | None
    draft: Revision | None
    scheduled: Revision | None
    scheduled_for: datetime | None
    case: Case

    @property
    def page(self) -> Page:
        return self.row

    @property
    def sentence(self) -> str:
        return sentence(self.case)

    @property
    def served_text(self) -> str:
        if SERVED[self.case] == FILE_SERVED and self.file:
            return self.file.text
        return self.live.text if SERVED[self.case] == REVISION_SERVED and self.live else ""

    @property
    def served_digest(self) -> str:
        if SERVED[self.case] == FILE_SERVED and self.file:
            return self.file.document.digest
        return self.live.digest if SERVED[self.case] == REVISION_SERVED and self.live else ""

    @property
    def file_text(self) -> str:
        return self.file.text if self.file else ""

    @property
    def file_digest(self) -> str:
        return self.file.document.digest if self.file else ""

    @property
    def text(self) -> str:
        """What an editor goes on from: her draft, else what is served, else what was served last."""
        if self.draft:
            return self.draft.text
        return self.served_text or (self.live.text if self.live else self.file_text)

    @property
    def stamp(self) -> str:
        """Changes with every write, every deploy of another file, and when a scheduled text goes live."""
        return f"{self.row.version}.{self.file_digest[:SHORT]}.{self.served_digest[:SHORT]}"

    @property
    def authors(self) -> frozenset[int]:
        """Everybody who wrote at the draft since it began."""
        found, revision = set(), self.draft
        while revision is not None and revision.pk != (self.live.pk if self.live else None):
            found.add(revision.author_id)
            revision = revision.parent
        return frozenset(found)


def sentence(case: Case) -> str:
    return str(SENTENCES[case])


def standing(row: Page) -> Standing:
    """Read from the database now, since what is written next depends on it."""
    due = row.scheduled_for is not None and row.scheduled_for <= timezone.now()
    live, merged = (row.scheduled, False) if due else (row.live, row.merged)
    file = files.current().texts.get(row.key)
    facts = live_text(live).facts(merged=merged) if live else None
    return Standing(
        row=row,
        file=file,
        live=live,
        draft=row.draft,
        scheduled=None if due else row.scheduled,
        scheduled_for=None if due else row.scheduled_for,
        case=resolve(file.facts if file else None, facts),
    )


def standings() -> list[Standing]:
    """Every document; one query."""
    return [standing(row) for row in Page.objects.select_related("live", "scheduled", "draft")]


def made_of(row: Page, text: str) -> Made | None:
    """What a text says; None where it says nothing that can be read."""
    try:
        return made_once(row.kind, name_of(row.key), text) if text else None
    except BadDocument:
        return None


@dataclass(frozen=True)
class Told:
    """One text of a document for the list of all its texts. Number 0 is the file as deployed."""

    number: int
    kind: str
    author: StaffMember | None
    created: datetime | None
    text: str
    state: str
    steps: tuple[Step, ...]
    revision: Revision | None


def revisions(row: Page) -> list[Told]:
    """Newest first; two queries."""
    now = standing(row)
    found = row.revisions.select_related("author").prefetch_related("steps__by", "steps__asked")
    told = [
        Told(
            number=each.number,
            kind=each.get_kind_display(),
            author=each.author,
            created=each.created,
            text=each.text,
            state=str(state_of(each, now, tuple(each.steps.all()))),
            steps=tuple(each.steps.all()),
            revision=each,
        )
        for each in found.order_by("-number")
    ]
    if now.file:
        state = _("live") if SERVED[now.case] == FILE_SERVED else _("deployed")
        told.append(Told(0, str(_("file as deployed")), None, None, now.file.text, str(state), (), None))
    return told


def state_of(revision: Revision, now: Standing, steps: Iterable[Step]) -> object:
    """In one or two words; translated when it is shown."""
    done = [step.kind for step in steps]
    if now.draft and revision.pk == now.draft.pk:
        return Page.Stage(now.row.stage).label
    if now.scheduled and revision.pk == now.scheduled.pk:
        return _("scheduled")
    if now.live and revision.pk == now.live.pk:
        if now.case is Case.WITHDRAWN:
            return _("withdrawn")
        return _("live") if SERVED[now.case] == REVISION_SERVED else _("in the repository")
    if Step.Kind.DISCARDED in done:
        return _("put away")
    if done.count(Step.Kind.PUBLISHED) > done.count(Step.Kind.UNSCHEDULED):
        return _("published before")
    return _("replaced")


def text_of(row: Page, number: int) -> str:
    """Any text of a document; 0 is the file as deployed. Raises Revision.DoesNotExist."""
    if number:
        return row.revisions.get(number=number).text
    file = files.current().texts.get(row.key)
    if file is None:
        raise Revision.DoesNotExist
    return file.text


def starting_text(*, kind: str, document_id: str, lang: str) -> str:
    """The front matter of a new document, to be filled in."""
    if kind == Page.Kind.SOURCE:
        both = '{en: "", es: ""}'
        texts = "".join(f"{key}: {both}\n" for key in SOURCE_TEXTS)
        today = timezone.localdate().isoformat()
        end = f'link: ""\nchecked_on: {today}\nverified: abstract\n---\n'
        return f'---\nid: {document_id}\nkind: web\ntitle: ""\n{texts}{end}'
    path = f"/{'es/' if lang == 'es' else ''}{document_id}/"
    names = "".join(f'{key}: ""\n' for key in ("title", "nav", "summary", "main_message"))
    start = f"---\nid: {document_id}\nlang: {lang}\npath: {path}\n{names}"
    return f'{start}kind: guide\nreview_every: 12\ntranslates: ""\n---\n'

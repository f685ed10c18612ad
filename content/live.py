"""What editors have published, as every process knows it: read off the request path, resolved by time at each look."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import Q

from clinic import parts, snapshot
from content.documents import BadDocument, parse
from content.models import Page, Revision
from content.resolve import LiveFacts

Key = tuple[str, str, str]  # kind, id, language


@dataclass(frozen=True)
class LiveText:
    """One published revision: what may be shown of it, and what resolving needs."""

    number: int
    text: str
    digest: str
    base_digest: str
    base_text: str = field(repr=False, default="")
    is_withdrawal: bool = False
    redirect_to: str = ""

    def facts(self, *, merged: bool) -> LiveFacts:
        return LiveFacts(
            digest=self.digest,
            base_digest=self.base_digest,
            base_replaces=replaced_by(self.base_text),
            merged=merged,
            is_withdrawal=self.is_withdrawal,
        )


@dataclass(frozen=True)
class LiveRow:
    """One document: what is live, what will be, and where it stood before."""

    key: Key
    live: LiveText | None
    merged: bool
    scheduled: LiveText | None
    scheduled_for: datetime | None
    former_paths: tuple[str, ...]

    def at(self, moment: datetime) -> tuple[LiveText | None, bool]:
        """The text in force, and whether the repository has taken it over."""
        if self.scheduled is not None and self.scheduled_for is not None and self.scheduled_for <= moment:
            return self.scheduled, False
        return self.live, self.merged


@dataclass(frozen=True, eq=False)
class LiveTexts:
    """What holds at one moment. `former` are addresses of before, each with whose they were."""

    texts: Mapping[Key, tuple[LiveText, bool]]
    former: Mapping[str, Key]
    version: str


def held(rows: tuple[LiveRow, ...], moment: datetime) -> LiveTexts:
    texts: dict[Key, tuple[LiveText, bool]] = {}
    former: dict[str, Key] = {}
    for row in rows:
        text, merged = row.at(moment)
        if text is not None:
            texts[row.key] = (text, merged)
        former.update(dict.fromkeys(row.former_paths, row.key))
    said = [
        (*key, text.number, text.digest, text.base_digest, text.is_withdrawal, text.redirect_to, merged)
        for key, (text, merged) in sorted(texts.items())
    ]
    version = sha256(json.dumps([said, sorted(former.items())]).encode()).hexdigest()[:16]
    return LiveTexts(texts=texts, former=former, version=version)


@lru_cache(maxsize=2000)
def replaced_by(text: str) -> str:
    """The digest of the revision that a file says it replaces, or ""."""
    try:
        return str(parse("", text).front.get("replaces") or "")
    except BadDocument:
        return ""


NOTHING = held((), datetime.min)


def current() -> LiveTexts:
    """What this process knows; never asks the database by itself."""
    known = snapshot.current().parts.get(_Published.name)
    return known if isinstance(known, LiveTexts) else NOTHING


class _Published:
    """The part of the snapshot. A revision never changes, so its text is read from the database only once."""

    name = "pages"

    def __init__(self) -> None:
        self.texts: dict[tuple[Any, ...], LiveText] = {}

    def read(self) -> tuple[LiveRow, ...]:
        heads = list(_heads())
        wanted = {key for head in heads for key in _revisions_of(head)}
        missing = {key[0] for key in wanted - set(self.texts)}
        self.texts = {key: text for key, text in self.texts.items() if key in wanted}
        for revision in Revision.objects.filter(pk__in=missing):
            self.texts[_identity(revision)] = text_of(revision)
        return tuple(self._row(head) for head in heads)

    def _row(self, head: dict[str, Any]) -> LiveRow:
        live, scheduled = (
            self.texts.get(tuple(head[f"{which}__{name}"] for name in IDENTITY))
            for which in ("live", "scheduled")
        )
        return LiveRow(
            key=(head["kind"], head["page_id"], head["lang"]),
            live=live,
            merged=head["merged"],
            scheduled=scheduled,
            scheduled_for=head["scheduled_for"],
            former_paths=tuple(head["former_paths"]),
        )

    def at(self, known: tuple[LiveRow, ...], moment: datetime) -> LiveTexts:
        return held(known, moment)

    def dump(self, known: tuple[LiveRow, ...]) -> str:
        return json.dumps([asdict(row) for row in known], default=datetime.isoformat, ensure_ascii=False)

    def load(self, text: str) -> tuple[LiveRow, ...]:
        try:
            return tuple(_loaded(row) for row in json.loads(text or "[]"))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("not what was written") from error


# What tells a revision from every other, also from one that had its number before a backup was restored.
IDENTITY = ("pk", "number", "kind", "digest", "base_digest", "redirect_to")


def _heads() -> Any:
    """A few bytes a document: those that editors have touched."""
    touched = Page.objects.filter(Q(live__isnull=False) | Q(scheduled__isnull=False))
    names = ("kind", "page_id", "lang", "merged", "scheduled_for", "former_paths")
    return touched.order_by("pk").values(
        *names, *(f"{which}__{name}" for which in ("live", "scheduled") for name in IDENTITY)
    )


def _revisions_of(head: dict[str, Any]) -> list[tuple[Any, ...]]:
    found = [tuple(head[f"{which}__{name}"] for name in IDENTITY) for which in ("live", "scheduled")]
    return [identity for identity in found if identity[0] is not None]


def _identity(revision: Revision) -> tuple[Any, ...]:
    return tuple(getattr(revision, name) for name in IDENTITY)


def text_of(revision: Revision) -> LiveText:
    return LiveText(
        number=revision.number,
        text=revision.text,
        digest=revision.digest,
        base_digest=revision.base_digest,
        base_text=revision.base_text,
        is_withdrawal=revision.kind == Revision.Kind.WITHDRAW,
        redirect_to=revision.redirect_to,
    )


def _loaded(row: dict[str, Any]) -> LiveRow:
    kind, page_id, lang = row["key"]
    moment = row["scheduled_for"]
    return LiveRow(
        key=(kind, page_id, lang),
        live=LiveText(**row["live"]) if row["live"] else None,
        merged=row["merged"],
        scheduled=LiveText(**row["scheduled"]) if row["scheduled"] else None,
        scheduled_for=datetime.fromisoformat(moment) if moment else None,
        former_paths=tuple(row["former_paths"]),
    )


def register() -> None:
    parts.add(_Published())

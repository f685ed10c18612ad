"""The site notice as somebody saw it, to tell whether it has changed since: two may write it at once, in two rooms."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinic.audit import AuditEntry
from clinic.practice import Practice
from clinic.zone import in_words

FIELDS = ("notice_en", "notice_es", "notice_from", "notice_until")
SUBJECT = "notice"
SALT = "site notice as it was shown"


@dataclass(frozen=True)
class Between:
    """One part of the notice that somebody else changed since the form was shown."""

    label: str
    before: str
    now: str


def values(practice: Practice) -> dict[str, str]:
    return written({name: getattr(practice, name) for name in FIELDS})


def written(found: Mapping[str, Any]) -> dict[str, str]:
    """Moments to the minute, as the boxes of a form hold them."""
    return {
        name: f"{value.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if isinstance(value, datetime) else value or ""
        for name, value in found.items()
    }


def seen_now(practice: Practice) -> str:
    """The notice as it stands, to go along with a form: a later save is measured by it."""
    return signing.dumps(values(practice), salt=SALT, compress=True)


def seen_before(seen: str) -> dict[str, str]:
    try:
        found: Mapping[str, Any] = signing.loads(seen, salt=SALT)
    except (signing.BadSignature, json.JSONDecodeError):
        found = {}
    return {name: str(found.get(name, "")) for name in FIELDS}


def between(practice: Practice, seen: str) -> list[Between]:
    """What has changed since; of a form that does not say what it showed, since an empty notice."""
    before, now = seen_before(seen), values(practice)
    return [
        Between(_label(name), _read(before[name]), _read(now[name]))
        for name in FIELDS
        if before[name] != now[name]
    ]


def last_change() -> AuditEntry | None:
    """Who saved it last, and when."""
    return AuditEntry.objects.filter(subject=SUBJECT).select_related("by").first()


def _label(name: str) -> str:
    return capfirst(str(getattr(Practice._meta.get_field(name), "verbose_name", name)))


def _read(value: str) -> str:
    """As a person reads it."""
    try:
        return in_words(datetime.fromisoformat(value))
    except ValueError:
        return value or _("nothing")

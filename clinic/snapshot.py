"""What public requests read instead of the database; each process refreshes it off the request path."""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.core import serializers
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, models
from django.utils import timezone

from clinic.demo_practice import demo_rows
from clinic.facts import LocationFacts, Notice, PracticeFacts, SignatureFacts
from clinic.hours import ClosedDays, OpenHours
from clinic.parts import PARTS, Holding, Part
from clinic.practice import Closure, Hours, Location, Practice
from clinic.signatures import Signature

log = logging.getLogger("clinic.snapshot")


@dataclass(frozen=True)
class Snapshot:
    """`version` changes whenever anything that a page shows has changed."""

    practice: PracticeFacts
    locations: tuple[LocationFacts, ...]
    signatures: Mapping[tuple[str, str, str], SignatureFacts]
    version: str
    # What other rooms have handed in, by its name (clinic.parts).
    parts: Mapping[str, Holding] = field(default_factory=dict)

    def signature(self, subject: str, key: str, lang: str = "") -> SignatureFacts | None:
        """The newest signature of a page ("page", id, language), of the rules or of the check's words."""
        return self.signatures.get((subject, key, lang))


_state: dict[str, Snapshot] = {}
# What was read last, so that times come and go also while the database is away.
_read: dict[str, Any] = {}
_refresher: dict[int, threading.Thread] = {}
_written: dict[str, str] = {}
_lock = threading.RLock()
# Open hours are counted from when somebody asked: reports look back so far.
HOLIDAY_YEARS_BACK = 2
# What other rooms have to do when hours, closures or days away were edited.
edited: list[Callable[[], object]] = []


def current() -> Snapshot:
    """The snapshot of this process. Only the first call of a process reads the database itself."""
    if "now" not in _state:
        with _lock:
            if "now" not in _state:
                refresh()
    if settings.SNAPSHOT_SECONDS and os.getpid() not in _refresher:
        _start_refresher()
    return _state["now"]


def refresh() -> Snapshot:
    """Reads the database now. When it does not answer, what was known before stays true."""
    try:
        _read["practice"] = _read_database()
    except DatabaseError as error:
        log.warning(
            "The database does not answer (%s); pages go on with what is known.", type(error).__name__
        )
        if "practice" not in _read:
            _read["practice"] = _last_known()
    for part in PARTS.values():
        _read_part(part)
    _state["now"] = _snapshot_of(_read["practice"])
    return _state["now"]


def _read_part(part: Part) -> None:
    before = _read.get(part.name)
    try:
        known = part.read()
    except DatabaseError as error:
        log.warning("The %s cannot be read (%s); what is known stays.", part.name, type(error).__name__)
        if before is None:
            _read[part.name] = _last_known_of(part)
        return
    _read[part.name] = known
    if known != before:
        _keep(_last_known_file(part.name), part.dump(known))


def refresh_after_edit() -> Snapshot:
    """Shows an edit of the practice at once, and lets the rooms that count with it count anew."""
    now = refresh()
    for count_anew in edited:
        count_anew()
    return now


def _start_refresher() -> None:
    with _lock:
        if os.getpid() in _refresher:
            return
        thread = threading.Thread(target=_keep_fresh, name="snapshot", daemon=True)
        _refresher[os.getpid()] = thread
        thread.start()


def _keep_fresh() -> None:
    while True:
        time.sleep(settings.SNAPSHOT_SECONDS)
        try:
            close_old_connections()
            refresh()
            # SQLite is let go of between two looks: a file that was moved away and back is then opened afresh.
            close_old_connections()
        except Exception:
            # The thread must outlive whatever goes wrong once; the next round tries again.
            log.exception("The snapshot could not be refreshed.")
            connection.close()


def _read_database() -> list[models.Model]:
    rows: list[models.Model] = [*Practice.objects.order_by("pk")[:1]]
    rows += [*Location.objects.all(), *Hours.objects.all(), *Closure.objects.all()]
    rows += Signature.objects.order_by("signed_on", "pk")
    if rows:
        _remember(rows)
    return rows


def _last_known_file(name: str = "practice") -> Path:
    return Path(settings.VAR_DIR) / f"last-known-{name}.json"


def _remember(rows: Sequence[models.Model]) -> None:
    _keep(_last_known_file(), serializers.serialize("json", rows))


def _keep(target: Path, text: str) -> None:
    """Keeps what is known in a file, for a process that starts while the database is away."""
    if _written.get(target.name) == text:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
        _written[target.name] = text
    except OSError:
        log.info("%s could not be written: the disk is full or read-only.", target.name)


def _last_known() -> list[models.Model]:
    try:
        text = _last_known_file().read_text(encoding="utf-8")
        return [each.object for each in serializers.deserialize("json", text)]
    except (OSError, ValueError, serializers.base.DeserializationError):
        return []


def _last_known_of(part: Part) -> Any:
    try:
        return part.load(_last_known_file(part.name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return part.load("")


def _snapshot_of(rows: list[models.Model]) -> Snapshot:
    if not any(isinstance(row, Practice) for row in rows) and settings.MODE == "demo":
        rows = demo_rows()
    practices = [row for row in rows if isinstance(row, Practice)]
    locations = tuple(
        _location_facts(row, rows, practices[0]) for row in rows if isinstance(row, Location) and practices
    )
    practice = _practice_facts(practices[0] if practices else Practice(name="—"), locations)
    signatures = {
        (row.subject, row.key, row.lang): SignatureFacts(row.digest, row.name, row.signed_on, row.good_until)
        for row in rows
        if isinstance(row, Signature)
    }
    now = timezone.now()
    parts = {name: PARTS[name].at(known, now) for name, known in _read.items() if name in PARTS}
    return Snapshot(
        practice=practice,
        locations=locations,
        signatures=signatures,
        version=_version(rows, practice, parts, today=_today(locations)),
        parts=parts,
    )


def _today(locations: tuple[LocationFacts, ...]) -> date:
    """By the clocks of the first office, as pages tell it."""
    return timezone.localdate(timezone=ZoneInfo(locations[0].timezone) if locations else UTC)


def _version(
    rows: Sequence[models.Model], practice: PracticeFacts, parts: Mapping[str, Holding], *, today: date
) -> str:
    """A notice begins and ends, a review grows old, and a text's time comes, without any row changing."""
    noticed = practice.notice_facts.text_at(timezone.now(), "en")
    text = serializers.serialize("json", rows) + noticed + today.isoformat()
    text += "".join(f"{name} {parts[name].version}" for name in sorted(parts))
    return sha256(text.encode()).hexdigest()[:16]


def _practice_facts(row: Practice, locations: tuple[LocationFacts, ...]) -> PracticeFacts:
    return PracticeFacts(
        name=row.name,
        phone=row.phone,
        after_hours_phone=row.after_hours_phone,
        caller_id=row.caller_id,
        reply_working_days=row.reply_working_days,
        notice_facts=Notice(
            texts=(("en", row.notice_en), ("es", row.notice_es)),
            starts=row.notice_from,
            ends=row.notice_until,
        ),
        screener_switch=row.screener_on,
        in_medicare_study=row.in_medicare_study,
        medicare_trial_number=row.medicare_trial_number,
        medicare_checked_on=row.medicare_checked_on,
        main_location=locations[0] if locations else None,
    )


@lru_cache(maxsize=4)
def federal_holidays(year: int) -> tuple[ClosedDays, ...]:
    """The US federal holidays around a year, on the days on which they are observed.

    What began two years before may still be counted, and what is due may lie in the next year.
    """
    days = holidays.country_holidays("US", years=range(year - HOLIDAY_YEARS_BACK, year + 2))
    return tuple(ClosedDays(day, day, name) for day, name in sorted(days.items()))


def _location_facts(row: Location, rows: Sequence[models.Model], practice: Practice) -> LocationFacts:
    hours = [each for each in rows if isinstance(each, Hours) and each.location_id == row.pk]
    closures = [each for each in rows if isinstance(each, Closure) and each.location_id in (None, row.pk)]
    return LocationFacts(
        slug=row.slug,
        name=row.name,
        street=row.street,
        city=row.city,
        state=row.state,
        zip_code=row.zip_code,
        phone=row.phone or practice.phone,
        fax=row.fax,
        timezone=row.timezone,
        hours=tuple(OpenHours(each.weekday, each.opens, each.closes) for each in hours),
        closures=(
            *(ClosedDays(each.first_day, each.last_day, each.name) for each in closures),
            *(federal_holidays(timezone.localdate().year) if practice.closed_on_federal_holidays else ()),
        ),
    )

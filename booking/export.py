"""The queue as a file for a spreadsheet: made row by row while it is sent, however long the queue."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking.csv_rows import MARK, cell
from booking.desk_pages import Card
from booking.models import ConsultationRequest
from booking.queue import in_order


class _Line:
    """csv writes to it, and it hands on what was written."""

    def write(self, text: str) -> str:
        return text


def csv_lines(ids: Sequence[int]) -> Iterator[str]:
    write = csv.writer(_Line(), quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow
    yield MARK + str(write(_titles()))
    for about in in_order(ids):
        yield str(write([cell(value) for value in _row(about)]))


def _titles() -> list[str]:
    return [
        _("Reference"), _("Patient"), _("Mark"), _("Status"), _("Asked"), _("Due"), _("Waits for"), _("Closed because"),
        _("Phone"), _("Extension"), _("E-mail"), _("Reach by"), _("Good time"), _("May leave a message"), _("Helper"),
        _("Related as"), _("May talk with the helper"), _("Language"), _("Needs"), _("Office"), _("Days"),
        _("Parts of the day"), _("Owner"), _("Tries"),
    ]  # fmt: skip


def _row(about: ConsultationRequest) -> list[str | int]:
    """No answers and no birth date: a file lies about on a desk."""
    card = Card(about)
    return [
        about.reference,
        about.name,
        about.get_mark_display() if about.mark else "",
        about.get_status_display(),
        _moment(about.created, card.zone),
        _moment(about.due, card.zone),
        about.get_waits_for_display() if about.waits_for else "",
        about.get_closing_reason_display() if about.closing_reason else "",
        card.phone_display,
        about.phone_extension,
        about.email,
        about.get_contact_by_display(),
        about.get_best_time_display(),
        about.get_voicemail_ok_display(),
        about.helper_name,
        about.relationship,
        about.get_may_talk_with_display(),
        about.get_language_display(),
        card.needs,
        about.location.name if about.location else "",
        card.days,
        card.day_parts,
        about.owner.short_name if about.owner else "",
        about.attempts,
    ]


def _moment(moment: datetime | None, zone: str) -> str:
    """2026-11-21 15:30, in the time of the office; spreadsheets know it for a time."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if moment else ""

"""The six reports of the desk, each a table with its sentence; numbers of people, never people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking import report_reading as reading
from booking.choices import CameBy, ClosingReason, Mark
from booking.report_numbers import percentile
from booking.report_reading import Asked
from booking.report_tables import Row, Table, number
from booking.statuses import Status
from screener import words as screener_words
from screener.rules import Outcome


def tables(asked: Asked) -> list[Table]:
    now = timezone.now()
    return [
        requests_asked(asked),
        first_contact(asked),
        waiting_now(asked, now),
        standings(asked),
        sources(asked),
        visits(asked),
    ]


def csv_rows(made: Iterable[Table]) -> Iterable[tuple[str, str, str, float | str]]:
    """One line for each number, so that a spreadsheet can sort and filter them."""
    yield _("Report"), _("Row"), _("Measure"), _("Value")
    for table in made:
        for row in table.rows:
            for column, value in zip(table.columns, row.values, strict=True):
                yield table.title, row.label, column, "" if value is None else round(value, 2)


def _row(asked: Asked, part: date, *values: float | None) -> Row:
    """Nov 9; "from Oct 25" for a first week or month of which only the end is in the period."""
    first, by_month = asked.period.first, asked.period.by_month
    if part >= first:
        return Row(date_format(part, "M Y" if by_month else "M j"), values)
    label = _("from %(day)s") % {"day": date_format(first, "M j, Y" if by_month else "M j")}
    return Row(label, values, short=date_format(first, "M Y" if by_month else "M j"))


def _when(asked: Asked) -> str:
    return _("Month") if asked.period.by_month else _("Week of")


def requests_asked(asked: Asked) -> Table:
    counted = reading.per_part(asked)
    rows = tuple(_row(asked, part, counted.get(part, 0)) for part in asked.period.parts())
    total = sum(counted.values())
    says = ngettext(
        "%(count)s request came in this period.", "%(count)s requests came in this period.", total
    )
    return Table(
        key="requests",
        title=_("Requests per month") if asked.period.by_month else _("Requests per week"),
        says=says % {"count": f"{total:,}"},
        heading=_when(asked),
        columns=(_("Requests"),),
        rows=rows,
        shape="columns",
        notes=(_("A request that was merged into another one is not counted twice."),),
    )


def first_contact(asked: Asked) -> Table:
    found = reading.first_contacts(asked)
    rows = []
    for part in asked.period.parts():
        hours = found.hours.get(part, [])
        rows.append(_row(asked, part, percentile(hours, 0.5), percentile(hours, 0.9), len(hours)))
    middle, most = percentile(found.all_hours, 0.5), percentile(found.all_hours, 0.9)
    says = _("Half of them heard from us within %(middle)s hours, 9 of 10 within %(most)s.") % {
        "middle": number(middle and round(middle, 1)),
        "most": number(most and round(most, 1)),
    }
    notes = [
        _("Only the hours in which their office was open count. Requests by phone are left out."),
        ngettext(
            "%(count)s open request of this period has had no contact yet.",
            "%(count)s open requests of this period have had no contact yet.",
            found.waiting,
        )
        % {"count": f"{found.waiting:,}"},
    ]
    if found.is_cut:
        notes.append(
            _("Only the newest %(count)s are counted here.") % {"count": f"{reading.MOST_CONTACTS:,}"}
        )
    return Table(
        key="contact",
        title=_("Time to first contact"),
        says=says if middle is not None else _("Nobody was contacted for the first time."),
        heading=_when(asked),
        columns=(
            _("Half within, in hours (median)"),
            _("9 of 10 within, in hours (90th percentile)"),
            _("Requests"),
        ),
        rows=tuple(rows),
        shape="columns",
        drawn=(0, 1),
        notes=tuple(notes),
    )


def waiting_now(asked: Asked, now: datetime) -> Table:
    counts = reading.waiting_by_age(asked, now)
    labels = (
        _("Less than 1 day"), _("1 to 3 days"), _("3 to 7 days"), _("1 to 2 weeks"), _("2 to 4 weeks"), _("4 weeks or more"),
    )  # fmt: skip
    total = sum(counts)
    says = ngettext("%(count)s request is open now.", "%(count)s requests are open now.", total)
    return Table(
        key="waiting",
        title=_("Open now, by age"),
        says=says % {"count": f"{total:,}"},
        heading=_("Asked"),
        columns=(_("Requests"),),
        rows=tuple(Row(label, (count,)) for label, count in zip(labels, counts, strict=True)),
        notes=(_("As of now, whatever period is chosen."),),
    )


def standings(asked: Asked) -> Table:
    counted = reading.standings(asked)
    rows = [
        Row(str(status.label), (sum(count for (each, _why), count in counted.items() if each == status),))
        for status in Status
        if status != Status.CLOSED
    ]
    for reason in ClosingReason:
        label = _("Closed: %(reason)s") % {"reason": reason.label} if reason else _("Closed without a reason")
        rows.append(Row(label, (counted.get((Status.CLOSED, reason), 0),)))
    return Table(
        key="outcomes",
        title=_("What became of them"),
        says=_("Where the requests of this period stand today."),
        heading=_("Stands at"),
        columns=(_("Requests"),),
        rows=tuple(rows),
    )


def sources(asked: Asked) -> Table:
    found = reading.sources(asked)
    spoken = screener_words.of("en")
    rows = [
        Row(
            _("Check: %(outcome)s") % {"outcome": spoken.outcomes[outcome].short},
            (found.outcomes.get(outcome, 0),),
        )
        for outcome in Outcome
        if outcome not in (Outcome.EMERGENCY, Outcome.CALL_TODAY)
    ]
    rows += [
        Row(_("Check: call today, no answers"), (found.marked[Mark.CALL_TODAY],)),
        Row(_("Check: soon, no answers"), (found.marked[Mark.SOON],)),
        Row(_("Website, nothing sent along"), (found.marked[Mark.NONE],)),
        *(Row(str(way.label), (found.came_by.get(way, 0),)) for way in (CameBy.PHONE, CameBy.FAX)),
    ]
    notes = [
        _(
            "Answers stay encrypted. They are opened only to count the result, and only where the patient sent them."
        )
    ]
    if found.shared > found.read:
        notes.append(_("Only the newest %(count)s with answers are counted.") % {"count": f"{found.read:,}"})
    return Table(
        key="sources",
        title=_("Where they come from"),
        says=ngettext(
            "%(count)s person sent the answers of the check along.",
            "%(count)s people sent the answers of the check along.",
            found.shared,
        )
        % {"count": f"{found.shared:,}"},
        heading=_("Came by"),
        columns=(_("Requests"),),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def visits(asked: Asked) -> Table:
    found = reading.visits(asked)
    rows = []
    for part in asked.period.parts():
        came, missed = (found.get(part, {}).get(status, 0) for status in (Status.ATTENDED, Status.MISSED))
        rows.append(_row(asked, part, came, missed))
    came, missed = (sum(int(row.values[place] or 0) for row in rows) for place in (0, 1))
    says = _("%(missed)s of %(all)s people did not come to their time.")
    return Table(
        key="visits",
        title=_("Visits and no-shows"),
        says=says % {"missed": f"{missed:,}", "all": f"{came + missed:,}"}
        if came + missed
        else _("No visit was noted."),
        heading=_when(asked),
        columns=(_("Came"), _("Did not come")),
        rows=tuple(rows),
        shape="columns",
        drawn=(0, 1),
        notes=(_("Counted in the week in which staff noted it."),),
    )

"""The made-up clinic of the demo: 555-01xx numbers and a town that does not exist."""

from datetime import date, time

from django.core.management.color import no_style
from django.db import connection, models, transaction

from clinic.practice import Closure, Hours, Location, Practice


def demo_rows() -> list[models.Model]:
    """Unsaved rows with fixed keys: saving them twice changes nothing."""
    practice = Practice(
        pk=1,
        name="Example Spine Clinic",
        phone="+15125550100",
        caller_id="Example Spine Clinic",
        reply_working_days=1,
        medicare_checked_on=date(2026, 11, 21),
    )
    north = Location(
        pk=1,
        practice=practice,
        slug="north",
        name="North office",
        street="100 Sample Street",
        city="Exampleville",
        state="TX",
        zip_code="00000",
        fax="+15125550101",
        timezone="America/Chicago",
        order=1,
    )
    south = Location(
        pk=2,
        practice=practice,
        slug="south",
        name="South office",
        street="200 Pretend Avenue",
        city="Exampleville",
        state="TX",
        zip_code="00000",
        phone="+15125550102",
        timezone="America/Chicago",
        order=2,
    )
    hours = [
        Hours(pk=10 * office.pk + weekday, location=office, weekday=weekday, opens=time(8), closes=time(17))
        for office in (north, south)
        for weekday in range(5)
    ]
    holiday = Closure(
        pk=1,
        practice=practice,
        first_day=date(2026, 11, 26),
        last_day=date(2026, 11, 27),
        name="Thanksgiving",
    )
    return [practice, north, south, *hours, holiday]


@transaction.atomic
def save_demo_rows() -> None:
    """Saves the demo clinic; PostgreSQL then numbers new rows after these."""
    rows = demo_rows()
    for row in rows:
        row.save()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [*{type(row) for row in rows}]):
            cursor.execute(statement)

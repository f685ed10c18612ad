"""Calendar files for a visit, pure: one event that is made, changed and cancelled in place, with a neutral title."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Visit:
    """A time as the desk recorded it. `uid` never changes; `sequence` rises with every change and with the end."""

    uid: str
    sequence: int
    starts: datetime
    minutes: int
    zone: str
    place: str

    @property
    def begins(self) -> datetime:
        return self.starts.astimezone(ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        # Real minutes, also in the night when the clocks change.
        return (self.starts.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True)
class Words:
    """What stands in the calendar of whoever comes; others may see it there."""

    title: str
    details: str


def event_file(
    visit: Visit, *, words: Words, organizer: str, guest: str, written: datetime, cancelled: bool = False
) -> str:
    """The file that puts a visit into a calendar, changes it there, or takes it out.

    `organizer` and `guest` are mail addresses; `written` is when the change was made. The time zone's rules for the
    year of the visit are inside, so that no calendar has to know the zone.
    """
    event = Event()
    event.add("uid", visit.uid)
    event.add("sequence", visit.sequence)
    event.add("dtstamp", written.astimezone(UTC))
    event.add("dtstart", visit.begins)
    event.add("dtend", visit.ends)
    event.add("summary", words.title)
    event.add("description", words.details)
    event.add("location", visit.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("attendee", _guest(guest))

    calendar = Calendar()
    calendar.add("prodid", "-//Clinic website//Visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", CANCEL if cancelled else REQUEST)
    calendar.add_component(_zone_rules(visit.zone, visit.begins.year))
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _guest(address: str) -> vCalAddress:
    guest = vCalAddress(f"mailto:{address}")
    # They have agreed already; no answer is asked for, since nobody would read it.
    guest.params["partstat"] = "ACCEPTED"
    guest.params["rsvp"] = "FALSE"
    return guest


def _zone_rules(zone: str, year: int) -> Timezone:
    """The clock of a zone from the year before to the year after, each change as an observance of its own.

    icalendar can make these too, but lets summer time begin an hour late (RFC 5545 counts it in the time before).
    """
    here, rules = ZoneInfo(zone), Timezone()
    rules.add("tzid", zone)
    first = datetime(year - 1, 1, 1, tzinfo=UTC)
    rules.add_component(_observance(first.astimezone(here), first.astimezone(here)))
    for day in (first + timedelta(days=each) for each in range(3 * 366)):
        if day.astimezone(here).utcoffset() == (day + timedelta(days=1)).astimezone(here).utcoffset():
            continue
        for hour in range(24):
            before = (day + timedelta(hours=hour)).astimezone(here)
            after = (day + timedelta(hours=hour + 1)).astimezone(here)
            if before.utcoffset() != after.utcoffset():
                rules.add_component(_observance(before, after))
    return rules


def _observance(before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """What holds from the moment `after` on, told in the time that held `before`."""
    observance = TimezoneDaylight() if after.dst() else TimezoneStandard()
    was = before.utcoffset() or timedelta()
    observance.add("dtstart", (after.astimezone(UTC) + was).replace(tzinfo=None))
    observance.add("tzoffsetfrom", was)
    observance.add("tzoffsetto", after.utcoffset() or timedelta())
    observance.add("tzname", after.tzname() or "")
    return observance

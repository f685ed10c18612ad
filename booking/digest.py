"""The morning's mail to the desk: counts and nothing else, once a working day of the main office."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from booking.models import BookedTime, ConsultationRequest
from booking.statuses import Status
from clinic import outbox, snapshot
from clinic.facts import LocationFacts
from clinic.hours import opening_time

KIND = "digest"
# The last day for which this process has seen to it, so that looking again costs nothing.
_seen_to: dict[str, date] = {}


def send_when_open() -> int:
    """Called every few seconds; from opening time on it writes the day's mails, unless they are there."""
    office = snapshot.current().practice.main_location
    if office is None:
        return 0
    now = timezone.now().astimezone(ZoneInfo(office.timezone))
    opens = opening_time(now.date(), office.hours, office.closures)
    if opens is None or now.time() < opens or _seen_to.get("day") == now.date():
        return 0
    written = send(office, now)
    _seen_to["day"] = now.date()
    return written


def send(office: LocationFacts, now: datetime) -> int:
    """Writes today's mail to each of the staff's addresses that has none yet; returns how many are new."""
    today = now.astimezone(ZoneInfo(office.timezone)).date()
    subject, text = words(counts(office, now), today)
    return sum(
        outbox.queue_once(
            today.isoformat(),
            kind=KIND,
            about=f"{KIND} {today.isoformat()}",
            to=to,
            subject=subject,
            text=text,
        )
        for to in settings.MAIL_STAFF
    )


def counts(office: LocationFacts, now: datetime) -> Mapping[str, int]:
    """How many are new, overdue, overdue since they wait too long, and have their time today."""
    zone = ZoneInfo(office.timezone)
    today = now.astimezone(zone).date()
    starts = datetime.combine(today, datetime.min.time(), zone)
    ends = datetime.combine(today + timedelta(days=1), datetime.min.time(), zone)
    opened = ConsultationRequest.objects.open()
    overdue = ConsultationRequest.objects.overdue(now)
    return {
        "new": opened.filter(status=Status.NEW).count(),
        "overdue": overdue.count(),
        "waiting": overdue.filter(status=Status.WAITING).count(),
        "today": BookedTime.objects.filter(active=True, starts__gte=starts, starts__lt=ends).count(),
        "unsent": outbox.dead().count(),
    }


def words(counted: Mapping[str, int], today: date) -> tuple[str, str]:
    """The mail in English, the language of the desk."""
    with override("en"):
        subject = _("The desk on %(day)s") % {"day": date_format(today, "l, F j")}
        lines = [
            (_("New requests"), counted["new"]),
            (_("Overdue"), counted["overdue"]),
            (_("Of these, waiting too long"), counted["waiting"]),
            (_("Times today"), counted["today"]),
            (_("Mails that could not be sent"), counted["unsent"]),
        ]
        sign_in = _("Sign in: %(address)s") % {"address": settings.SITE_URL + reverse("staff:sign_in")}
    table = "\n".join(f"{count:>5}  {label}" for label, count in lines)
    return subject, f"{table}\n\n{sign_in}\n"

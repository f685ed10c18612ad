"""The week's mail to editors and reviewers: what came with the calendar, as counts and titles, and where to see to it."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from clinic import outbox
from clinic.staff import StaffMember
from clinic.zone import clinic_zone
from content.ageing import CALENDAR
from content.checks import House, check_house
from content.house import house
from content.rights import EDIT, reviewers

KIND = "calendar"
MOST_TITLES = 10
# The last week for which this process has seen to it, so that looking again costs nothing.
_seen_to: dict[str, str] = {}
Due = Mapping[str, tuple[str, ...]]  # titles by rule


def send_once_a_week() -> int:
    """Called every few seconds; the first look of a week writes its mails, unless they are there."""
    week = this_week()
    if _seen_to.get("week") == week:
        return 0
    written = send(week)
    _seen_to["week"] = week
    return written


def this_week() -> str:
    year, week, _day = timezone.now().astimezone(clinic_zone()).isocalendar()
    return f"{year}-W{week:02}"


def send(week: str) -> int:
    """Writes the mail of a week to everybody who has none yet; returns how many are new. Nothing due, no mail."""
    addresses = {person.email: None for person in told() if person.email}
    found = due(house()) if addresses else {}
    if not found:
        return 0
    subject, text = words(found)
    return sum(
        outbox.queue_once(week, kind=KIND, about=f"{KIND} {week}", to=to, subject=subject, text=text)
        for to in addresses
    )


def told() -> list[StaffMember]:
    """Who can see to it: editors and reviewers."""
    editing = StaffMember.objects.with_perm(
        EDIT, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    return [*editing.order_by("pk"), *reviewers()]


def due(known: House) -> Due:
    titles = {page.document.name: _title(page.title, page.lang) for page in known.pages.values()}
    titles |= {source.document.name: source.label("en") for source in known.sources.values()}
    _reports, findings = check_house(known)
    by_rule = {rule: tuple(titles[each.file] for each in findings if each.rule == rule) for rule in CALENDAR}
    return {rule: found for rule, found in by_rule.items() if found}


def _title(title: str, lang: str) -> str:
    return title if lang == "en" else _("%(title)s (Spanish)") % {"title": title}


def words(found: Due) -> tuple[str, str]:
    """The mail in English, the language of the admin."""
    with override("en"):
        names = {
            "review-overdue": _("Pages whose review is overdue"),
            "twin-older": _("Spanish pages older than the English ones"),
            "source-old": _("Sources to look at again"),
        }
        parts = [_part(names[rule], titles) for rule, titles in found.items()]
        place = settings.SITE_URL + reverse("admin:content_page_changelist") + "?show=due"
        subject = _("Pages to look at this week")
        return subject, "\n\n".join([*parts, _("See to them here: %(address)s") % {"address": place}]) + "\n"


def _part(name: str, titles: tuple[str, ...]) -> str:
    return "\n".join([f"{len(titles):>5}  {name}", *_lines(titles)])


def _lines(titles: tuple[str, ...]) -> Iterable[str]:
    for title in titles[:MOST_TITLES]:
        yield f"       - {title}"
    if len(titles) > MOST_TITLES:
        yield "       - " + _("and %(count)s more") % {"count": len(titles) - MOST_TITLES}

"""Reads from an address or a form how somebody wants to look at the queue; what makes no sense is said and left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from booking.models import ConsultationRequest
from booking.queue import NOBODY, Look, Tab
from clinic import snapshot
from clinic.practice import Location
from clinic.staff import ADMIN, FRONT_DESK, StaffMember

LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Asked:
    """A way to look, with the page to begin at, what was odd about it, and what the filters offer."""

    look: Look
    after: ConsultationRequest | None
    problems: Sequence[str]
    staff: Sequence[StaffMember]

    @property
    def owner_value(self) -> str:
        owner = self.look.owner
        return str(owner.pk) if isinstance(owner, StaffMember) else owner or ""

    def query(self, *, tab: Tab | None = None, after: int | None = None) -> str:
        """The part of an address behind the question mark, "" for all that is open."""
        chosen = tab or self.look.tab
        values = {
            "show": "" if chosen == Tab.ALL else chosen.value,
            "location": self.look.location.slug if self.look.location else "",
            "owner": self.owner_value,
            "after": str(after or ""),
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same as hidden fields of a form."""
        owner, office = self.owner_value, self.look.location.slug if self.look.location else ""
        return [
            (name, value)
            for name, value in (("show", self.look.tab.value), ("location", office), ("owner", owner))
            if value
        ]

    @property
    def is_filtered(self) -> bool:
        return self.look.location is not None or self.look.owner is not None


def read(data: Mapping[str, str], *, me: StaffMember) -> Asked:
    problems: list[str] = []
    staff = list(
        StaffMember.objects.filter(is_active=True, groups__name__in=(FRONT_DESK, ADMIN))
        .only("first_name", "username")
        .distinct()
        .order_by("first_name", "username")
    )
    look = Look(
        me=me,
        now=timezone.now(),
        tab=_tab(data.get("show", ""), problems),
        location=_location(data.get("location", ""), problems),
        owner=_owner(data.get("owner", ""), staff, problems),
    )
    after = _after(data.get("after", ""), problems)
    return Asked(look=look, after=after, problems=problems, staff=staff)


def _tab(text: str, problems: list[str]) -> Tab:
    if not text or text in Tab.values:
        return Tab(text or Tab.ALL)
    problems.append(_("There is no such list. These are all open requests."))
    return Tab.ALL


def _location(slug: str, problems: list[str]) -> Location | None:
    known = slug in {each.slug for each in snapshot.current().locations}
    found = Location.objects.filter(slug=slug).first() if known else None
    if slug and found is None:
        problems.append(_("There is no such office. These are the requests of all offices."))
    return found


def _owner(text: str, staff: Sequence[StaffMember], problems: list[str]) -> StaffMember | str | None:
    if text in ("", NOBODY):
        return text or None
    number = _number(text)
    found = next((each for each in staff if each.pk == number), None)
    # Somebody who has left may still own requests.
    found = found or (StaffMember.objects.filter(pk=number).first() if number else None)
    if found is None:
        problems.append(_("There is no such person here. These are the requests of everybody."))
    return found


def _after(text: str, problems: list[str]) -> ConsultationRequest | None:
    number = _number(text)
    last = (
        ConsultationRequest.objects.filter(pk=number).only("created", "changed", "mark", "urgency").first()
        if number
        else None
    )
    if text and last is None:
        problems.append(_("That page is no longer there. This is the start of the list."))
    return last


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None

"""A day and a time typed as the office's clock shows them: of a visit booked in the EHR, or of the next try."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking import promise
from booking.desk_forms import WorkForm
from booking.due_times import office_of, visit_of
from booking.models import Clinician, ConsultationRequest
from booking.time_actions import LONGEST_MINUTES, Slot
from booking.visit_times import WrongTime, read
from booking.visits import as_local
from clinic import snapshot
from clinic.practice import Location

DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p")
FIRST, SECOND = ("first", _("The first one (summer time)")), ("second", _("The second one (winter time)"))
# The box that needs another look, and what to say.
REASONS: Mapping[str, tuple[str, Promise]] = {
    "past": ("day", _("This time has passed. Check the day and the hour.")),
    "far": ("day", _("This is more than a year ahead. Check the year.")),
    "closed": ("day", _("The office is closed on that day. Choose another one.")),
    "outside": ("at", _("The office is not open at that hour. Check am and pm.")),
    "gap": ("at", _("The clocks jump ahead that night: this time does not exist. Choose another one.")),
    "twice": ("which", _("The clocks go back that night: this time comes twice. Choose which one you mean.")),
}


class MomentForm(WorkForm):
    """There is no box for a time zone: the office's own clock is the only one."""

    day = forms.DateField(
        label=_("Day"),
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write the day as month/day/year, such as 12/3/2026."),
        },
    )
    at = forms.TimeField(
        label=_("Time"),
        input_formats=TIMES,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the time."),
            "invalid": _("Write the time as the office's clock shows it, such as 2:30 pm."),
        },
    )
    which = forms.ChoiceField(
        choices=(FIRST, SECOND), required=False, widget=forms.RadioSelect, label=_("Which of the two?")
    )

    def office(self) -> Location | None:
        """Whose clock it is. None means the first office."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not {"day", "at", "which"} <= {*cleaned} or not self._knows_its_office():
            return cleaned
        hours = office_of(self.office())
        if hours is None:
            self.add_error(None, _("This office has no opening hours yet. Add them in the settings first."))
            return cleaned
        try:
            cleaned["moment"] = read(
                cleaned["day"], cleaned["at"], office=hours, now=timezone.now(), which=cleaned["which"]
            )
        except WrongTime as wrong:
            field, words = REASONS[wrong.reason]
            self.add_error(field, f"{words} ({wrong.why})" if wrong.why else str(words))
        return cleaned

    def _knows_its_office(self) -> bool:
        return True

    @property
    def asks_which(self) -> bool:
        return bool(self.errors.get("which")) or bool(self.data.get("which"))


class NextTryForm(MomentForm):
    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        self.about = about
        hours = office_of(about.location)
        planned = about.clock_from.astimezone(ZoneInfo(hours.zone)) if hours else about.clock_from
        kwargs["initial"] = {"day": planned.date(), "at": planned.time()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        del self.fields["note"]

    def office(self) -> Location | None:
        return self.about.location


class TimeForm(MomentForm):
    """What stands in the EHR, written down."""

    clinician = forms.ModelChoiceField(
        Clinician.objects.none(),
        label=_("With whom"),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the clinician."),
            "invalid_choice": _("This clinician sees nobody here any more. Choose another one."),
        },
    )
    location = forms.ModelChoiceField(
        Location.objects.all(),
        label=_("Where"),
        empty_label=None,
        error_messages={
            "required": _("Choose the office."),
            "invalid_choice": _("There is no such office any more. Choose another one."),
        },
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        initial=30,
        min_value=5,
        max_value=LONGEST_MINUTES,
        widget=forms.NumberInput(attrs={"step": 5, "inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many minutes it takes."),
            "invalid": _("Write the minutes as a number, such as 30."),
            "min_value": _("A visit takes at least 5 minutes."),
            "max_value": _("A visit takes at most 480 minutes."),
        },
    )
    meant = forms.BooleanField(required=False, label=_("Both are meant: book them side by side"))

    field_order = ("clinician", "location", "day", "at", "which", "minutes", "meant", "note", "version")

    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        self.about = about
        kwargs["initial"] = _as_recorded(about) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        clinician, location = self.fields["clinician"], self.fields["location"]
        if isinstance(clinician, forms.ModelChoiceField):
            clinician.queryset = Clinician.objects.filter(active=True)
        if isinstance(location, forms.ModelChoiceField):
            vars(location)["label_from_instance"] = _with_its_zone

    def office(self) -> Location | None:
        place: Location = self.cleaned_data["location"]
        return place

    def _knows_its_office(self) -> bool:
        return "location" in self.cleaned_data

    def slot(self) -> Slot:
        cleaned = self.cleaned_data
        return Slot(
            clinician=cleaned["clinician"],
            location=cleaned["location"],
            starts=cleaned["moment"],
            minutes=cleaned["minutes"],
            meant_double=cleaned["meant"],
        )


def _as_recorded(about: ConsultationRequest) -> dict[str, Any]:
    booked = visit_of(about)
    if booked is None:
        return {"location": about.location_id or _first_office()}
    local = as_local(booked)
    return {
        "clinician": booked.clinician_id,
        "location": booked.location_id,
        "day": local.date(),
        "at": local.time(),
        "minutes": booked.minutes,
    }


def _first_office() -> int | None:
    main = snapshot.current().practice.main_location
    return Location.objects.filter(slug=main.slug).values_list("pk", flat=True).first() if main else None


def _with_its_zone(place: Location) -> str:
    now: datetime = timezone.now().astimezone(ZoneInfo(place.timezone))
    return f"{place.name} ({promise.zone_in_words(now)})"

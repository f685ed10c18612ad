"""Which days and which office a report is about."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.report_numbers import Period
from clinic.practice import Location

EARLIEST = date(2020, 1, 1)
LONGEST = timedelta(days=5 * 366)
PRESETS = (
    ("4w", gettext_lazy("Last 4 weeks"), 28),
    ("13w", gettext_lazy("Last quarter"), 91),
    ("52w", gettext_lazy("Last year"), 364),
)


class PeriodForm(forms.Form):
    """Read from the address: it holds days and the name of an office, nothing about anybody."""

    first = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the first day."),
            "invalid": gettext_lazy("Write the first day as a date, such as 2026-11-02."),
        },
    )
    last = forms.DateField(
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the last day."),
            "invalid": gettext_lazy("Write the last day as a date, such as 2026-11-30."),
        },
    )
    office = forms.ModelChoiceField(
        queryset=Location.objects.all(),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("Office"),
        empty_label=gettext_lazy("All offices"),
        error_messages={"invalid_choice": gettext_lazy("There is no such office. Choose one from the list.")},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name in ("first", "last"):
            if name in self.errors:
                # A box for dates would not show what was typed.
                widget = self.fields[name].widget
                if isinstance(widget, forms.DateInput):
                    widget.input_type = "text"
        first, last = typed.get("first"), typed.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        elif first and first < EARLIEST:
            self.add_error("first", _("Choose a first day from 2020 on."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("Choose five years at most."))
        elif last and last > timezone.localdate() + timedelta(days=366):
            self.add_error("last", _("The last day is too far ahead."))
        return typed

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


def preset(code: str, today: date) -> Period:
    """The days of a ready period, today included; four weeks for a code that is none."""
    days = next((days for each, _words, days in PRESETS if each == code), PRESETS[0][2])
    return Period(today - timedelta(days=days - 1), today)

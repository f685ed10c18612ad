"""What the desk writes about a request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.choices import ClosingReason
from booking.models import ConsultationRequest
from booking.statuses import Status, next_statuses


class StatusForm(forms.Form):
    """Shows the moves that are allowed now. Another known status is not a typing error but an illegal move."""

    to = forms.ChoiceField(
        choices=Status.choices,
        widget=forms.RadioSelect,
        label=_("Move to"),
        error_messages={"required": _("Choose where the request goes next.")},
    )
    closing_reason = forms.ChoiceField(
        choices=ClosingReason.choices,
        required=False,
        widget=forms.RadioSelect,
        label=_("If you close it: why?"),
        help_text=_(
            "What is in the chart, and what we declined, is deleted here after a while. Nothing else is."
        ),
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Note for the staff"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = next_statuses(about.status)
        to = self.fields["to"]
        if isinstance(to, forms.ChoiceField):
            to.widget.choices = [(move.value, move.label) for move in moves]
        self.fields["note"].widget.attrs.pop("maxlength", None)
        self.initial["version"] = about.version

    @classmethod
    def to_try_again(cls, about: ConsultationRequest, *, note: str) -> "StatusForm":
        """A fresh form for the request as it stands now, with the note that was typed."""
        return cls(about=about, initial={"note": note})

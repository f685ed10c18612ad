"""What the desk types about a request: a note, a move, a try to reach them, what it waits for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.choices import AttemptResult, ClosingReason, WaitsFor
from booking.models import ConsultationRequest
from booking.statuses import Status, next_statuses
from booking.visits import open_moves

LONGEST_NOTE = 2000
VISIT_AHEAD = _("The visit is still ahead. If it does not take place, cancel the time or move it.")
WAITS = [(code, words) for code, words in WaitsFor.choices if code]


UNTRIED = _(
    "Nobody has tried to reach them yet. Try first, or choose the box below and close it all the same."
)


def never_tried(about: ConsultationRequest) -> bool:
    return about.is_open and about.attempts == 0


class NoteField(forms.CharField):
    """The browser does not cut a note off; one that is too long is shown again, with its length."""

    def __init__(self, *, required: bool = False, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=required, label=_("Note for the staff"), widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        # Browsers count a new line as one character and send two.
        text = str(super().clean(value)).replace("\r\n", "\n")
        if len(text) > LONGEST_NOTE:
            raise forms.ValidationError(
                _("This note has %(count)s characters; we keep %(most)s. Shorten it, or write two notes.")
                % {"count": f"{len(text):,}", "most": f"{LONGEST_NOTE:,}"}
            )
        return text


class WorkForm(forms.Form):
    """One step on the request page: the version that was seen, and the note that goes with it."""

    note = NoteField()
    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={
            each: _("This page cannot be saved as it is. Look again, then choose.")
            for each in ("required", "invalid", "min_value")
        },
    )

    @property
    def typed_note(self) -> str:
        """As it was typed, whether it is valid or not."""
        return str(self.data.get("note", "")) if self.is_bound else ""


class ClosingForm(WorkForm):
    """Not reached, without a single try, is said twice."""

    untried = forms.BooleanField(required=False)

    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def closes_untried(self) -> bool:
        """Takes the tick out of what was typed: it is no part of the step."""
        meant = self.cleaned_data.pop("untried", False)
        reason = self.cleaned_data.get("closing_reason")
        return never_tried(self.about) and reason == ClosingReason.NOT_REACHED and not meant


class StatusForm(ClosingForm):
    """A move of the table. Another known status is not a typing error but an illegal move."""

    to = forms.ChoiceField(
        choices=Status.choices,
        widget=forms.RadioSelect,
        label=_("Move to"),
        error_messages={"required": _("Choose where the request goes next.")},
    )
    closing_reason = forms.ChoiceField(
        choices=ClosingReason.choices, required=False, widget=forms.RadioSelect, label=_("Why?")
    )
    waits_for = forms.ChoiceField(choices=WaitsFor.choices, required=False, label=_("What it waits for"))

    field_order = ("to", "closing_reason", "untried", "waits_for", "note", "version")

    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        to = self.fields["to"]
        if isinstance(to, forms.ChoiceField):
            to.widget.choices = [(move.value, move.label) for move in open_moves(about)]

    def clean(self) -> dict[str, Any]:
        cleaned, to = self.cleaned_data, self.cleaned_data.get("to")
        if to in next_statuses(self.about.status) and to not in open_moves(self.about):
            self.add_error("to", VISIT_AHEAD)
        if self.closes_untried() and to == Status.CLOSED:
            self.add_error("closing_reason", UNTRIED)
        if to == Status.CLOSED and self.about.mark and not cleaned.get("closing_reason"):
            mark = {"mark": self.about.get_mark_display()}
            words = _("This one is marked “%(mark)s”. Choose below why you close it.") % mark
            self.add_error("closing_reason", words)
        return cleaned


class AttemptForm(WorkForm):
    result = forms.ChoiceField(
        choices=AttemptResult.choices,
        widget=forms.RadioSelect,
        label=_("How it went"),
        error_messages={"required": _("Choose how the call went.")},
    )


class WaitForm(WorkForm):
    waits_for = forms.ChoiceField(
        choices=WAITS,
        widget=forms.RadioSelect,
        label=_("What it waits for"),
        error_messages={"required": _("Choose what it waits for.")},
    )


class CloseForm(ClosingForm):
    closing_reason = forms.ChoiceField(
        choices=[(code, words) for code, words in ClosingReason.choices if code],
        widget=forms.RadioSelect,
        label=_("Why?"),
        error_messages={"required": _("Choose why you close it.")},
    )

    def clean(self) -> dict[str, Any]:
        if self.closes_untried():
            self.add_error("closing_reason", UNTRIED)
        return self.cleaned_data


class NoteForm(WorkForm):
    """The page for a note alone."""

    note = NoteField(
        required=True,
        rows=8,
        error_messages={"required": _("Write the note first.")},
    )

"""What the desk fills in to write to somebody."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from booking.models import ConsultationRequest
from booking.reply_actions import Words
from booking.reply_words import faults_of_mail

LONGEST = 4000


class WriteForm(forms.Form):
    """`values` are what merge fields stand for; names among them may hold any word."""

    subject = forms.CharField(
        max_length=120, label=_("Subject"), error_messages={"required": _("Write a subject.")}
    )
    text = forms.CharField(
        max_length=LONGEST,
        label=_("Words"),
        help_text=_(
            "No words about health: a mail may be read by anybody. We add reference and phone below."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write something.")},
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    key = forms.CharField(validators=[RegexValidator(r"\A[0-9a-f]{16}\Z")], widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, values: Mapping[str, str], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = values
        for name in ("subject", "text"):
            # What is too long is told, not cut off while it is pasted.
            self.fields[name].widget.attrs.pop("maxlength", None)
            # The words are theirs; what stands around them is the desk's.
            self.fields[name].widget.attrs["lang"] = lang

    @classmethod
    def begun(
        cls, about: ConsultationRequest, values: Mapping[str, str], *, lang: str, subject: str, text: str
    ) -> "WriteForm":
        """A form to start or to go on with, for the request as it stands now."""
        initial = {"subject": subject, "text": text, "language": lang}
        return cls(values=values, lang=lang, initial={**initial, "key": new_key(), "version": about.version})

    def clean_subject(self) -> str:
        return self._checked(" ".join(str(self.cleaned_data["subject"]).split()))

    def clean_text(self) -> str:
        return self._checked(str(self.cleaned_data["text"]))

    def _checked(self, text: str) -> str:
        if faults := list(faults_of_mail(text, self.values)):
            raise forms.ValidationError(faults)
        return text

    @property
    def words(self) -> Words:
        said = self.cleaned_data
        return Words(key=said["key"], lang=said["language"], subject=said["subject"], text=said["text"])


def new_key() -> str:
    return secrets.token_hex(8)

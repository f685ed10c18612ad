"""Form fields that read what people really type: names in any script, phones in any usual writing."""

import unicodedata
from typing import Any, NamedTuple

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that turn the direction of text and could make one name look like another.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONGEST_E164 = len("+") + 15
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def has_hidden_characters(text: str) -> bool:
    """Control characters, NUL, half characters: nothing a keyboard writes into one line."""
    return any(mark in DIRECTION_MARKS or unicodedata.category(mark) in REFUSED_CATEGORIES for mark in text)


class LineField(forms.CharField):
    """One line of text. The browser does not cut it off; a line that is too long is shown again."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        self.longest = max_length
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if len(text) > self.longest:
            raise ValidationError(_("Use %(count)d characters or fewer.") % {"count": self.longest})
        if has_hidden_characters(text):
            raise ValidationError(_("This holds a character that we cannot read. Please type it again."))
        return text


class NameField(LineField):
    """A name in any script; at least one letter or digit."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and not any(mark.isalnum() for mark in text):
            raise ValidationError(_("Write a name with letters."))
        return text


class EmailField(forms.EmailField):
    """An address in one line of visible characters; the standard would allow control characters in quotes."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if has_hidden_characters(text):
            raise ValidationError(self.error_messages["invalid"])
        return text


class Phone(NamedTuple):
    """+15125550123 and an extension, both "" when nothing was typed."""

    number: str = ""
    extension: str = ""


class PhoneNumberField(LineField):
    """Numbers without a country are read as US numbers."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Phone:
        text = super().clean(value)
        if not text:
            return Phone()
        try:
            number = phonenumbers.parse(text, "US")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(_("Write a phone number, such as (512) 555-0123.")) from error
        possible = phonenumbers.is_possible_number_with_reason(number)
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        # Some countries count as possible what no network dials and our column does not hold.
        if possible != phonenumbers.ValidationResult.IS_POSSIBLE or len(e164) > LONGEST_E164:
            raise ValidationError(
                _("Check this phone number. Write the area code too, as in (512) 555-0123.")
            )
        return Phone(number=e164, extension=(number.extension or "")[:8])

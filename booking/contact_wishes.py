"""How somebody wants to be reached, changed on their own page: what is typed there, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.choices import BestTime, ContactBy, YesNo
from booking.form_fields import EmailField, Phone, PhoneNumberField
from booking.models import ConsultationRequest

# For the staff's history, which is written in English.
NAMES = {
    "phone": "Phone",
    "phone_extension": "Extension",
    "email": "E-mail",
    "contact_by": "Reach by",
    "best_time": "Good time",
    "voicemail_ok": "May leave a message",
}


@dataclass(frozen=True)
class ContactWishes:
    """An empty phone or e-mail keeps the one we have."""

    phone: str
    phone_extension: str
    email: str
    no_email: bool
    contact_by: str
    best_time: str
    voicemail_ok: str

    def columns(self, about: ConsultationRequest) -> dict[str, str]:
        """The columns of the request as they shall stand."""
        wanted = {
            "contact_by": self.contact_by,
            "best_time": self.best_time,
            "voicemail_ok": self.voicemail_ok,
        }
        if self.phone:
            wanted |= {"phone": self.phone, "phone_extension": self.phone_extension}
        if self.email:
            wanted["email"] = self.email
        elif self.no_email and (self.phone or about.phone):
            wanted["email"] = ""
        return wanted


def change_in_words(before: ConsultationRequest, changed: Mapping[str, str]) -> str:
    """One line for each column: what it was, and what it is."""
    return "\n".join(
        f"{NAMES[name]}: {getattr(before, name) or '–'} → {value or '–'}" for name, value in changed.items()
    )


class ContactForm(forms.Form):
    """Never shows the number or the address we have: the page opens for everybody who has its link."""

    phone = PhoneNumberField(
        required=False,
        label=_("New phone number"),
        help_text=_("Leave it empty to keep the one we have."),
    )
    email = EmailField(
        required=False,
        max_length=254,
        label=_("New e-mail address"),
        help_text=_("Leave it empty to keep the one we have."),
        error_messages={"invalid": _("Check this e-mail address. It should look like name@example.com.")},
    )
    no_email = forms.BooleanField(required=False, label=_("Send me no more e-mail"))
    contact_by = forms.ChoiceField(
        required=False,
        choices=ContactBy.choices,
        widget=forms.RadioSelect,
        label=_("How should we reach you?"),
    )
    best_time = forms.ChoiceField(
        required=False, choices=BestTime.choices, widget=forms.RadioSelect, label=_("When is a good time?")
    )
    voicemail_ok = forms.ChoiceField(
        required=False,
        choices=YesNo.choices,
        widget=forms.RadioSelect,
        label=_("May we leave a message?"),
        help_text=_("We would say the name of the clinic and ask you to call back."),
    )

    def __init__(self, *args: Any, about: ConsultationRequest, **kwargs: Any) -> None:
        self.about = about
        kwargs["initial"] = {
            name: getattr(about, name) for name in ("contact_by", "best_time", "voicemail_ok")
        }
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "off"}
        self.fields["phone"].widget.attrs |= {"autocomplete": "off"}
        self.fields["email"].widget.attrs.pop("maxlength", None)
        if not about.email:
            del self.fields["no_email"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        phone: Phone = cleaned.get("phone") or Phone()
        has_phone = bool(phone.number or self.about.phone)
        no_email = bool(cleaned.get("no_email") and not cleaned.get("email"))
        has_email = bool(cleaned.get("email") or (self.about.email and not no_email))
        by = cleaned.get("contact_by")
        if by in (ContactBy.CALL, ContactBy.TEXT) and not has_phone and "phone" not in self.errors:
            self.add_error("phone", _("Write a phone number, or choose e-mail."))
        elif by == ContactBy.EMAIL and not has_email and "email" not in self.errors:
            self.add_error("email", _("Write an e-mail address, or choose a phone call."))
        elif not has_phone and not has_email and not self.errors:
            self.add_error("phone", _("Write a phone number, so that we can still reach you."))
        return cleaned

    def wishes(self) -> ContactWishes:
        cleaned = self.cleaned_data
        phone: Phone = cleaned["phone"]
        return ContactWishes(
            phone=phone.number,
            phone_extension=phone.extension,
            email=cleaned["email"],
            no_email=bool(cleaned.get("no_email")),
            contact_by=cleaned["contact_by"],
            best_time=cleaned["best_time"],
            voicemail_ok=cleaned["voicemail_ok"],
        )

"""The booking form: its fields, what is required, and which answers need one another."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from booking import agreements
from booking.birth_dates import WrongPart, read_birth_date
from booking.choices import (
    BestTime,
    ContactBy,
    Day,
    DayPart,
    ForWhom,
    Insurance,
    Need,
    PatientKind,
    PhoneIs,
    SpokenLanguage,
    YesNo,
)
from booking.form_fields import EmailField, LineField, NameField, Phone, PhoneNumberField
from booking.sharing import Offer
from booking.wish import Wish
from clinic import snapshot

BIRTH_MESSAGES = {
    ("month", "missing"): _("Add the month of birth, or leave all three boxes empty."),
    ("day", "missing"): _("Add the day of birth, or leave all three boxes empty."),
    ("year", "missing"): _("Add the year of birth, or leave all three boxes empty."),
    ("month", "month"): _("Write the month of birth as a number from 1 to 12."),
    ("day", "day"): _("Check the day of birth. That month does not have such a day."),
    ("year", "year"): _("Write the year of birth with four digits, as in 1948."),
    ("year", "future"): _("Check the year of birth. This date is in the future."),
}
# What a browser may fill in for a person who asks for herself.
OWN_DETAILS = {
    "phone": "tel",
    "email": "email",
    "birth_month": "bday-month",
    "birth_day": "bday-day",
    "birth_year": "bday-year",
}
# Required for someone else, or in place of one another.
NEEDED_IN_SOME_CASE = ("patient_name", "phone", "email")


def _one_of(choices: Any, *, label: Any, required: Any = None, **kwargs: Any) -> forms.ChoiceField:
    if required is not None:
        kwargs["error_messages"] = {"required": required}
    return forms.ChoiceField(
        choices=choices, label=label, required=required is not None, widget=forms.RadioSelect, **kwargs
    )


def _some_of(choices: Any, *, label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=choices, label=label, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


def _tick(*, label: Any, required: Any = None, **kwargs: Any) -> forms.BooleanField:
    if required is not None:
        kwargs["error_messages"] = {"required": required}
    widget = forms.CheckboxInput(attrs={"value": "on"})
    return forms.BooleanField(label=label, required=required is not None, widget=widget, **kwargs)


def _digits(label: Any, size: int) -> LineField:
    return LineField(
        max_length=20,
        required=False,
        label=label,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": size}),
    )


class BookingForm(forms.Form):
    """Only a name, an agreement and one way to reach the patient are required."""

    patient_kind = _one_of(
        PatientKind.choices,
        label=_("Are you new to our clinic?"),
        help_text=_("This means the person who would be seen."),
        required=_("Choose new patient or current patient."),
    )
    for_whom = _one_of(
        ForWhom.choices,
        label=_("Who is this request for?"),
        required=_("Choose who this request is for."),
    )
    name = NameField(
        max_length=120,
        label=_("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    patient_name = NameField(
        max_length=120,
        required=False,
        label=_("Name of the patient"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relationship = LineField(
        max_length=60,
        required=False,
        label=_("How are you related?"),
        help_text=_("Daughter, husband, friend, social worker …"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    may_talk_with = _one_of(YesNo.choices, required=None, label=_("May we talk with you about this request?"))
    birth_month = _digits(_("Month"), 2)
    birth_day = _digits(_("Day"), 2)
    birth_year = _digits(_("Year"), 4)

    phone = PhoneNumberField(required=False, label=_("Phone number"))
    phone_is = _one_of(PhoneIs.choices, label=_("If you ask for someone else: whose number is it?"))
    email = EmailField(
        required=False,
        max_length=254,
        label=_("E-mail address"),
        error_messages={"invalid": _("Check this e-mail address. It should look like name@example.com.")},
    )
    contact_by = _one_of(ContactBy.choices, label=_("How should we reach you?"))
    best_time = _one_of(BestTime.choices, label=_("When is a good time?"))
    voicemail_ok = _one_of(
        YesNo.choices,
        label=_("May we leave a message?"),
        help_text=_("We would say the name of the clinic and ask you to call back."),
    )

    location = _one_of((), label=_("Which office suits you?"))
    days = _some_of(Day.choices, label=_("Which days suit you?"))
    day_parts = _some_of(DayPart.choices, label=_("Which part of the day?"))

    insurance = _one_of(
        Insurance.choices,
        label=_("What kind of insurance do you have?"),
        help_text=_("We do not need a card or a number now."),
    )
    referrer = LineField(
        max_length=120,
        required=False,
        label=_("Doctor who sent you"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    language = _one_of(SpokenLanguage.choices, label=_("Which language should we speak?"))
    needs = _some_of(Need.choices, label=_("What would help you at the visit?"))

    mark_urgency = _tick(label=_("Yes, mark my request"))
    share_answers = _tick(label=_("Yes, send these answers with my request"))
    agree = _tick(
        label=_("I agree that the clinic may contact me about this request."),
        required=_("Choose “I agree” so that we may contact you."),
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        if not offer.mark:
            del self.fields["mark_urgency"]
        if offer.shared is None:
            del self.fields["share_answers"]
        offices = [(each.slug, f"{each.name}, {each.city}") for each in snapshot.current().locations]
        location = self.fields["location"]
        if isinstance(location, forms.ChoiceField):
            location.choices = offices
        hours = {each.hours_text for each in snapshot.current().locations} - {""}
        if len(hours) == 1:
            self.fields["days"].help_text = gettext("We work %(hours)s.") % {"hours": hours.pop()}
        for name in NEEDED_IN_SOME_CASE:
            # "(optional)" would contradict the words beside them, and the error that follows.
            vars(self.fields[name])["optional_note"] = False
        for name in OWN_DETAILS:
            self.fields[name].widget.attrs |= {
                "autocomplete": self._autocomplete(name),
                "data-own": OWN_DETAILS[name],
            }
        self.fields["email"].widget.attrs.pop("maxlength", None)

    def _autocomplete(self, name: str) -> str:
        """A browser must not put the helper's own details in the patient's boxes.

        As long as nobody has said for whom it is, a phone or an address may well be their own: a helper may leave it,
        and says whose it is. The birth date is always the patient's.
        """
        whom = self.data.get("for_whom") if self.is_bound else self.initial.get("for_whom")
        is_own = whom == ForWhom.SELF or (whom != ForWhom.OTHER and not name.startswith("birth_"))
        return OWN_DETAILS[name] if is_own else "off"

    @property
    def wants_current_patients_page(self) -> bool:
        """A current patient is shown the phone first, and goes on only if they say so."""
        return self.data.get("patient_kind") == PatientKind.CURRENT and not self.data.get("anyway")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("for_whom") == ForWhom.OTHER and not cleaned.get("patient_name"):
            self._need("patient_name", _("Write the name of the patient."))
        self._check_ways_to_reach()
        self._check_birth_date()
        return cleaned

    def _check_ways_to_reach(self) -> None:
        phone, email = self.cleaned_data.get("phone"), self.cleaned_data.get("email")
        contact_by = self.cleaned_data.get("contact_by")
        has_phone = bool(phone and phone.number)
        if contact_by in (ContactBy.CALL, ContactBy.TEXT) and not has_phone:
            self._need("phone", _("Write a phone number, or choose e-mail."))
        elif contact_by == ContactBy.EMAIL and not email:
            self._need("email", _("Write an e-mail address, or choose a phone call."))
        elif not has_phone and not email and "email" not in self.errors:
            self._need("phone", _("Write a phone number or an e-mail address."))

    def _check_birth_date(self) -> None:
        parts = {part: self.cleaned_data.get(f"birth_{part}") or "" for part in ("month", "day", "year")}
        try:
            born = read_birth_date(**parts, today=timezone.now().date())
        except WrongPart as wrong:
            self._need(f"birth_{wrong.part}", BIRTH_MESSAGES[wrong.part, wrong.reason])
        else:
            self.cleaned_data["birth_date"] = born

    def _need(self, field: str, message: Any) -> None:
        if field not in self.errors:
            self.add_error(field, message)

    def wish(self) -> Wish:
        """What a valid form asks for. Boxes for someone else count only when it is for someone else."""
        cleaned = self.cleaned_data
        for_other = cleaned["for_whom"] == ForWhom.OTHER
        phone: Phone = cleaned["phone"]
        return Wish(
            patient_kind=cleaned["patient_kind"],
            for_whom=cleaned["for_whom"],
            name=cleaned["patient_name"] if for_other else cleaned["name"],
            helper_name=cleaned["name"] if for_other else "",
            relationship=cleaned["relationship"] if for_other else "",
            phone_is=cleaned["phone_is"] if for_other else "",
            may_talk_with=cleaned["may_talk_with"] if for_other else "",
            birth_date=cleaned["birth_date"],
            phone=phone.number,
            phone_extension=phone.extension,
            email=cleaned["email"],
            contact_by=cleaned["contact_by"],
            best_time=cleaned["best_time"],
            voicemail_ok=cleaned["voicemail_ok"],
            location=cleaned["location"],
            days=tuple(cleaned["days"]),
            day_parts=tuple(cleaned["day_parts"]),
            insurance=cleaned["insurance"],
            referrer=cleaned["referrer"],
            language=cleaned["language"],
            needs=tuple(cleaned["needs"]),
            mark=self.offer.mark if cleaned.get("mark_urgency") else "",
            shared=self.offer.shared if cleaned.get("share_answers") else None,
            agreement=agreements.NEWEST,
            asked_in=get_language() or "en",
        )

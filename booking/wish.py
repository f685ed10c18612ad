"""What one patient asks for, checked and complete: the form makes it, the review shows it, the action stores it."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Wish:
    """Codes as in choices.py; "" where nothing was chosen. `name` is the patient, `helper_name` who asks for them."""

    name: str
    agreement: str
    patient_kind: str = "new"
    for_whom: str = "self"
    helper_name: str = ""
    relationship: str = ""
    phone_is: str = ""
    may_talk_with: str = ""
    birth_date: date | None = None
    phone: str = ""
    phone_extension: str = ""
    email: str = ""
    contact_by: str = ""
    best_time: str = ""
    voicemail_ok: str = ""
    location: str = ""
    days: tuple[str, ...] = ()
    day_parts: tuple[str, ...] = ()
    insurance: str = ""
    referrer: str = ""
    language: str = ""
    needs: tuple[str, ...] = ()
    mark: str = ""
    shared: dict[str, Any] | None = None
    asked_in: str = "en"

"""Every choice of the booking form: stored codes beside the words that patients and staff read."""

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PatientKind(TextChoices):
    NEW = "new", _("New patient")
    CURRENT = "current", _("Current patient")


class ForWhom(TextChoices):
    SELF = "self", _("For me")
    OTHER = "other", _("For someone else")


class PhoneIs(TextChoices):
    MINE = "mine", _("Mine")
    PATIENTS = "patients", _("The patient's")
    OTHER = "other", _("Somebody else's")


class YesNo(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class ContactBy(TextChoices):
    CALL = "call", _("Phone call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")


class BestTime(TextChoices):
    MORNING = "morning", _("Morning")
    MIDDAY = "midday", _("Midday")
    AFTERNOON = "afternoon", _("Afternoon")
    ANY = "any", _("Any time")


class Day(TextChoices):
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")


class DayPart(TextChoices):
    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")


class Insurance(TextChoices):
    MEDICARE = "medicare", _("Medicare")
    ADVANTAGE = "advantage", _("A Medicare Advantage plan")
    OTHER = "other", _("Other insurance")
    SELF_PAY = "self_pay", _("I pay myself")
    NOT_SURE = "not_sure", _("I am not sure")


class SpokenLanguage(TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    OTHER = "other", _("Another language")


class Need(TextChoices):
    INTERPRETER = "interpreter", _("An interpreter")
    HEARING = "hearing", _("Help with hearing")
    MOBILITY = "mobility", _("Help with walking or stairs")
    LARGE_PRINT = "large_print", _("Large print")
    OTHER = "other", _("Something else: please ask me")


class Mark(TextChoices):
    """An urgency that the patient agreed to show. Most requests carry none."""

    NONE = "", _("No mark")
    SOON = "soon", _("Soon")
    CALL_TODAY = "call_today", _("Call today")


class ClosingReason(TextChoices):
    """Why a request was closed. Only what is charted or declined may ever be purged."""

    NONE = "", _("Not said")
    CHARTED = "charted", _("In the chart")
    DECLINED = "declined", _("We cannot help with this")
    CANCELLED = "cancelled", _("Cancelled by the patient")
    NOT_REACHED = "not_reached", _("Not reached")
    DUPLICATE = "duplicate", _("Asked twice")


class WaitsFor(TextChoices):
    """What a waiting request waits for; while it waits, its clock stands still."""

    NOTHING = "", _("Not said")
    PATIENT = "patient", _("The patient")
    RECORDS = "records", _("Records")
    REFERRAL = "referral", _("A referral")
    INSURANCE = "insurance", _("The insurance")


class AttemptResult(TextChoices):
    NO_ANSWER = "no_answer", _("No answer")
    LEFT_MESSAGE = "left_message", _("Left a message")
    SPOKE = "spoke", _("Spoke with them")


class CameBy(TextChoices):
    WEBSITE = "website", _("Website")
    PHONE = "phone", _("Phone")
    FAX = "fax", _("Fax")


class HistoryKind(TextChoices):
    """What a line of a request's history tells."""

    MOVED = "moved", _("moved")
    CLAIMED = "claimed", _("claimed")
    TAKEN_OVER = "taken_over", _("taken over")
    RELEASED = "released", _("released")
    ATTEMPT = "attempt", _("tried to reach them")
    REPLIED = "replied", _("they got in touch")
    NOTE = "note", _("note")
    MESSAGE = "message", _("message to them")
    CONTACT = "contact", _("contact wishes changed")
    TIME_RECORDED = "time_recorded", _("time recorded")
    TIME_MOVED = "time_moved", _("time moved")
    TIME_CANCELLED = "time_cancelled", _("time cancelled")
    MERGED = "merged", _("merged")
    CAME_BACK = "came_back", _("came back by itself")
    NEXT_TRY = "next_try", _("next try planned")
    ADDED = "added", _("added by hand")


class ErasureReason(TextChoices):
    """Kept in the audit log, in place of what was erased."""

    ASKED = "asked", _("The patient asked us to")
    MISTAKE = "mistake", _("It was sent by mistake")
    JUNK = "junk", _("Nobody real sent it")


def words(choices: type[TextChoices], codes: Collection[str]) -> str:
    """The labels of some codes, in the order of the list of choices."""
    return ", ".join(str(choice.label) for choice in choices if choice.value in codes)

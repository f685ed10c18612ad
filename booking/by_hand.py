"""A request that came by phone or fax, typed by the staff: the form of the website in their words, and sent once."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import actions, same_person
from booking.agreements import BY_FAX, TOLD
from booking.changes import SUBJECT
from booking.choices import CameBy, ForWhom, Insurance, Mark, Need, PhoneIs
from booking.desk_doors import desk_page
from booking.desk_forms import NoteField
from booking.forms import OWN_DETAILS, BookingForm
from booking.given_back import lines, words_of
from booking.models import ConsultationRequest, birth_hash
from booking.review import MOST_VALUES, Begun, Fields, Review, as_initial, begin, read_begun
from booking.sharing import Offer
from booking.wish import Wish
from clinic import audit, lost_logins
from clinic.errors import given_back_as, rescued_by
from clinic.redirects import SeeOther
from clinic.staff import who

WAYS = [(CameBy.PHONE.value, CameBy.PHONE.label), (CameBy.FAX.value, CameBy.FAX.label)]
IN_STAFF_WORDS = {
    "patient_kind": gettext_lazy("New or current patient"),
    "for_whom": gettext_lazy("Who asks?"),
    "name": gettext_lazy("Name of the person who asks"),
    "patient_name": gettext_lazy("Name of the patient"),
    "relationship": gettext_lazy("How they are related"),
    "may_talk_with": gettext_lazy("May we talk with the person who asks?"),
    "phone_is": gettext_lazy("Whose number is it?"),
    "contact_by": gettext_lazy("Reach by"),
    "best_time": gettext_lazy("Good time"),
    "voicemail_ok": gettext_lazy("May we leave a message?"),
    "location": gettext_lazy("Office"),
    "days": gettext_lazy("Days"),
    "day_parts": gettext_lazy("Part of the day"),
    "insurance": gettext_lazy("Insurance"),
    "referrer": gettext_lazy("Referred by"),
    "language": gettext_lazy("Language"),
    "needs": gettext_lazy("Needs"),
}
CHOICES_IN_STAFF_WORDS: dict[tuple[str, str], Any] = {
    ("for_whom", ForWhom.SELF): gettext_lazy("The patient"),
    ("for_whom", ForWhom.OTHER): gettext_lazy("Someone for the patient"),
    ("phone_is", PhoneIs.MINE): gettext_lazy("Of the person who asks"),
    ("needs", Need.OTHER): gettext_lazy("Something else: ask them"),
    ("insurance", Insurance.SELF_PAY): gettext_lazy("They pay themselves"),
    ("insurance", Insurance.NOT_SURE): gettext_lazy("They are not sure"),
}


class ByHandForm(BookingForm):
    """The same boxes and the same checks; how it came, how urgent it is, and what they were told beside them."""

    came_by = forms.ChoiceField(
        choices=WAYS,
        widget=forms.RadioSelect,
        label=gettext_lazy("How it came"),
        error_messages={"required": gettext_lazy("Choose how the request came.")},
    )
    mark = forms.ChoiceField(
        choices=Mark.choices, required=False, widget=forms.RadioSelect, label=gettext_lazy("How urgent")
    )
    told = forms.BooleanField(
        required=False,
        widget=forms.CheckboxInput(attrs={"value": "on"}),
        label=gettext_lazy("I told them: we keep this, and we get in touch about it."),
    )
    note = NoteField(help_text=gettext_lazy("What else they said. Patients never see it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, offer=Offer(), **kwargs)
        del self.fields["agree"]
        for name, label in IN_STAFF_WORDS.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        self.fields["name"].error_messages["required"] = _("Write the name of the person who asks.")
        for name in ("name", *OWN_DETAILS):
            # Nobody here fills in their own details.
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.choices = [
                    (code, CHOICES_IN_STAFF_WORDS.get((name, code), words))
                    for code, words in words_of(field).items()
                ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("came_by") == CameBy.PHONE and not cleaned.get("told"):
            self.add_error("told", _("Tell them first, then choose this box."))
        return cleaned

    def wish(self) -> Wish:
        told = self.cleaned_data["told"]
        agreement = TOLD if told else BY_FAX
        return replace(super().wish(), mark=self.cleaned_data["mark"], agreement=agreement)


def _fields(post: QueryDict) -> Fields:
    names = [name for name in ByHandForm.base_fields if name != "anyway"]
    return {name: post.getlist(name)[:MOST_VALUES] for name in names if name in post}


def _typed(request: HttpRequest) -> str:
    return "\n".join(lines(ByHandForm(request.POST).fields, request.POST))


@desk_page("POST")
def add_after_csrf(request: HttpRequest) -> HttpResponse:
    form = ByHandForm(initial=as_initial(_fields(request.POST)))
    begun = read_begun(request.POST.get("begun", "")) or begin()
    return _page(request, form, begun, status=403, problem=_("This form waited too long"))


@given_back_as(_typed)
@rescued_by(add_after_csrf)
@desk_page("GET", "HEAD", "POST")
def add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _fresh(request, lost_logins.take(request))
    begun, form = read_begun(request.POST.get("begun", "")), ByHandForm(request.POST)
    if begun is None or not form.is_valid():
        return _page(request, form, begun or begin(), status=422)
    wish, token = form.wish(), Review(nonce=begun.nonce, fields=_fields(request.POST)).send_token
    if not form.cleaned_data["anyway"] and not ConsultationRequest.objects.sent_with(token):
        alike = same_person.likely(_as_request(wish))
        if alike:
            return _alike_page(request, form, begun, alike)
    came_by = CameBy(form.cleaned_data["came_by"])
    note = form.cleaned_data["note"]
    stored = actions.send_request(send_token=token, wish=wish, came_by=came_by, by=who(request), note=note)
    messages.success(request, _("%(reference)s is in the queue.") % {"reference": stored.reference})
    return SeeOther(reverse("desk:request", args=[stored.pk]))


def _fresh(request: HttpRequest, kept: QueryDict) -> HttpResponse:
    initial = {"patient_kind": "new", "for_whom": "self", "came_by": "phone"} | as_initial(dict(kept.lists()))
    problem = _("You were signed out before this was saved") if kept else ""
    return _page(request, ByHandForm(initial=initial), begin(), problem=problem)


def _as_request(wish: Wish) -> ConsultationRequest:
    """Not saved: only to look for others like it."""
    return ConsultationRequest(
        name=wish.name,
        helper_name=wish.helper_name,
        phone=wish.phone,
        phone_is=wish.phone_is,
        email=wish.email,
        days=[*wish.days],
        birth_hash=birth_hash(wish.birth_date) if wish.birth_date else "",
    )


def _page(
    request: HttpRequest, form: ByHandForm, begun: Begun, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = {"form": form, "begun": begun.sealed(), "problem": problem}
    return render(request, "desk/add.html", context, status=status)


def _alike_page(
    request: HttpRequest, form: ByHandForm, begun: Begun, alike: list[same_person.Likeness]
) -> HttpResponse:
    seen = [each.other.pk for each in alike]
    audit.record(by=who(request), action="listed", subject=SUBJECT, subject_ids=seen)
    context = {"alike": alike, "fields": _fields(request.POST), "begun": begun.sealed()}
    return render(request, "desk/add_alike.html", context)

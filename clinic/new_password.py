"""A new password for staff who forgot theirs: by a link in a mail, which changes nothing until the form on it is sent."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from clinic import audit, mail_text, outbox, snapshot
from clinic.errors import rescued_by
from clinic.limits import client_address, take
from clinic.privacy import no_store
from clinic.staff import ACCOUNT, StaffMember

if TYPE_CHECKING:
    _SetPassword = SetPasswordForm[StaffMember]
else:
    _SetPassword = SetPasswordForm

ASKS_PER_HOUR = 10
MAILS_PER_HOUR = 3


class AddressForm(PasswordResetForm):
    """Finds the accounts of an address as Django does: active ones, with a password, the address equal letter by letter."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Check this e-mail address. It should look like name@example.com."),
        },
    )

    def accounts(self) -> list[StaffMember]:
        return [each for each in self.get_users(self.cleaned_data["email"]) if isinstance(each, StaffMember)]


class NewPasswordForm(_SetPassword):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.fields["new_password1"]
        first.help_text = gettext_lazy("Use 12 characters or more. A few words in a row work well.")
        first.error_messages["required"] = gettext_lazy("Write the new password.")
        self.fields["new_password2"].help_text = ""
        self.fields["new_password2"].error_messages["required"] = gettext_lazy("Write it a second time.")


@no_store
def forgotten_after_csrf(request: HttpRequest) -> HttpResponse:
    form = AddressForm(initial={"email": request.POST.get("email", "")})
    return render(request, "staff/forgotten.html", {"form": form, "waited": True}, status=403)


@rescued_by(forgotten_after_csrf)
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Every address gets the same answer, so that nobody learns who has an account."""
    if request.method != "POST":
        return render(request, "staff/forgotten.html", {"form": AddressForm()})
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "staff/forgotten.html", {"form": form}, status=422)
    if not take(bucket=f"password asked {client_address(request)}", capacity=ASKS_PER_HOUR, per_seconds=3600):
        form.add_error(None, _("Too many tries. Wait an hour, or ask the person who looks after accounts."))
        return render(request, "staff/forgotten.html", {"form": form}, status=429)
    address = form.cleaned_data["email"].casefold()
    # Beyond the limit of one address we say the same and mail nothing: three mails are there already.
    if take(bucket=f"password mail {address}", capacity=MAILS_PER_HOUR, per_seconds=3600):
        for person in form.accounts():
            _mail_link(person)
    return redirect("staff:password_sent")


@csrf_exempt
@no_store
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, who: str, key: str) -> HttpResponse:
    """The key in the address is what allows to act; no cookie does, so none is asked for."""
    person = _owner(who, key)
    response = _choose(request, person) if person else render(request, "staff/password_gone.html", status=404)
    # The address is a key: it is told to nobody, not even to our own next page.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _choose(request: HttpRequest, person: StaffMember) -> HttpResponse:
    form = NewPasswordForm(person, request.POST) if request.method == "POST" else NewPasswordForm(person)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "staff/new_password.html", {"form": form, "person": person}, status=status)
    with transaction.atomic():
        # A new password also signs out every browser that was signed in with the old one.
        form.save()
        audit.record(by=person, action="password changed", subject=ACCOUNT, subject_ids=[person.pk])
        _queue(person, "password_changed", _("Your password was changed"))
    return redirect("staff:password_changed")


@no_store
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/password_sent.html")


@no_store
@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/password_changed.html")


def _owner(who: str, key: str) -> StaffMember | None:
    """Whose link this is, while it is good: for some hours, once, and only until the next sign-in."""
    try:
        number = urlsafe_base64_decode(who).decode()
    except ValueError:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", number):
        return None
    person = StaffMember.objects.filter(pk=int(number), is_active=True).first()
    return person if person and default_token_generator.check_token(person, key) else None


@transaction.atomic
def _mail_link(person: StaffMember) -> None:
    who = urlsafe_base64_encode(force_bytes(person.pk))
    address = reverse("staff:new_password", args=[who, default_token_generator.make_token(person)])
    audit.record(by=person, action="asked for password", subject=ACCOUNT, subject_ids=[person.pk])
    _queue(person, "password", _("Choose a new password"), link=settings.SITE_URL + address)


def _queue(person: StaffMember, kind: str, subject: str, *, link: str = "") -> None:
    words = {
        "link": link,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "practice": snapshot.current().practice,
        "person": person,
    }
    text, html = mail_text.written(f"staff/mail/{kind}.txt", words, subject=subject)
    about = f"account {person.pk}"
    outbox.queue(kind=kind, about=about, to=person.email, subject=subject, text=text, html=html)

"""Sign in, sign out, and after signing in the room that fits the role."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import audit, known_browsers
from clinic.limits import client_address, take
from clinic.privacy import no_store
from clinic.staff import ACCOUNT, WORK_REQUESTS, who


class SignInForm(AuthenticationForm):
    """Beyond the limit the password is not even looked at."""

    def __init__(self, request: HttpRequest, *, may_try: bool, data: QueryDict) -> None:
        super().__init__(request, data=data)
        self.may_try = may_try
        # It is shown again only with the summary of its errors, which takes the focus.
        self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean(self) -> dict[str, Any]:
        if not self.may_try:
            raise ValidationError(
                _("Too many tries. Wait an hour, or ask the person who looks after accounts.")
            )
        return super().clean()


@no_store
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        empty = AuthenticationForm(request)
        return render(request, "staff/sign_in.html", {"form": empty, "next": request.GET.get("next", "")})
    may_try = _may_try(request)
    form = SignInForm(request, may_try=may_try, data=request.POST)
    if form.is_valid():
        login(request, form.get_user())
        audit.record(by=who(request), action="signed in", subject=ACCOUNT, subject_ids=[form.get_user().pk])
        response = redirect(_wanted_page(request))
        known_browsers.remember(request, response, form.get_user().get_username())
        return response
    context = {"form": form, "next": request.POST.get("next", "")}
    return render(request, "staff/sign_in.html", context, status=422 if may_try else 429)


@no_store
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("staff:sign_in")


@no_store
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.has_perm(WORK_REQUESTS):
        return redirect("desk:queue")
    if request.user.is_staff:
        return redirect("admin:index")
    raise PermissionDenied


def _may_try(request: HttpRequest) -> bool:
    """Both the address and the account are limited, so that neither one can be guessed at leisure.

    A browser in which this person has signed in before is counted apart: no stranger locks the staff out.
    """
    account = request.POST.get("username", "")[:150]
    if known_browsers.knows(request, account):
        buckets = [f"sign-in known browser {account.casefold()}"]
    else:
        # An address that has used up its tries does not use up those of an account.
        buckets = [f"sign-in address {client_address(request)}", f"sign-in account {account.casefold()}"]
    limit = settings.SIGN_IN_TRIES_PER_HOUR
    return all(take(bucket=bucket, capacity=limit, per_seconds=3600) for bucket in buckets)


def _wanted_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("staff:home")

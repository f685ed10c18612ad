"""Accounts of the staff, their four roles, and who may enter the desk."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

FRONT_DESK = "Front desk"
CONTENT_EDITOR = "Content editor"
CLINICAL_REVIEWER = "Clinical reviewer"
ADMIN = "Admin"
ROLES = (FRONT_DESK, CONTENT_EDITOR, CLINICAL_REVIEWER, ADMIN)
ROLE_WORDS = {
    FRONT_DESK: _("Calls people back and works through the requests."),
    CONTENT_EDITOR: _("Changes pages. Sees no request."),
    CLINICAL_REVIEWER: _("Reads and signs pages and rules. Sees no request."),
    ADMIN: _("Looks after practice, offices, replies and accounts, and works through the requests."),
}
# These roles work in the admin.
ENTERS_ADMIN = frozenset({CONTENT_EDITOR, CLINICAL_REVIEWER, ADMIN})
WORK_REQUESTS = "booking.work_requests"
# What the audit log calls a person's account.
ACCOUNT = "account"

View = Callable[..., HttpResponse]


class StaffMember(AbstractUser):
    """One account for one person; nobody shares one, since the audit log names who did what."""

    credentials = models.CharField(
        max_length=60, blank=True, help_text="Shown behind the name on what this person signs, such as MD."
    )

    away_from = models.DateField(null=True, blank=True, help_text="First day away, such as for a holiday.")
    away_until = models.DateField(
        null=True,
        blank=True,
        help_text="Last day away. Meanwhile the desk gets back what this person had claimed.",
    )

    class Meta:
        app_label = "clinic"
        verbose_name = "staff member"
        verbose_name_plural = "staff members"

    @property
    def short_name(self) -> str:
        return self.first_name or self.get_username()

    def is_away_on(self, day: date) -> bool:
        """Whether `day` is one of the days away, both ends included."""
        if self.away_from is None and self.away_until is None:
            return False
        return (self.away_from or day) <= day <= (self.away_until or day)

    @property
    def signature_name(self) -> str:
        name = self.get_full_name() or self.get_username()
        return f"{name}, {self.credentials}" if self.credentials else name


def front_desk_only(view: View) -> View:
    """A stranger is asked to sign in; staff without the front desk's right are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(WORK_REQUESTS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(guarded)


def who(request: HttpRequest) -> StaffMember:
    """The member of staff behind a request that a decorator has let in."""
    if not isinstance(request.user, StaffMember):
        raise TypeError("Only staff get here.")
    return request.user

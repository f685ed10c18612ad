"""Accounts of the staff, their four roles, and who may enter the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse

FRONT_DESK = "Front desk"
CONTENT_EDITOR = "Content editor"
CLINICAL_REVIEWER = "Clinical reviewer"
ADMIN = "Admin"
ROLES = (FRONT_DESK, CONTENT_EDITOR, CLINICAL_REVIEWER, ADMIN)
WORK_REQUESTS = "booking.work_requests"

View = Callable[..., HttpResponse]


class StaffMember(AbstractUser):
    """One account for one person; nobody shares one, since the audit log names who did what."""

    credentials = models.CharField(
        max_length=60, blank=True, help_text="Shown behind the name on what this person signs, such as MD."
    )

    class Meta:
        app_label = "clinic"
        verbose_name = "staff member"
        verbose_name_plural = "staff members"

    @property
    def short_name(self) -> str:
        return self.first_name or self.get_username()

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

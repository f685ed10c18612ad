"""The practice and its offices, edited in the admin and written nowhere else: names, phones, hours, closures, notice."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)

# What PostgreSQL can keep is more than what Python can read back: one such moment, and no page finds its practice.
MOMENTS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


def valid_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Use a name such as America/Chicago."))


class PhoneField(models.CharField[str, str]):
    """A US phone number, typed in any usual way, kept as +15125550123."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if not value:
            return super().clean(value, model_instance)
        try:
            number = phonenumbers.parse(str(value), "US")
        except phonenumbers.NumberParseException as error:
            raise ValidationError(_("Enter a phone number such as (512) 555-0123.")) from error
        if not phonenumbers.is_possible_number(number):
            raise ValidationError(_("This phone number has too few or too many digits."))
        return super().clean(
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), model_instance
        )


class Practice(models.Model):
    """The one practice that this site speaks for."""

    name = models.CharField(max_length=80)
    phone = PhoneField(_("main phone"))
    after_hours_phone = PhoneField(
        _("after-hours phone"),
        blank=True,
        help_text=_("Leave empty if nobody answers outside opening hours."),
    )
    caller_id = models.CharField(
        _("what our calls show as"),
        max_length=80,
        blank=True,
        help_text=_("What a patient sees when we call."),
    )
    reply_working_days = models.PositiveSmallIntegerField(_("we call back within … working days"), default=1)
    mail_times = models.BooleanField(
        _("we mail the times of visits"),
        default=False,
        help_text=_("A confirmation with a calendar file, and a reminder two days before."),
    )
    keep_closed_days = models.PositiveSmallIntegerField(
        _("we keep closed requests for … days"),
        default=90,
        help_text=_(
            "Older ones are deleted for good if they are in the chart or were declined. All others stay."
        ),
    )
    closed_on_federal_holidays = models.BooleanField(
        _("closed on US federal holidays"),
        default=True,
        help_text=_("They count when we say by when we call. Add other closed days under “Closures”."),
    )
    notice_en = models.CharField(_("site notice, English"), max_length=300, blank=True)
    notice_es = models.CharField(_("site notice, Spanish"), max_length=300, blank=True)
    notice_from = models.DateTimeField(
        _("notice starts"), null=True, blank=True, help_text=_("In the time zone of the first office.")
    )
    notice_until = models.DateTimeField(
        _("notice ends"), null=True, blank=True, help_text=_("In the time zone of the first office.")
    )
    screener_on = models.BooleanField(
        _("the symptom check is on"),
        default=True,
        help_text=_("Switch off to take it down at once. The emergency page stays."),
    )
    in_medicare_study = models.BooleanField(_("we take part in a Medicare-approved study"), default=False)
    medicare_trial_number = models.CharField(
        _("number of that study"),
        max_length=11,
        blank=True,
        validators=[RegexValidator(r"^NCT\d{8}$", _("Eight digits after NCT."))],
    )
    medicare_checked_on = models.DateField(_("coverage rule checked on"), null=True, blank=True)

    class Meta:
        app_label = "clinic"
        verbose_name = _("practice")
        verbose_name_plural = _("practice")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.in_medicare_study and not self.medicare_trial_number:
            raise ValidationError({"medicare_trial_number": _("Enter the number of the study.")})
        for name in ("notice_from", "notice_until"):
            moment = getattr(self, name)
            if moment and not MOMENTS[0] <= moment < MOMENTS[1]:
                raise ValidationError({name: _("Check the year.")})
        if self.notice_from and self.notice_until and self.notice_from >= self.notice_until:
            raise ValidationError({"notice_until": _("The notice must end after it starts.")})
        if bool(self.notice_en) != bool(self.notice_es):
            field = "notice_es" if self.notice_en else "notice_en"
            raise ValidationError({field: _("Write the notice in both languages, or in neither.")})


class Location(models.Model):
    """One office."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="locations")
    slug = models.SlugField(_("short name for addresses"), unique=True)
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    zip_code = models.CharField(_("ZIP code"), max_length=10)
    phone = PhoneField(blank=True, help_text=_("Leave empty if the main phone is right."))
    fax = PhoneField(blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=40, default="America/Chicago", validators=[valid_zone]
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "clinic"
        ordering = ("order", "name")
        verbose_name = _("location")
        verbose_name_plural = _("locations")

    def __str__(self) -> str:
        return self.name


class Hours(models.Model):
    """One stretch of opening hours; a lunch break makes two stretches of one day."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        app_label = "clinic"
        ordering = ("weekday", "opens")
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="hours_close_after_they_open",
                violation_error_message=_("Closing time must be after opening time."),
            ),
            models.UniqueConstraint(
                fields=("location", "weekday", "opens"), name="hours_once_a_weekday_and_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Closure(models.Model):
    """Days on which one office, or all of them, stay closed."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="closures")
    location = models.ForeignKey(
        Location,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        help_text=_("Leave empty if all offices are closed."),
    )
    first_day = models.DateField()
    last_day = models.DateField()
    name = models.CharField(_("reason, as staff say it"), max_length=80)

    class Meta:
        app_label = "clinic"
        ordering = ("first_day",)
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="closure_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.first_day})"

"""What staff fill in about pages."""

from calendar import monthrange
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.documents import Page


class SignForm(forms.Form):
    """`digest` is that of the text the reviewer has in front of them."""

    digest = forms.CharField(widget=forms.HiddenInput)
    good_until = forms.DateField(label=_("Next review on"), widget=forms.DateInput(attrs={"type": "date"}))


def next_review(page: Page) -> dict[str, date]:
    """The day of the next review that the page's front matter asks for."""
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 + page.review_every
    year, month = divmod(months, 12)
    return {"good_until": date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))}

"""Moments as the desk's pages say them, with the time of day as everywhere else: Nov 23, 12:52 pm."""

from datetime import datetime

from django import template
from django.utils.formats import date_format

from clinic.facts import clock

register = template.Library()


@register.filter(expects_localtime=True)
def moment(at: datetime, days: str = "M j") -> str:
    return f"{date_format(at, days)}, {clock(at.time())}"

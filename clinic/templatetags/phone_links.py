"""A sentence that names one of our numbers: the number becomes a link that a finger can call."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from clinic import snapshot

register = template.Library()


@register.filter
def phone_links(sentence: str) -> SafeString:
    """The sentence, escaped, with our own numbers as links; it may be marked as safe already."""
    shown, practice = conditional_escape(sentence), snapshot.current().practice
    for number, in_words in (
        (practice.phone, practice.phone_display),
        (practice.after_hours_phone, practice.after_hours_phone_display),
    ):
        if number and f'href="tel:{number}"' not in shown:
            link = format_html('<a href="tel:{}">{}</a>', number, in_words)
            shown = mark_safe(shown.replace(conditional_escape(in_words), link))  # noqa: S308 - escaped above
    return shown

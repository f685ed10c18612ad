"""The words of a mail, as plain text and as simple HTML made of the same words."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language


def written(template: str, words: Mapping[str, Any], *, subject: object) -> tuple[str, str]:
    """Renders a text template in the active language; returns (plain text, HTML)."""
    text = re.sub(r"\n{3,}", "\n\n", render_to_string(template, words).strip())
    frame = {"paragraphs": text.split("\n\n"), "subject": subject, "lang": get_language()}
    return f"{text}\n", render_to_string("includes/mail.html", frame)

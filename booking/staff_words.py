"""Answers as the staff reads them: what nobody chose is told of nobody, and not said to a "you"."""

import re
from typing import Any

NOT_CHECKED = re.compile(r"\bYou checked (no)((?:thing)?\b[^.]*)\.")


def of(text: dict[str, Any]) -> dict[str, Any]:
    """The same text in English, for the desk and the chart: No warning sign was checked."""
    groups = [
        group | {"points": [_told(point) for point in group["points"]]} for group in text.get("groups", ())
    ]
    return text | {"groups": groups} if groups else text


def _told(point: str) -> str:
    return NOT_CHECKED.sub(lambda found: f"{found[1].capitalize()}{found[2]} was checked.", point)

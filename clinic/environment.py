"""Reads environment variables strictly: a wrong or missing one stops the start with a sentence that helps."""

import os
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

WHERE_TO_LOOK = "See .env.example for what it means."


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default it must be set."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"The environment variable {name} is not set. {WHERE_TO_LOOK}")
    return value


def flag(name: str, default: bool) -> bool:
    """True or False, spelled just so: a typo must not silently mean off."""
    value = text(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}. {WHERE_TO_LOOK}")
    return value == "True"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}. {WHERE_TO_LOOK}")
    return int(value)


def choice(name: str, allowed: Sequence[str], default: str | None = None) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name} must be one of {', '.join(allowed)}, not {value!r}. {WHERE_TO_LOOK}"
        )
    return value


def listing(name: str, default: str = "") -> list[str]:
    """Comma-separated values, empty ones dropped."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]

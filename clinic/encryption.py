"""Encrypts what must not be readable in a stolen database or cookie; the keys live in the environment."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from hmac import new as hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """The text was not encrypted with our keys, was changed, or is too old."""


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in keys])


def _current() -> MultiFernet:
    return _fernet(tuple(settings.ENCRYPTION_KEYS))


def encrypt(text: str) -> str:
    """Any text in, a URL-safe token out (Fernet, first key of ENCRYPTION_KEYS)."""
    return _current().encrypt(text.encode()).decode()


def decrypt(token: str, *, max_age: int | None = None) -> str:
    """The text of a token made by any of our keys, at most `max_age` seconds ago.

    Raises Unreadable for anything else.
    """
    try:
        return _current().decrypt(token.encode(), ttl=max_age).decode()
    except (InvalidToken, UnicodeError, ValueError) as error:
        raise Unreadable from error


def keyed_hash(text: str) -> str:
    """Finds equal values without showing them: 64 hexadecimal digits, HMAC-SHA-256 with LOOKUP_KEY."""
    return hmac(settings.LOOKUP_KEY.encode(), text.encode(), sha256).hexdigest()


class EncryptedTextField(models.TextField[str, str]):
    """Plain text in Python, ciphertext in the column. It cannot be searched; "" stays ""."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return decrypt(value) if value else value

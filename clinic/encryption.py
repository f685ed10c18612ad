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


@lru_cache(maxsize=32)
def _fernet(keys: tuple[str, ...], purpose: str) -> MultiFernet:
    # Each purpose has keys of its own; those of the database's columns are the plain ones.
    own = [hmac(key.encode(), purpose.encode(), sha256) if purpose else sha256(key.encode()) for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(each.digest())) for each in own])


def _for(purpose: str) -> MultiFernet:
    return _fernet(tuple(settings.ENCRYPTION_KEYS), purpose)


def encrypt(text: str, *, purpose: str = "") -> str:
    """Any text in, a URL-safe token out (Fernet, first key of ENCRYPTION_KEYS).

    What leaves the house names its purpose: a token made for one cannot be read as another.
    """
    return _for(purpose).encrypt(text.encode()).decode()


def decrypt(token: str, *, purpose: str = "", max_age: int | None = None) -> str:
    """The text of a token made for this purpose by any of our keys, at most `max_age` seconds ago.

    Raises Unreadable for anything else.
    """
    try:
        return _for(purpose).decrypt(token.encode(), ttl=max_age).decode()
    except (InvalidToken, UnicodeError, ValueError) as error:
        raise Unreadable from error


def renewed(token: str) -> str:
    """The same text under the first of our keys; a token that is under it already stays as it is.

    Raises Unreadable for what none of our keys opens.
    """
    try:
        _fernet(tuple(settings.ENCRYPTION_KEYS[:1]), "").decrypt(token.encode())
    except InvalidToken:
        return encrypt(decrypt(token))
    return token


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

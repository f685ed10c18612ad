"""The secret link to a patient's own page: made from a seed with a key, never stored, found again by its hash."""

import re
import secrets
from datetime import timedelta

from clinic.encryption import keyed_hash

# After the last change of the request.
GOOD_FOR = timedelta(days=60)
# 160 bits.
DIGITS = 40


def new_seed() -> str:
    """A new seed makes a new link; the old one stops working."""
    return secrets.token_hex(16)


def token_of(seed: str) -> str:
    return keyed_hash(f"status page {seed}")[:DIGITS]


def hash_of(token: str) -> str:
    return keyed_hash(f"status link {token}")


def looks_right(token: str) -> bool:
    return re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}", token) is not None

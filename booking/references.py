"""References that can be said on the phone: MK7-4QX."""

import secrets

# No 0/O, 1/I/L, U/V mix-ups, and no A, E or U: no reference spells a word.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Six of 28 characters: 480 million references, so that a clash is rare and simply drawn again."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{drawn[:3]}-{drawn[3:]}"

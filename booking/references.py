"""References that can be read aloud, and copied by hand: MK7-4QX."""

import secrets

# Of signs that look alike one at most: no 0 or O, no 1, I or L, no U beside V; of 5/S, 2/Z, 8/B and 6/G the digit. No A
# and no E either, so that no reference spells a word. C, D, P, T, V and 3 still sound alike on the phone, as do M and N;
# without them it would take seven signs. One that was misheard is hardly ever somebody else's, since a clinic uses some
# thousands of 191 million, and the desk sees at once whether the name fits.
ALPHABET = "23456789CDFHJKMNPQRTVWXY"
# Those drawn earlier may hold these as well. They stay as they are, and are found as they are.
ONCE_DRAWN = "BGSZ"


def new_reference() -> str:
    """Six of 24 characters: 191 million references, so that a clash is rare and simply drawn again."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{drawn[:3]}-{drawn[3:]}"

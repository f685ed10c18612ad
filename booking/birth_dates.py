"""A birth date from three boxes: which box is wrong, or the date. Pure."""

from calendar import monthrange
from datetime import date

OLDEST = 125


class WrongPart(Exception):
    """`part` is month, day or year; `reason` is missing, month, day, year or future."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(part, reason)
        self.part = part
        self.reason = reason


def read_birth_date(*, month: str, day: str, year: str, today: date) -> date | None:
    """None when all three are empty. Raises WrongPart for the first box that needs another look."""
    parts = {"month": month.strip(), "day": day.strip(), "year": year.strip()}
    if not any(parts.values()):
        return None
    for part, text in parts.items():
        if not text:
            raise WrongPart(part, "missing")
    month_number = _number(parts["month"], part="month", low=1, high=12)
    year_number = _number(parts["year"], part="year", low=today.year - OLDEST, high=today.year)
    last_day = monthrange(year_number, month_number)[1]
    born = date(year_number, month_number, _number(parts["day"], part="day", low=1, high=last_day))
    if born > today:
        raise WrongPart("year", "future")
    return born


def _number(text: str, *, part: str, low: int, high: int) -> int:
    number = int(text) if text.isdecimal() and len(text) <= 4 else -1
    if not low <= number <= high:
        raise WrongPart(part, part)
    return number

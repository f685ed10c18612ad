"""PURE: what is kept of a request to find it by, and what somebody means who types into the search box.

Names are folded (no accents, no capitals, any script) and found by the start of any of their words. Phone numbers
are kept as endings that somebody may remember, each looked up by its start.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

LONGEST_WORD = 120
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january enero", "february febrero", "march marzo", "april abril", "may mayo", "june junio",
            "july julio", "august agosto", "september septiembre setiembre", "october octubre",
            "november noviembre", "december diciembre",
        ), start=1,
    )
    for name in names.split()
}  # fmt: skip
# Letters that no decomposition takes apart, as people without them on the keyboard write them.
PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
    | dict.fromkeys("ʼʻ`´", "'")
)
REFERENCE = re.compile(r"[2-9BCDFGHJKMNPQRSTVWXYZ]{6}")
EXTENSION = re.compile(r"\s*\b(?:x|ext\.?|extension)\s*\d+\s*$", re.IGNORECASE)
YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[-/. ](?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})\b")
MONTH_FIRST = re.compile(
    r"\b(?P<month>\d{1,2})\s?[-/. ]\s?(?P<day>\d{1,2})\s?[-/. ]\s?(?P<year>\d{4}|\d\d)\b"
)
MONTH_WORD = r"(?P<month>[^\W\d_]{3,10})"
DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR_NUMBER = r"'?(?P<year>\d{4}|\d\d)\b"
IN_WORDS = re.compile(rf"\b{MONTH_WORD}\.?\s?{DAY_NUMBER}[\s,]+{YEAR_NUMBER}", re.IGNORECASE)
DAY_IN_WORDS = re.compile(
    rf"\b{DAY_NUMBER}[\s-]?(?:of |de )?{MONTH_WORD}\.?[\s,-]+(?:de )?{YEAR_NUMBER}", re.IGNORECASE
)
NO_GAPS = re.compile(r"^(?P<month>\d\d)(?P<day>\d\d)(?P<year>\d{4}|\d\d)$")
WRITINGS = (YEAR_FIRST, MONTH_FIRST, IN_WORDS, DAY_IN_WORDS, NO_GAPS)


@dataclass(frozen=True)
class Wanted:
    """Everything that is given must fit; of several dates or phone beginnings, any one."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    born: tuple[date, ...] = ()
    reference: str = ""


def fold(text: str) -> str:
    """Nguyễn Thị → nguyen thi; full-width and small capital forms become plain letters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).translate(PLAIN)


def words_of_name(name: str) -> set[str]:
    """O'Brien-Smith is found by obrien, by brien and by smith."""
    words: set[str] = set()
    for token in fold(name).split():
        pieces = list(_pieces(token))
        words |= {*pieces, "".join(pieces)}
    return {word[:LONGEST_WORD] for word in words if word}


def words_of_phone(number: str) -> set[str]:
    """+15125550123 is found by 5125550123, 5550123 and 0123; a number from abroad also with its country."""
    digits = _digits(number)
    words = {digits[-length:] for length in (10, 7, 4) if len(digits) >= length}
    return words if number.startswith("+1") or not digits else words | {digits}


def words_of(*, names: Iterable[str], phone: str) -> set[str]:
    """Every word by which a request is found."""
    return words_of_phone(phone).union(*map(words_of_name, names))


def meanings(typed: str, *, today: date) -> list[Wanted]:
    """What somebody may mean by this, each of them worth a look; none when there is nothing to look for."""
    text = " ".join(typed.split())
    wanted = []
    bare = re.sub(r"[\W_]", "", text).upper()
    if REFERENCE.fullmatch(bare):
        wanted.append(Wanted(reference=f"{bare[:3]}-{bare[3:]}"))
    for writing in WRITINGS:
        found = writing.search(text)
        born = _dates(found, today) if found else ()
        if found and born:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            wanted.append(_with_names(rest, born=born))
            break
    without = _with_names(EXTENSION.sub("", text))
    return [*wanted, without] if without.names or without.phones else wanted


def _with_names(text: str, *, born: tuple[date, ...] = ()) -> Wanted:
    tokens = text.split()
    named = [token for token in tokens if any(mark.isalpha() for mark in token)]
    numbers = _digits("".join(token for token in tokens if token not in named))
    starts = ("".join(_pieces(fold(token)))[:LONGEST_WORD] for token in named)
    return Wanted(
        # The longest first: it is the rarest.
        names=tuple(sorted({start for start in starts if start}, key=lambda start: (-len(start), start))),
        phones=_phone_starts(numbers) if 3 <= len(numbers) <= 18 else (),
        born=born,
    )


def _phone_starts(digits: str) -> tuple[str, ...]:
    """With and without what is dialled in front of an area code or a country."""
    starts = [digits]
    for front in ("1", "011", "00", "001", "0111"):
        if digits.startswith(front) and len(digits) >= len(front) + 4:
            starts.append(digits[len(front) :])
    return tuple(dict.fromkeys(starts))


def _dates(found: re.Match[str], today: date) -> tuple[date, ...]:
    month = found["month"]
    number = int(month) if month.isdecimal() else _month(month)
    years = [int(found["year"])]
    if len(found["year"]) == 2:
        years = [1900 + years[0], 2000 + years[0]]
    dates = []
    for year in years:
        try:
            born = date(year, number, int(found["day"]))
        except ValueError:
            continue
        if born <= today:
            dates.append(born)
    return tuple(dates)


def _month(word: str) -> int:
    folded = fold(word)
    return next((number for name, number in MONTHS.items() if name.startswith(folded)), 0)


def _pieces(folded: str) -> Iterator[str]:
    """Runs of letters with their vowel signs, and of digits."""
    piece = ""
    for mark in folded:
        if unicodedata.category(mark)[0] in "LMN":
            piece += mark
        elif piece:
            yield piece
            piece = ""
    if piece:
        yield piece


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(mark)) for mark in text if mark.isdecimal())

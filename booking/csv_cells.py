"""PURE: cells of a CSV file that no spreadsheet takes for a formula."""

import unicodedata

# Also as full-width twins, which some spreadsheets read as the same; a cell may hide them behind blanks.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫")


def safe(value: object) -> str:
    """The text of a cell; one that could be read as a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    visible = text.lstrip(" \u00a0\u200b\u200e\u200f\u2060\ufeff\u3000")
    first = unicodedata.normalize("NFKC", visible[:1])[:1]
    if first and (first in FORMULA_STARTS or visible[0] in FORMULA_STARTS):
        return f"'{text}"
    return text

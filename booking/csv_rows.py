"""Tables as CSV files that a spreadsheet opens as text: no cell can be run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

# A spreadsheet takes what begins so for a formula, also behind spaces and in its full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BREAKS = ("\t", "\r", "\n", "\0")
Cell = str | int | float | None
# Excel reads UTF-8 only behind this mark.
MARK = "\ufeff"


def cell(value: Cell) -> str:
    """One value as text; what could be run gets an apostrophe in front. A number of ours stays a number."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\0", "")
    starts = text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if starts or text.startswith(BREAKS) else text


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    written = StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return MARK + written.getvalue()


def csv_response(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A file to keep; `name` is ours and holds no name of a person."""
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response

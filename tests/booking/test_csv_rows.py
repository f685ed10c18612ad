"""Tables as files: whatever was typed stays text in a spreadsheet."""

import csv
from io import StringIO

import pytest

from booking.csv_rows import cell, csv_response


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "  =1+1",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        '=HYPERLINK("http://x")',
        "\0=1",
    ],
)
def test_no_cell_begins_a_formula(typed: str) -> None:
    assert cell(typed).startswith("'")


def test_ordinary_words_and_numbers_stay_as_they_are() -> None:
    assert [cell(each) for each in ("Rosa Sample", "O'Neil", "", None, -3, 2.5)] == [
        "Rosa Sample", "O'Neil", "", "", "-3", "2.5",
    ]  # fmt: skip


def test_file_is_read_back_with_every_break_and_quote() -> None:
    rows = [["name", "note"], ['Ann "Test"', "two\nlines, and a comma"], ["Ñandú", ""]]

    response = csv_response("requests", rows)

    text = response.content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text, newline=""))) == rows
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Disposition"] == 'attachment; filename="requests.csv"'

"""What a report shows: a table of words and numbers, and the chart that is drawn from the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

COLUMN_TOP, COLUMN_BOTTOM = 26.0, 160.0
# So many columns still have room for their number on top, and so many labels stand below them.
MOST_NUMBERED = 13
# So many characters stand side by side above the columns where the screen is narrow.
NARROW_CHARACTERS = 26
MOST_LABELS = 5
BAR_ROW = 48
# In percent; what is left holds the number behind the bar.
LONGEST_BAR = 84.0


@dataclass(frozen=True)
class Row:
    """`values` stand in the order of the table's columns; None where there is nothing to count."""

    label: str
    values: tuple[float | None, ...]
    # Below a column there is little room.
    short: str = ""


@dataclass(frozen=True)
class Table:
    """`shape` is "columns" for what follows the calendar, "bars" for the rest; `says` is the sentence above it."""

    key: str
    title: str
    says: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    shape: str = "bars"
    # Which of the table's columns the chart shows.
    drawn: tuple[int, ...] = (0,)
    notes: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not any(value for row in self.rows for value in row.values)

    @property
    def written(self) -> list[tuple[str, list[str]]]:
        return [(row.label, [number(value) for value in row.values]) for row in self.rows]

    @property
    def chart(self) -> "Columns | Bars":
        return columns(self) if self.shape == "columns" else bars(self)


@dataclass(frozen=True)
class Mark:
    """One rectangle; `series` 0 is filled, 1 is hollow. Across it is measured in percent, down in pixels."""

    x: str
    y: str
    width: str
    height: str
    series: int


@dataclass(frozen=True)
class Text:
    x: str
    y: str
    anchor: str
    words: str
    # Left out where the screen is narrow.
    is_minor: bool = False


@dataclass(frozen=True)
class Columns:
    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]
    height: int = 190


@dataclass(frozen=True)
class Bars:
    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]
    height: int


def number(value: float | None) -> str:
    """1,200, 2.5, or a dash."""
    if value is None:
        return "–"
    return f"{int(value):,}" if value == int(value) else f"{value:,.1f}"


def columns(table: Table) -> Columns:
    count, series = max(1, len(table.rows)), len(table.drawn)
    slot = 100 / count
    width = slot * 0.76 / series
    highest = _highest(table)
    marks, texts = [], []
    for place, row in enumerate(table.rows):
        for turn, column in enumerate(table.drawn):
            value = row.values[column] or 0
            tall = (COLUMN_BOTTOM - COLUMN_TOP) * value / highest
            x, top = place * slot + slot * 0.12 + turn * width, COLUMN_BOTTOM - tall
            marks.append(Mark(_percent(x), f"{top:.1f}", _percent(width), f"{tall:.1f}", turn))
            if value and count * series <= MOST_NUMBERED:
                words = number(value)
                touches = len(words) * count * series > NARROW_CHARACTERS
                texts.append(Text(_percent(x + width / 2), f"{top - 7:.1f}", "middle", words, touches))
    return Columns(tuple(marks), (*texts, *_labels(table.rows, slot)))


def _labels(rows: Sequence[Row], slot: float) -> list[Text]:
    """A few of the weeks below their columns; the first and the last stay inside the picture."""
    step = ceil(len(rows) / MOST_LABELS)
    texts = []
    for place in range(0, len(rows), step):
        first, last = (
            place == 0 and len(rows) > MOST_LABELS,
            place == len(rows) - 1 and len(rows) > MOST_LABELS,
        )
        anchor, x = (
            ("start", place * slot) if first else ("end", 100.0) if last else ("middle", (place + 0.5) * slot)
        )
        is_minor = (place // step) % 2 == 1
        words = rows[place].short or rows[place].label
        texts.append(Text(_percent(x), f"{COLUMN_BOTTOM + 22:.0f}", anchor, words, is_minor))
    return texts


def bars(table: Table) -> Bars:
    highest = _highest(table)
    marks, texts = [], []
    for place, row in enumerate(table.rows):
        value, top = row.values[table.drawn[0]] or 0, place * BAR_ROW
        wide = LONGEST_BAR * value / highest
        marks.append(Mark("0%", str(top + 24), _percent(wide), "14", 0))
        texts.append(Text("0%", str(top + 18), "start", row.label))
        texts.append(Text(_percent(wide + 1.5 if value else 0), str(top + 36), "start", number(value)))
    return Bars(tuple(marks), tuple(texts), max(1, len(table.rows)) * BAR_ROW)


def _highest(table: Table) -> float:
    return max((row.values[column] or 0 for row in table.rows for column in table.drawn), default=0) or 1


def _percent(value: float) -> str:
    return f"{value:.2f}%"

"""PURE. The arithmetic of the reports: percentiles, and the weeks or months of a period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# A longer period is told by month, so that its chart can still be read.
MOST_WEEKS = 54


@dataclass(frozen=True)
class Period:
    """Days, both ends included."""

    first: date
    last: date

    @property
    def by_month(self) -> bool:
        return (self.last - self.first).days >= 7 * MOST_WEEKS

    def start_of(self, day: date) -> date:
        """The Monday of its week, or the first of its month: the name of the part that a day belongs to."""
        return day.replace(day=1) if self.by_month else day - timedelta(days=day.weekday())

    def parts(self) -> Iterator[date]:
        """Every week or month that the period touches, oldest first."""
        part = self.start_of(self.first)
        while part <= self.last:
            yield part
            part = self.start_of(part + timedelta(days=32 if self.by_month else 7))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0 to 1) of the values lie, between neighbours in a straight line; 0.5 is the median.

    None without values. For 1, 2, 3, 4 the median is 2.5, and the 90th percentile 3.7.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)

"""The results of the bench as a Markdown table."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Measured(Protocol):
    """Seconds, and the ratios that count."""

    @property
    def case(self) -> str: ...
    @property
    def small(self) -> float: ...
    @property
    def large(self) -> float: ...
    @property
    def admin(self) -> float: ...
    @property
    def growth(self) -> float: ...
    @property
    def of_admin(self) -> float: ...
    @property
    def is_good(self) -> bool: ...


def written(
    results: Sequence[Measured],
    *,
    tuned: float,
    small: int,
    large: int,
    rounds: int,
    growth: float,
    of_admin: float,
    day: date,
) -> str:
    lines = [
        f"Measured on {day:%B} {day.day}, {day.year}: medians of {rounds} rounds. Django's own admin list took "
        f"{results[0].admin * 1000:,.0f} ms over the same {large:,} requests "
        f"({tuned * 1000:,.0f} ms with its list_select_related set by hand), and its search for one person "
        f"{max(each.admin for each in results) * 1000:,.0f} ms; searches are compared with that.",
        "",
        f"| what | {small:,} requests | {large:,} requests | grown | of the admin's time | |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.case} | {each.small * 1000:.1f} ms | {each.large * 1000:.1f} ms | × {each.growth:.2f} "
        f"| {each.of_admin:.3f} | {'good' if each.is_good else 'BROKEN'} |"
        for each in results
    ]
    lines += ["", f"Limits: grown at most × {growth}; at most {of_admin} of the admin's time.", ""]
    return "\n".join(lines)

"""PURE. An id for each heading of one text, as Python-Markdown gives them: "risks", "risks_1", "risks_2"."""

import re
from dataclasses import dataclass, field

COUNTED = re.compile(r"^(.*)_([0-9]+)$")


@dataclass
class Ids:
    """Remembers where each count went on, so that many equal headings take as many steps and no more."""

    taken: set[str] = field(default_factory=set)
    # (stem, number) → a later number of this stem from which on one may be free.
    later: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, own: str) -> str:
        """An id that the writer chose; it stays as it is."""
        self.taken.add(own)
        return own

    def unique(self, wanted: str) -> str:
        made = wanted
        if not wanted or wanted in self.taken:
            counted = COUNTED.match(wanted)
            stem, number = (counted[1], int(counted[2])) if counted else (wanted, 0)
            made = f"{stem}_{self._free(stem, number + 1)}"
        return self.add(made)

    def _free(self, stem: str, number: int) -> int:
        passed: list[int] = []
        while f"{stem}_{number}" in self.taken:
            passed.append(number)
            number = self.later.get((stem, number), number + 1)
        for each in passed:
            self.later[(stem, each)] = number
        return number

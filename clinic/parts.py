"""What other rooms hand in for the snapshot: rows read off the request path, and kept while the database is away."""

from datetime import datetime
from typing import Any, Protocol


class Holding(Protocol):
    """What of a part holds at one moment."""

    @property
    def version(self) -> str:
        """Changes whenever anything that a page shows has changed."""


class Part(Protocol):
    name: str

    def read(self) -> Any:
        """Everything that matters now or later, from the database. Equal rows mean that nothing has changed."""

    def at(self, known: Any, moment: datetime) -> Holding:
        """What of it holds at this moment; asked every few seconds, so that a time comes without a write."""

    def dump(self, known: Any) -> str:
        """Its text for the file that helps a process to start while the database is away."""

    def load(self, text: str) -> Any:
        """What `dump` wrote; of "" that nothing is known. Raises ValueError when it cannot be read."""


PARTS: dict[str, Part] = {}


def add(part: Part) -> None:
    """Called once, when the site starts."""
    PARTS[part.name] = part

"""Why an action did nothing. Each says in plain words what to do; nothing was written."""

from collections.abc import Sequence
from datetime import datetime

from content.findings import Finding


class Refused(Exception):
    """`str()` is the sentence to show."""


class NotAllowed(Refused):
    """This person may not do that, or not alone."""


class NothingToDo(Refused):
    """There is no draft, schedule or text that this could be done with."""


class BadText(Refused):
    """The text cannot be kept as it is, or not as this document."""


class BadTime(Refused):
    """No moment, or one that has passed."""


class Scheduled(Refused):
    """Another text of this document is to go live; that must be settled first."""


class StaleVersion(Refused):
    """Something was written, came due or was deployed since the form was shown. Holds both texts."""

    def __init__(
        self, words: str, *, mine: str, theirs: str, by_whom: str = "", when: datetime | None = None
    ) -> None:
        super().__init__(words)
        self.mine, self.theirs, self.by_whom, self.when = mine, theirs, by_whom, when


class Overtaken(StaleVersion):
    """What readers get is no longer what this draft was made from."""


class Blocked(Refused):
    """The checks found errors."""

    def __init__(self, words: str, findings: Sequence[Finding]) -> None:
        super().__init__(words)
        self.findings = tuple(findings)


class PathTaken(Blocked):
    """Another page, or a room of the site, stands at this address."""


class ReasonsNeeded(Blocked):
    """The checks warn, and nobody has said why that may stand."""

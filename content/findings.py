"""PURE. What a check of words hands back: findings, with file, line and what to do, and the exemptions it met."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """`words` is the passage concerned; `advice` says what to do about it."""

    rule: str
    severity: str
    file: str
    line: int
    words: str
    advice: str

    def __str__(self) -> str:
        quoted = f" “{self.words}”" if self.words else ""
        mark = "" if self.severity == ERROR else " (warning)"
        return f"{self.file}:{self.line}: {self.rule}{mark}: {self.advice}{quoted}"


@dataclass(frozen=True)
class Exemption:
    """A sentence that its writer let stand against `rule`, and why."""

    rule: str
    file: str
    line: int
    words: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: exempt, {self.reason} “{self.words}”"

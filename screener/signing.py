"""What of the check a clinician signs, and what is signed: the rules by their digest, the words by language."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone

from clinic import snapshot
from clinic.facts import SignatureFacts
from screener import rules, words


@dataclass(frozen=True)
class Signable:
    """One text as it runs now, and its newest signature, which may be of an earlier text."""

    subject: str
    key: str
    lang: str
    digest: str
    signature: SignatureFacts | None

    @property
    def code(self) -> str:
        return f"{self.subject}-{self.lang}" if self.lang else self.subject

    @property
    def is_signed(self) -> bool:
        return self.signature is not None and self.signature.digest == self.digest

    @property
    def has_changed(self) -> bool:
        return self.signature is not None and self.signature.digest != self.digest

    @property
    def is_overdue(self) -> bool:
        return self.signature is not None and self.signature.good_until <= timezone.localdate()


def signables() -> tuple[Signable, ...]:
    """The rules first, then the words of each language."""
    return (_rules(), *(_signable("words", "screener", lang, words.digest(lang)) for lang in words.LANGUAGES))


def rules_are_signed() -> bool:
    """Also when the next review is overdue: what the calendar brings warns, and takes nothing down."""
    return _rules().is_signed


def _rules() -> Signable:
    return _signable("rules", rules.RULES_VERSION, "", _running_digest())


def _signable(subject: str, key: str, lang: str, digest: str) -> Signable:
    return Signable(subject, key, lang, digest, snapshot.current().signature(subject, key, lang))


@lru_cache(maxsize=1)
def _running_digest() -> str:
    return rules.digest()

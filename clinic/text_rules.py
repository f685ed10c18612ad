"""The rules for words that patients read, as any room may ask for them; the room of texts puts its own in."""

from collections.abc import Callable, Iterable

# Each takes a text and its language, and yields what is wrong with it, in a sentence that says what to do.
rules: list[Callable[[str, str], Iterable[str]]] = []


def faults_of(text: str, lang: str) -> list[str]:
    return [fault for rule in rules for fault in rule(text, lang)]

"""PURE. Fields such as {name} in a text that staff keep for many people, and what is put into them."""

import re
from collections.abc import Mapping

# Only these can be filled in. None of them tells anything about health.
FIELDS = ("name", "reference", "clinic", "phone", "office", "hours", "staff")
FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Puts the values in, once: what a value itself holds is never read as a field. An unknown field stays."""
    return FIELD.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def unknown(text: str) -> list[str]:
    """What looks like a field and is none, as it was typed; a brace alone counts too."""
    wrong = [found[0] for found in FIELD.finditer(text) if found[1].strip() not in FIELDS]
    return [*wrong, *re.findall(r"[{}]", FIELD.sub("", text))]


def left(text: str) -> list[str]:
    """Every field and brace that still waits to be filled in, as it was typed."""
    return [*(found[0] for found in FIELD.finditer(text)), *re.findall(r"[{}]", FIELD.sub("", text))]


def without(text: str) -> str:
    """The words alone, for the rules that read them."""
    return FIELD.sub("", text)

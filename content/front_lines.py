"""PURE. Front matter as single values in the raw text: read them, and write one back without touching anything else."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from content.documents import BadDocument, normal_form, parse

# What JSON leaves as it is and YAML reads as the end of a line, or refuses.
BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
DASHES = "---"


@dataclass(frozen=True)
class Parts:
    """A document in two pieces that make the whole again: `front` ends with the second line of dashes."""

    front: str
    body: str

    @property
    def whole(self) -> str:
        return self.front + self.body


@dataclass(frozen=True)
class Value:
    """One value: where it stands in the text, how it is written there, and on which line, counted from 1."""

    words: str
    start: int
    end: int
    style: str
    inside: bool
    line: int


def parts_of(text: str) -> Parts:
    """Splits a text, in its normal form, behind its front matter. Raises BadDocument when there is none."""
    raw = normal_form(text)
    parse("", raw)
    lines = re.findall(r"[^\n]*\n", raw)
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == DASHES)
    return Parts("".join(lines[: end + 1]), "".join(lines[end + 1 :]))


def values_of(front: str) -> dict[str, str]:
    """Every value of a front matter as words; one language of a text stands as `label.en`. Raises BadDocument."""
    return {name: value.words for name, value in _values(front).items()}


def lines_of(front: str) -> dict[str, int]:
    """On which line each value stands."""
    return {name: value.line for name, value in _values(front).items()}


def with_values(front: str, wanted: Mapping[str, str]) -> str:
    """The front matter with these values; every other character stays as it was. Raises BadDocument."""
    there = _values(front)
    for name, words in wanted.items():
        plain = " ".join(words.split())
        if name not in there:
            front = _added(front, name, plain)
        elif there[name].words != plain:
            front = _replaced(front, name, there[name], plain)
        else:
            continue
        there = _values(front)
    return front


def _values(front: str) -> dict[str, Value]:
    parse("", front)
    opening = front.index("\n") + 1
    inner = front[opening : front.rindex(DASHES)]
    root = yaml.compose(inner, Loader=yaml.SafeLoader)
    return dict(_walk(root, opening, "", inside=False)) if isinstance(root, yaml.MappingNode) else {}


def _walk(node: yaml.MappingNode, opening: int, above: str, *, inside: bool) -> Iterator[tuple[str, Value]]:
    for key, value in node.value:
        name = f"{above}{key.value}"
        if isinstance(value, yaml.MappingNode):
            yield from _walk(value, opening, f"{name}.", inside=bool(value.flow_style))
        elif isinstance(value, yaml.ScalarNode):
            words = "" if value.tag.endswith(":null") else str(value.value)
            yield (
                name,
                Value(
                    words=words,
                    start=opening + value.start_mark.index,
                    end=opening + value.end_mark.index,
                    style=value.style or "",
                    inside=inside,
                    line=value.start_mark.line + 2,
                ),
            )


def _replaced(front: str, name: str, there: Value, words: str) -> str:
    """Written as it was written before if that says the same, otherwise between double quotes."""
    before, after = front[: there.start], front[there.end :]
    if there.start == there.end and not before.endswith(" "):
        before += " "
    # A text of several lines ends with its last line break.
    after = "\n" + after if there.style in ("|", ">") else after
    return _first_right([before + way + after for way in _ways(words, there.style)], name, words, front)


def _ways(words: str, style: str) -> list[str]:
    single = "'" + words.replace("'", "''") + "'"
    return {"'": [single, _quoted(words)], '"': [_quoted(words)]}.get(style, [words, _quoted(words)])


def _quoted(words: str) -> str:
    return BREAKS.sub(lambda mark: f"\\u{ord(mark.group()):04x}", json.dumps(words, ensure_ascii=False))


def _first_right(tried: list[str], name: str, words: str, before: str) -> str:
    """The first that says the wanted words and all else as before; if one keeps the kind of the value, that one."""
    others = {**values_of(before), name: words}
    right = [each for each in tried if _read(each) == others]
    kind = type(_found(parse("", before).front, name))
    same = [each for each in right if type(_found(parse("", each).front, name)) is kind]
    if not right:
        raise BadDocument("", 1, f"These words cannot be written for {name}.")
    return (same or right)[0]


def _read(front: str) -> Mapping[str, str] | None:
    try:
        return values_of(front)
    except BadDocument:
        return None


def _found(front: Mapping[str, object], name: str) -> object:
    value: object = front
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _added(front: str, name: str, words: str) -> str:
    """A line of its own before the second line of dashes."""
    if "." in name:
        raise BadDocument("", 1, f"The key {name.split('.')[0]!r} is missing.")
    end = front.rindex(DASHES)
    # Words stay words: only a number is written as it is where YAML would read it as something else.
    ways = (words, _quoted(words)) if words.isdecimal() or _is_words(words) else (_quoted(words),)
    tried = [f"{front[:end]}{name}: {way}\n{front[end:]}" for way in ways]
    right = [each for each in tried if _read(each) == {**values_of(front), name: words}]
    if not right:
        raise BadDocument("", 1, f"These words cannot be written for {name}.")
    return right[0]


def _is_words(words: str) -> bool:
    try:
        return isinstance(yaml.safe_load(words), str)
    except yaml.YAMLError:
        return False

"""PURE. A document is Markdown with YAML front matter: parse it, check its front matter, hash its normal form."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import yaml

from content.bounds import front_too_much, too_much
from content.strict_yaml import StrictLoader

KINDS = ("home", "guide", "clinical", "faq", "glossary", "contact", "emergency", "legal")
LANGUAGES = ("en", "es")
PAGE_KEYS = {
    "id": str,
    "lang": str,
    "path": str,
    "title": str,
    "nav": str,
    "summary": str,
    "main_message": str,
    "kind": str,
    "review_every": int,
    "translates": str,
    "replaces": str,
    "old_paths": str,
}
OPTIONAL_PAGE_KEYS = ("translates", "replaces", "old_paths")
SOURCE_KINDS = (
    "trial", "one-group", "records", "observation", "signs", "case", "review", "experts", "guideline", "patients", "plan",
    "payer", "device", "rule", "web", "company", "news", "clinic", "habit",
)  # fmt: skip
SOURCE_TEXTS = ("label", "design", "size", "length", "comparison", "limits", "paid_by")
LARGEST = 64 * 1024
# One half of a pair that UTF-16 needs for an emoji; no file can hold it.
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
LONGEST_PATH = 160
# In months.
LONGEST_REVIEW = 60


class BadDocument(Exception):
    """A document that cannot be used. Says in which file and line, and what to do about it."""

    def __init__(self, name: str, line: int, fault: str) -> None:
        super().__init__(f"{name}, line {line}: {fault}")
        self.name, self.line, self.fault = name, line, fault


@dataclass(frozen=True)
class Document:
    """Front matter and body of one text. `body_line` is the line on which the body starts, counted from 1.

    `text` is the whole in its normal form, of which `digest` is the hash.
    """

    name: str
    front: Mapping[str, Any]
    body: str
    body_line: int
    digest: str
    text: str = field(repr=False, default="")


@dataclass(frozen=True)
class Page:
    """One education page. `path` is its address from the root, such as /mild/risks/ or /es/mild/riesgos/.

    `old_paths` are addresses of before, parted by spaces: they lead here.
    """

    id: str
    lang: str
    path: str
    title: str
    nav: str
    summary: str
    main_message: str
    kind: str
    review_every: int
    translates: str
    replaces: str
    document: Document = field(repr=False)
    old_paths: str = ""

    @property
    def body(self) -> str:
        return self.document.body


@dataclass(frozen=True)
class Source:
    """One study or document that a claim may rest on. Texts come as {language: words}."""

    key: str
    kind: str
    title: str
    link: str
    checked_on: str
    verified: str
    texts: Mapping[str, Mapping[str, str]]
    document: Document = field(repr=False)

    def text(self, name: str, lang: str) -> str:
        return self.texts[name].get(lang) or self.texts[name]["en"]

    def label(self, lang: str) -> str:
        return self.text("label", lang)


def normal_form(text: str) -> str:
    """Unicode NFC, LF line ends, exactly one final newline: equal texts have equal hashes."""
    unified = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    return unified.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def digest_of(text: str) -> str:
    """SHA-256 of the normal form, as 64 hexadecimal digits."""
    return sha256(normal_form(text).encode()).hexdigest()


def parse(name: str, raw: bytes | str) -> Document:
    """Splits a text into front matter and body. Raises BadDocument with file, line and what to do."""
    text = _decoded(name, raw)
    lines = text.split("\n")
    if lines[0].strip() != "---":
        fault = "The file must start with a line of three dashes (---), then the front matter."
        raise BadDocument(name, 1, fault)
    try:
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    except StopIteration:
        raise BadDocument(name, 1, "The front matter has no closing line of three dashes (---).") from None
    front = _front_matter(name, "\n".join(lines[1:end]))
    body, line = "\n".join(lines[end + 1 :]), end + 2
    return Document(name=name, front=front, body=body, body_line=line, digest=digest_of(text), text=text)


def _decoded(name: str, raw: bytes | str) -> str:
    if len(raw) > LARGEST:
        raise BadDocument(name, 1, f"The file is larger than {LARGEST // 1024} KB. Split it into two pages.")
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadDocument(name, line, "A character is not UTF-8. Save the file as UTF-8.") from error
    if "\0" in text:
        raise BadDocument(name, text[: text.index("\0")].count("\n") + 1, "Remove the NUL character.")
    if half := HALF_A_CHARACTER.search(text):
        line = text[: half.start()].count("\n") + 1
        raise BadDocument(name, line, "Remove the character that is only half there.")
    return normal_form(text)


def _within(name: str, fault: tuple[int, str] | None) -> None:
    """Stands before the slow work: what reads YAML and Markdown takes steps times steps over a hostile text."""
    if fault:
        raise BadDocument(name, *fault)


def _front_matter(name: str, text: str) -> Mapping[str, Any]:
    _within(name, front_too_much(text))
    try:
        front = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise BadDocument(name, line, f"The front matter is not valid YAML: {error.problem}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadDocument(name, 2, f"The front matter is not valid YAML: {error}.") from error
    if not isinstance(front, dict):
        raise BadDocument(name, 2, "The front matter must be lines of the form `key: value`.")
    return front


def page_from(document: Document) -> Page:
    """The page of a document; raises BadDocument when a key is unknown, missing or of the wrong kind."""
    front = document.front
    _within(document.name, too_much(document.body.split("\n"), document.body_line))
    for key in front:
        if key not in PAGE_KEYS:
            fault = f"Unknown key {key!r}. Known: {', '.join(PAGE_KEYS)}."
            raise BadDocument(document.name, _line_of(document, key), fault)
    values: dict[str, Any] = {}
    for key, kind in PAGE_KEYS.items():
        value = front.get(key)
        if value is None and key in OPTIONAL_PAGE_KEYS:
            value = ""
        if not isinstance(value, kind) or (value == "" and key not in OPTIONAL_PAGE_KEYS):
            wanted = "a whole number" if kind is int else "text"
            raise BadDocument(document.name, _line_of(document, key), f"The key {key!r} needs {wanted}.")
        values[key] = value
    _check_values(document, values)
    return Page(document=document, **values)


def _check_values(document: Document, values: Mapping[str, Any]) -> None:
    for key, is_right, fault in _rules(values):
        if not is_right:
            raise BadDocument(document.name, _line_of(document, key), fault)


def _rules(values: Mapping[str, Any]) -> Iterator[tuple[str, bool, str]]:
    path, root = values["path"], "/es/" if values["lang"] == "es" else "/"
    plain = path.replace("/", "").replace("-", "")
    right_language = path.startswith("/es/") == (values["lang"] == "es")
    old_paths = values["old_paths"].split()
    yield "kind", values["kind"] in KINDS, f"kind must be one of {', '.join(KINDS)}."
    yield "lang", values["lang"] in LANGUAGES, f"lang must be one of {', '.join(LANGUAGES)}."
    starts_and_ends = path.startswith(root) and path.endswith("/") and right_language
    yield "path", starts_and_ends, f"path must start with {root} and end with /."
    yield "path", len(path) <= LONGEST_PATH, f"path may have {LONGEST_PATH} characters at most."
    in_months = 1 <= values["review_every"] <= LONGEST_REVIEW
    yield "review_every", in_months, f"review_every must be a number of months from 1 to {LONGEST_REVIEW}."
    are_addresses = all(re.fullmatch("/[a-z0-9/-]*", old) for old in old_paths)
    yield "old_paths", are_addresses, "old_paths must be addresses such as /mild/risks/, parted by spaces."
    known_letters = "//" not in path and (not plain or re.fullmatch("[a-z0-9]+", plain) is not None)
    yield "path", known_letters, "path may hold small letters a-z, digits, - and / only."


def source_from(document: Document) -> Source:
    """The source of a document; raises BadDocument like page_from."""
    front = document.front
    _within(document.name, too_much(document.body.split("\n"), document.body_line))
    known = {"id", "kind", "title", "link", "checked_on", "verified", *SOURCE_TEXTS}
    for key in front:
        if key not in known and key != "replaces":
            fault = f"Unknown key {key!r}. Known: {', '.join(sorted(known))}."
            raise BadDocument(document.name, _line_of(document, key), fault)
    for key in sorted(known - set(front)):
        raise BadDocument(document.name, 1, f"The key {key!r} is missing.")
    for key in SOURCE_TEXTS:
        if not isinstance(front[key], dict) or set(front[key]) != set(LANGUAGES):
            raise BadDocument(
                document.name, _line_of(document, key), f"{key!r} needs a text for en and for es."
            )
    if front["kind"] not in SOURCE_KINDS:
        fault = f"kind must be one of {', '.join(SOURCE_KINDS)}."
        raise BadDocument(document.name, _line_of(document, "kind"), fault)
    if front["link"] and not str(front["link"]).startswith(("https://", "http://")):
        fault = 'link must be a web address, or "" where there is none.'
        raise BadDocument(document.name, _line_of(document, "link"), fault)
    try:
        date.fromisoformat(str(front["checked_on"]))
    except ValueError:
        fault = "checked_on must be a day, such as 2026-01-31."
        raise BadDocument(document.name, _line_of(document, "checked_on"), fault) from None
    return Source(
        key=str(front["id"]),
        kind=str(front["kind"]),
        title=str(front["title"]),
        link=str(front["link"] or ""),
        checked_on=str(front["checked_on"]),
        verified=str(front["verified"]),
        texts={key: {lang: str(words) for lang, words in front[key].items()} for key in SOURCE_TEXTS},
        document=document,
    )


def _line_of(document: Document, key: str) -> int:
    """The line of a key: front matter starts on line 2, keys stand in the order they were written."""
    return list(document.front).index(key) + 2 if key in document.front else 1

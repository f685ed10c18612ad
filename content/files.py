"""The pages and sources of the repository, as this release was deployed; read once per process."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from content.documents import BadDocument, Document, Page, Source, page_from, parse, source_from
from content.live import Key
from content.resolve import FileFacts

log = logging.getLogger("clinic.content")
FOLDER = Path(__file__).parent
# Then a text that went through the admin and back is the same, byte for byte.
NOT_NORMAL = "Save it as UTF-8 with composed accents (NFC), plain line ends (LF), no byte order mark, one final line end."


@dataclass(frozen=True)
class FileText:
    """One file: `name` is its path in the repository, `made` what its text says."""

    name: str
    made: "Page | Source" = field(repr=False)
    # As it stands on the disk, which a patch must name exactly.
    raw: str = field(repr=False)

    @property
    def document(self) -> Document:
        return self.made.document

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def facts(self) -> FileFacts:
        return FileFacts(self.document.digest, str(self.document.front.get("replaces") or ""))


@dataclass(frozen=True, eq=False)
class Files:
    """`faults` are sentences with file, line and what to do; a faulty file is left out."""

    texts: Mapping[Key, FileText]
    faults: tuple[BadDocument, ...]


Made = Page | Source


def key_of(made: Made) -> Key:
    return ("page", made.id, made.lang) if isinstance(made, Page) else ("source", made.key, "")


def made_from(kind: str, name: str, text: bytes | str) -> Made:
    """The page or source that a text says. Raises BadDocument."""
    document = parse(name, text)
    return page_from(document) if kind == "page" else source_from(document)


def name_of(key: Key) -> str:
    """Where a document that has no file yet would stand in the repository."""
    kind, page_id, lang = key
    return f"content/pages/{lang}/{page_id}.md" if kind == "page" else f"content/sources/{page_id}.md"


def read(folder: Path) -> Files:
    """Reads pages/ and sources/ below a folder; the first of two files with one id or path stays."""
    texts: dict[Key, FileText] = {}
    paths: dict[str, str] = {}
    faults: list[BadDocument] = []
    for kind, pattern in (("page", "pages/*/*.md"), ("source", "sources/*.md")):
        for file in sorted(folder.glob(pattern)):
            name = file.relative_to(folder.parent).as_posix()
            try:
                raw = _raw(name, file)
                made = made_from(kind, name, raw)
            except BadDocument as fault:
                faults.append(fault)
                continue
            path = made.path if isinstance(made, Page) else f"source {made.key}"
            taken = texts[key_of(made)].name if key_of(made) in texts else paths.get(path)
            if taken is not None:
                words = f"The id with its language, or the path, is already taken by {taken}."
                faults.append(BadDocument(name, 2, words))
                continue
            texts[key_of(made)] = FileText(name=name, made=made, raw=raw)
            if raw != made.document.text:
                faults.append(BadDocument(name, 1, NOT_NORMAL))
            paths[path] = name
    return Files(texts=texts, faults=tuple(faults))


def _raw(name: str, file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadDocument(name, 1, f"The file cannot be read ({type(error).__name__}).") from error
    try:
        return raw.decode()
    except UnicodeDecodeError:
        parse(name, raw)
        raise


@lru_cache(maxsize=1)
def current() -> Files:
    """The files of this process."""
    found = read(FOLDER)
    for fault in found.faults:
        log.error("%s", fault)
    return found

"""Puts files and published texts together: what each document serves, at which address, and which addresses lead on."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from content.documents import BadDocument, Page, Source
from content.files import Files, Made, key_of, made_from, name_of
from content.live import Key, LiveText, LiveTexts
from content.resolve import FILE_SERVED, REVISION_SERVED, SERVED, Case, resolve

# A chain of withdrawn pages that send readers on ends after so many steps.
LONGEST_CHAIN = 10


@lru_cache(maxsize=2000)
def made_once(kind: str, name: str, text: str) -> Made:
    return made_from(kind, name, text)


class Assembly:
    """Built in one go; afterwards its fields are only read."""

    def __init__(self, files: Files, published: LiveTexts) -> None:
        self.files, self.published = files, published
        self.cases: dict[Key, Case] = {}
        self.by_path: dict[str, Page] = {}
        self.sources: dict[str, Source] = {}
        self.faults: list[BadDocument] = []
        self.moved: dict[str, str] = {}
        self.sent_on: dict[str, str] = {}
        self.gone: set[str] = set()
        self._resolve()
        # An edit can yield to its file; a file has nothing to yield to. So files take their addresses first.
        for key, case in self.cases.items():
            if SERVED[case] == FILE_SERVED:
                self._place(files.texts[key].made)
        for key, case in self.cases.items():
            if SERVED[case] == REVISION_SERVED:
                self._place_edit(key)
        self.by_path = {page.path: page for page in sorted(self.by_path.values(), key=_order)}
        self._lead_on()
        self.version = self._version()

    def _resolve(self) -> None:
        known = dict.fromkeys(self.files.texts) | dict.fromkeys(sorted(self.published.texts))
        for key in known:
            file = self.files.texts.get(key)
            text, merged = self.published.texts.get(key, (None, False))
            self.cases[key] = resolve(
                file.facts if file else None, text.facts(merged=merged) if text else None
            )

    def _place(self, made: Made) -> str:
        """ "" when it now stands at its address; else who stands there already."""
        if isinstance(made, Source):
            self.sources[made.key] = made
            return ""
        if made.path in self.by_path:
            return self.by_path[made.path].document.name
        self.by_path[made.path] = made
        return ""

    def _place_edit(self, key: Key) -> None:
        text, _merged = self.published.texts[key]
        file = self.files.texts.get(key)
        name = file.name if file else name_of(key)
        try:
            made = made_once(key[0], name, text.text)
            if key_of(made) != key:
                raise BadDocument(name, 2, "The id or the language is not that of the document.")
            taken = self._place(made)
            if taken:
                raise BadDocument(name, 2, f"The path {_path(made)} is already taken by {taken}.")
        except BadDocument as fault:
            words = f"Revision {text.number} cannot be shown. {fault.fault}"
            self.faults.append(BadDocument(name, fault.line, words))
            if file is not None:
                self._place(file.made)

    def _lead_on(self) -> None:
        now = {("page", page.id, page.lang): page.path for page in self.by_path.values()}
        before = dict(self.published.former)
        before |= {old: key for key, page in self._served() for old in page.old_paths.split()}
        before |= {_path(file.made): key for key, file in self.files.texts.items() if _path(file.made)}
        for old, key in before.items():
            if old not in self.by_path and key in now:
                self.moved[old] = now[key]
        for key, (text, _merged) in self.published.texts.items():
            if self.cases[key] is Case.WITHDRAWN and key[0] == "page":
                self._withdraw(key, text, [old for old, whose in before.items() if whose == key])
        for old in list(self.sent_on):
            self._follow(old)

    def _served(self) -> Iterator[tuple[Key, Page]]:
        return ((("page", page.id, page.lang), page) for page in self.by_path.values())

    def _withdraw(self, key: Key, text: LiveText, before: list[str]) -> None:
        try:
            last = _path(made_once(key[0], name_of(key), text.text))
        except BadDocument:
            last = ""
        for path in (last, *before):
            if path and path not in self.by_path:
                if text.redirect_to:
                    self.sent_on[path] = text.redirect_to
                else:
                    self.gone.add(path)

    def _follow(self, old: str) -> None:
        """To where a reader ends up; a chain that ends nowhere means that the page is gone."""
        target = self.sent_on[old]
        for _step in range(LONGEST_CHAIN):
            if target in self.by_path:
                self.sent_on[old] = target
                return
            target = self.moved.get(target) or self.sent_on.get(target, "")
        del self.sent_on[old]
        self.gone.add(old)

    def _version(self) -> str:
        served: list[Made] = [*self.by_path.values(), *self.sources.values()]
        said = [each.document.digest for each in served]
        said += [f"{old} {new}" for old, new in (*self.moved.items(), *self.sent_on.items())]
        return sha256("\n".join([*said, *sorted(self.gone)]).encode()).hexdigest()[:16]


def _order(page: Page) -> tuple[str, str]:
    return page.lang, page.id


def _path(made: Made) -> str:
    return made.path if isinstance(made, Page) else ""

"""PURE. What is wrong with what we say about a source."""

from collections.abc import Iterable, Iterator

from content.documents import Source
from content.findings import ERROR, Finding
from content.promises import promises
from content.raw_html import advice as instead_of
from content.raw_html import tags


def words_of_sources(sources: Iterable[Source]) -> Iterator[Finding]:
    """What we say about a source; its title and its label are names, and stay as published. HTML is nowhere."""
    for source in sources:
        for number, tag in tags(source.document.text):
            yield Finding("html", ERROR, source.document.name, number + 1, tag, instead_of(tag))
        for line, (key, texts) in enumerate(source.document.front.items(), 2):
            for lang, words in texts.items() if key in source.texts and key != "label" else ():
                for word, advice in promises(str(words), lang):
                    name = source.document.name
                    yield Finding("promise", ERROR, name, line, str(words), f"“{word}”: {advice}.")

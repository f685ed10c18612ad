"""PURE. Puts a source, a link or a picture into a text, where its writer has marked a place with @@ or was writing."""

import re

PLACE = "@@"
WORDS_OF_MARKDOWN = re.compile(r"([\[\]\\])")


def citation(key: str) -> str:
    return f"[^{key}]"


def link(words: str, address: str) -> str:
    return f"[{_plain(words)}]({address})"


def picture(name: str, alt: str, caption: str = "") -> str:
    """A picture stands alone in its paragraph; the caption is what all readers see under it."""
    title = ' "' + " ".join(caption.replace('"', "”").split()) + '"' if caption.strip() else ""
    return f"![{_plain(alt)}]({name}{title})"


def inserted(body: str, snippet: str, *, alone: bool = False, at: int | None = None) -> str:
    """The text with the snippet in the place of the first @@, or before the letter `at`, or at its end.

    A snippet that stands alone gets empty lines around it.
    """
    marked = PLACE in body or at is not None
    if PLACE in body:
        before, _mark, after = body.partition(PLACE)
    else:
        before, after = (body[:at], body[at:]) if marked else (body.rstrip("\n"), "\n")
    if alone:
        head, tail = before.rstrip("\n "), after.lstrip("\n ")
        return (head + "\n\n" if head else "") + snippet + "\n" + ("\n" + tail if tail else "")
    if not marked and not snippet.startswith("[^") and before:
        before += " "
    return before + snippet + after


def _plain(words: str) -> str:
    return WORDS_OF_MARKDOWN.sub(r"\\\1", " ".join(words.split()))

"""Every word of the interface has its Spanish, and the compiled catalog is the one that was translated."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "clinic" / "locale" / "es" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Ours, as in pyproject.toml; Django brings the Spanish of its own words.
ROOMS = ("clinic", "content", "screener", "booking")

pytestmark = pytest.mark.skipif(not CATALOG.exists(), reason="the Spanish catalog is not there yet")


def entries() -> dict[str, list[str]]:
    """msgid → its translations (several where there are plurals). Contexts are joined as gettext does."""
    return {word: spanish for word, (_english, spanish) in blocks().items()}


def blocks() -> dict[str, tuple[str, list[str]]]:
    """msgid → what the English says, in its plural too, and the translations."""
    found: dict[str, tuple[str, list[str]]] = {}
    for block in CATALOG.read_text(encoding="utf-8").split("\n\n"):
        values: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if match := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                keyword, text = match[1], match[2]
            elif line.startswith('"'):
                text = line
            else:
                continue
            values[keyword] = values.get(keyword, "") + ast.literal_eval(text)
        if values.get("msgid"):
            context = values["msgctxt"] + "\x04" if "msgctxt" in values else ""
            english = f"{values['msgid']} {values.get('msgid_plural', '')}"
            spanish = [text for name, text in values.items() if name.startswith("msgstr")]
            found[context + values["msgid"]] = (english, spanish)
    return found


def marked_in(source: str) -> Iterator[str]:
    """The constant strings that Python code marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        constants = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if name in MARKS and constants and isinstance(constants[0], str):
            yield "\x04".join(map(str, constants[:2])) if name.startswith("pgettext") else constants[0]


def marked_in_template(path: Path) -> Iterator[str]:
    """Django turns a template into calls that xgettext can read; so can we."""
    calls = re.findall(
        r"""(?:\b_|gettext|ngettext)\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""",
        templatize(path.read_text(encoding="utf-8"), origin=str(path)),
    )
    yield from (ast.literal_eval(call) for call in calls)


def test_every_word_has_its_spanish() -> None:
    known = entries()
    templates = [path for kind in ("*.html", "*.txt") for path in (ROOT / "templates").rglob(kind)]
    marked = {word for path in templates for word in marked_in_template(path)}
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            marked |= set(marked_in(path.read_text(encoding="utf-8")))

    assert sorted(marked - set(known)) == []


def test_no_translation_is_empty_or_only_guessed() -> None:
    assert "#, fuzzy" not in CATALOG.read_text(encoding="utf-8").split("\n\n", 1)[1]
    assert [word for word, spanish in entries().items() if not spanish or not all(spanish)] == []


def test_translations_keep_their_placeholders() -> None:
    for word, (english, spanish) in blocks().items():
        wanted = set(PLACEHOLDER.findall(english))
        assert all(set(PLACEHOLDER.findall(text)) <= wanted for text in spanish), word
        assert wanted <= set(PLACEHOLDER.findall(" ".join(spanish))), word


def test_the_compiled_catalog_is_the_translated_one() -> None:
    with CATALOG.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    stale = [
        word
        for word, spanish in entries().items()
        if (compiled.gettext(word) if len(spanish) == 1 else compiled.ngettext(word, word, 1)) != spanish[0]
    ]

    assert stale == []

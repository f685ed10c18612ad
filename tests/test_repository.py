"""Facts of the repository that a reader relies on: what is documented exists, what must stand once stands once."""

import ast
import itertools
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from clinic.demo_practice import demo_rows
from clinic.practice import Practice

ROOT = Path(__file__).resolve().parent.parent
# A file over 300 lines is a question to answer; these have one.
LONG_FILES: dict[str, str] = {}
READERS = {"text", "flag", "number", "choice", "listing", "db", "email_url"}


def committed(*patterns: str) -> list[Path]:
    """Files that Git knows, or would add: what is ignored does not count."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def variables_of_the_settings() -> set[str]:
    tree = ast.parse((ROOT / "clinic/settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_environment_variable_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    explained = {
        match[1]
        for before, line in itertools.pairwise(lines)
        if (match := re.match(r"#?([A-Z_]+)=", line)) and before.startswith("# ")
    }

    assert {"SECRET_KEY", "DATABASE_URL"} <= variables_of_the_settings()
    assert explained == variables_of_the_settings()


def test_the_example_holds_no_secret() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert re.findall(r"^(?:SECRET_KEY|ENCRYPTION_KEYS|LOOKUP_KEY)=(.+)$", example, re.MULTILINE) == []


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_path_in_the_readme_exists() -> None:
    quoted = set(re.findall(r"`([\w./-]+/[\w./-]*|[\w.-]+\.(?:md|py|txt|toml|example))`", readme()))
    linked = set(re.findall(r"\]\(([^)#:]+)\)", readme()))
    files = {name for name in quoted | linked if not name.startswith("/")}

    # A bare name, such as actions.py, may stand in any room.
    names = {path.name for path in committed(".")}
    assert files
    assert [name for name in sorted(files) if not (ROOT / name).exists() and name not in names] == []


def test_every_command_in_the_readme_is_in_the_makefile() -> None:
    targets = set(
        re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    commands = set(re.findall(r"`(?:PORT=\d+ )?make ([a-z]+)", readme())) | set(
        re.findall(r"^make ([a-z]+)", readme(), re.MULTILINE)
    )

    assert {"run", "test", "check"} <= commands
    assert commands <= targets


def test_continuous_integration_calls_what_the_readme_says() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")

    assert "make test" in script
    assert "make check" in script


def test_long_files_have_a_reason() -> None:
    long = {
        short(path)
        for path in committed("*.py", "*.html", "*.css", "*.sh", "*.js")
        if not short(path).startswith("tests/") and "migrations" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > 300
    }  # fmt: skip

    assert long == set(LONG_FILES)


def test_decisions_are_short() -> None:
    decisions = committed("docs/decisions/*.md")

    assert decisions
    assert [
        short(path) for path in decisions if len(path.read_text(encoding="utf-8").splitlines()) > 25
    ] == []


def test_the_phone_number_is_written_once() -> None:
    [practice] = [row for row in demo_rows() if isinstance(row, Practice)]
    last_seven = practice.phone[-7:]
    writings = re.compile(rf"{last_seven[:3]}[-. ]?{last_seven[3:]}")

    found = [
        short(path)
        for path in committed("clinic", "content", "screener", "booking", "templates", "static")
        if path.suffix in {".py", ".md", ".html", ".yaml", ".css", ".js", ".svg", ".txt", ".po"}
        and "locale" not in path.parts
        and writings.search(path.read_text(encoding="utf-8"))
    ]

    assert found == ["clinic/demo_practice.py"]


INLINE = re.compile(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|\bdata:(?:image|text|font)", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/ld\+json)", re.IGNORECASE)
# Links a reader may follow are fine; what the page itself would load is not.
LOADED_FROM_ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|input)\b[^>]*(?:src|data)=.(?:https?:)?//"
    r"|<link\b(?![^>]*rel=.(?:canonical|alternate))[^>]*href=.(?:https?:)?//|@import|url\(\s*.?(?:https?:)?//",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", committed("templates/*.html", "templates/**/*.html"), ids=short)
def test_templates_keep_to_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not INLINE.search(text)
    assert not INLINE_SCRIPT.search(text)
    assert not LOADED_FROM_ELSEWHERE.search(text)


def test_style_sheets_load_nothing_from_elsewhere() -> None:
    for path in committed("static/css/*.css"):
        assert not LOADED_FROM_ELSEWHERE.search(path.read_text(encoding="utf-8")), short(path)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert requirements
    for line in requirements:
        assert re.match(r"[\w.\[\]-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_the_requirements_hold_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    for name, dependencies in wanted.items():
        pinned = set(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", (ROOT / name).read_text(), re.MULTILINE))
        direct = {re.split(r"[\[<>=~!]", dependency)[0] for dependency in dependencies}
        assert direct <= pinned, name


def test_every_direct_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)

    silent = [line for each in lists for line in each.splitlines() if not re.search(r'",\s+# \w', line)]

    # pytest and its Django half need no word.
    assert [line.strip() for line in silent if '"pytest' not in line] == []


def test_locks_name_no_machine() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert not re.search(
            r"^--|https?://|file://", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
        )

"""The command: says file, line and what to do, fails for errors alone, and keeps its table current."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as house_settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from content import catalog
from content.catalog import Catalog
from content.checks import check_house
from content.house import house
from content.table import kept
from tests.content.test_checks import page_of, source_of


def run(*options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("check_content", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def use(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A house of one page in two languages and one source."""
    pages = [page_of(body), page_of("Texto.[^mot1]", lang="es")]
    known = Catalog(
        by_path={page.path: page for page in pages},
        by_id={(page.id, page.lang): page for page in pages},
        sources={"mot1": source_of()},
        faults=(),
        version="1",
    )
    monkeypatch.setattr(catalog, "current", lambda: known)


def test_every_page_of_the_house_keeps_the_rules() -> None:
    out, _err = run()

    assert "are in order" in out


def test_the_table_in_the_docs_is_current() -> None:
    reports, _together = check_house(house())

    written = (Path(house_settings.BASE_DIR) / "docs" / "content.md").read_text(encoding="utf-8")

    assert written == kept(reports), "Run: .venv/bin/python manage.py check_content --write"


def test_a_fault_fails_the_command_and_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "Text.[^mot1]\n\nIt relieves pain.")
    err = StringIO()

    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_content", stdout=StringIO(), stderr=err)

    assert "content/pages/en/risks.md:15: claim: Put the source behind the full stop" in err.getvalue()


def test_a_warning_does_not_fail_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "Text.")

    out, err = run()

    assert "content/pages/es/risks.md:1: twin-sources (warning)" in err
    assert "Warnings: 1." in out


def test_exemptions_and_the_table_of_pages_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "Text.[^mot1] It is no cure. {! denies it !}")

    out, _err = run()

    assert "content/pages/en/risks.md:13: promise: exempt, denies it “It is no cure.”" in out
    assert "| risks | en | 11 | – | 4 | 0 | 1 |" in out


def test_the_table_is_kept_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    use(monkeypatch, "Text.[^mot1]")
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()

    run()
    assert not (tmp_path / "docs" / "content.md").exists()

    run("--write")
    assert "| risks | en |" in (tmp_path / "docs" / "content.md").read_text(encoding="utf-8")

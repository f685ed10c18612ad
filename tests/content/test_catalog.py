"""The catalog reads every file once; a bad one is left out, named, and takes no other page down."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from content import catalog
from content.catalog import Catalog
from content.documents import SOURCE_KINDS, Page
from content.editing_fields import fields_of
from content.faults import PLACEHOLDER, faults
from tests.content.test_documents import text_of

PAGES = catalog.of_files().by_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "content" / "pages" / "en"
    pages.mkdir(parents=True)
    (pages / "risks.md").write_text(text_of())
    return tmp_path / "content"


def use(monkeypatch: pytest.MonkeyPatch, known: Catalog) -> None:
    monkeypatch.setattr(catalog, "current", lambda: known)


def test_every_page_and_source_of_the_house_is_in_order() -> None:
    assert faults() == []


# Studies that had another group at some time, and the word for it in what we say of the comparison.
COMPARED = {
    "mot1": "usual care alone", "mot2": "usual care alone", "enc1": "steroid injections", "enc2": "steroid injections",
    "enc-prot": "steroid injections", "mek20": "over 65", "vert-1y": "usual care alone", "vert-2y": "usual care alone",
    "vert-sp": "spacers",
}  # fmt: skip
ALONE = {"mot3", "mid10", "lg10", "mek21", "vert-5y", "csf", "hem", "delphi"}
STUDIES = ("trial", "one-group", "records", "observation", "signs", "case")


def test_each_source_says_what_was_compared_once() -> None:
    known = catalog.of_files().sources
    said = {key: source.text("comparison", "en") for key, source in known.items()}

    assert {key for key, words in said.items() if words == "None"} == ALONE
    assert all(COMPARED[key] in said[key].lower() for key in COMPARED)
    others = {said[key] for key in said.keys() - ALONE - COMPARED.keys()}
    assert others == {"Does not apply", "Not stated in what we read"}
    for key, source in known.items():
        assert source.kind not in STUDIES or said[key] != "Does not apply", key
        assert "against" not in source.text("design", "en"), key


def test_readers_of_the_sources_see_the_kind_and_the_comparison_in_their_language(client: Client) -> None:
    english, spanish = (client.get(path).content.decode() for path in ("/sources/", "/es/sources/"))

    article = english.split('id="mot1"')[1].split("</article>")[0]
    assert "Randomized trial" in article
    assert "What was compared</dt><dd>MILD plus usual care, against usual care alone" in article
    assert english.count("What was compared</dt>") == len(catalog.of_files().sources)
    assert "MILD más la atención habitual, contra la atención habitual sola" in spanish


def test_editors_have_a_field_for_the_kind_and_for_what_was_compared() -> None:
    fields = {field.name: field for field in fields_of("source")}

    assert {"kind", "comparison.en", "comparison.es"} <= set(fields)
    assert [code for code, _words in fields["kind"].choices] == list(SOURCE_KINDS)


def test_a_bad_file_is_named_and_the_others_stay(folder: Path) -> None:
    (folder / "pages" / "en" / "bad.md").write_text("no front matter")
    (folder / "pages" / "en" / "bytes.md").write_bytes(b"---\n\xff\n---\n")

    known = catalog.read(folder)

    assert list(known.by_path) == ["/mild/risks/"]
    assert [str(fault).split(",")[0] for fault in known.faults] == [
        "content/pages/en/bad.md",
        "content/pages/en/bytes.md",
    ]


@pytest.mark.parametrize("changes", [{"path": "/other/"}, {"id": "other"}])
def test_an_id_or_path_taken_twice_is_a_fault(folder: Path, changes: dict[str, str]) -> None:
    (folder / "pages" / "en" / "second.md").write_text(text_of(**changes))

    known = catalog.read(folder)

    assert "already taken by content/pages/en/risks.md" in known.faults[0].fault


def test_the_version_changes_with_any_word(folder: Path) -> None:
    before = catalog.read(folder).version

    (folder / "pages" / "en" / "risks.md").write_text(text_of(body="Other words.\n"))

    assert catalog.read(folder).version != before


def test_a_page_that_names_an_unknown_source_is_out_of_order_and_the_rest_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    (folder / "pages" / "en" / "risks.md").write_text(text_of(body="Pain.[^nobody]\n"))
    (folder / "pages" / "en" / "fine.md").write_text(text_of(id="fine", path="/fine/"))
    use(monkeypatch, catalog.read(folder))

    broken, fine = client.get("/mild/risks/"), client.get("/fine/")

    assert (broken.status_code, fine.status_code) == (503, 200)
    assert "(512) 555-0100" in broken.content.decode()


def test_the_emergency_page_stands_even_without_its_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    use(monkeypatch, catalog.read(folder))

    for path in ("/emergency/", "/es/emergency/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert 'href="tel:911"' in answer.content.decode()
        assert "<form" not in answer.content.decode()


def test_check_content_fails_with_file_line_and_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pages" / "en" / "bad.md").write_text(text_of(id="bad", kind="advert"))
    use(monkeypatch, catalog.read(folder))

    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_content")

    assert "content/pages/en/bad.md, line 9: kind must be one of" in capsys.readouterr().err


@pytest.mark.parametrize("html", ["Text <b>x</b>", "<script>evil()</script>", '<div class="x">Text</div>'])
def test_check_content_fails_on_html_with_file_line_and_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], html: str
) -> None:
    (folder / "pages" / "en" / "risks.md").write_text(text_of(body=f"Words.\n\n{html}\n"))
    use(monkeypatch, catalog.read(folder))

    with pytest.raises(CommandError):
        call_command("check_content")

    assert "content/pages/en/risks.md:14: html: Take out <" in "".join(capsys.readouterr())


def test_a_live_site_refuses_texts_that_counsel_must_supply(
    folder: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    text = text_of(kind="legal", body="{{legal_placeholder}}\n")
    (folder / "pages" / "en" / "risks.md").write_text(text)
    (folder / "pages" / "es").mkdir()
    twin = text_of(kind="legal", lang="es", path="/es/mild/riesgos/", body="{{legal_placeholder}}\n")
    (folder / "pages" / "es" / "risks.md").write_text(twin)
    use(monkeypatch, catalog.read(folder))
    assert faults() == []

    settings.MODE = "live"

    assert len(faults()) == 2
    assert "counsel must supply" in faults()[0]


@pytest.mark.parametrize("text", [PAGES[path] for path in sorted(PAGES)], ids=sorted(PAGES))
def test_each_page_says_that_no_clinician_has_signed_it(text: Page, client: Client) -> None:
    html = client.get(text.path).content.decode()

    with translation.override(text.lang):
        unsigned = gettext("Not yet reviewed by a clinician")
        not_theirs = gettext("No clinician signs this page: it tells how we work.")
    assert (unsigned in html, not_theirs in html) == (text.kind != "legal", text.kind == "legal")


def test_a_legal_page_says_what_counsel_must_still_supply(client: Client) -> None:
    legal = [text for text in PAGES.values() if text.kind == "legal"]

    assert len(legal) == 10
    open_ones = {text.id for text in legal if PLACEHOLDER in text.body}
    assert open_ones == {"good-faith-estimate", "language-help", "privacy-practices"}
    for text in legal:
        html = client.get(text.path).content.decode()
        lawyer = "(counsel)" if text.lang == "en" else "abogado de la clínica"
        assert (lawyer in html) == (text.id in open_ones), text.path


def test_check_content_passes_on_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_content")

    assert "are in order" in capsys.readouterr().out

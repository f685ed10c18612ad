"""Findings are named and placed as an editor sees them: by plain names, and by the lines of her own box."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from clinic.staff import StaffMember
from content.rule_words import RULE_WORDS, rule_words
from tests.content.desk_of_editors import RISKS, file_text, save
from tests.content.rooms import Room, address, text_of

CODE = re.compile(r"""(?:[Ff]inding\(\s*|yield \(?)"([a-z]+(?:-[a-z]+)*)",""")
FILES = ("checks.py", "ageing.py", "inspection.py", "structure.py", "publishing.py", "plain_texts.py")


def rules_in_the_code() -> set[str]:
    folder = Path(settings.BASE_DIR) / "content"
    return {rule for name in FILES for rule in CODE.findall((folder / name).read_text(encoding="utf-8"))}


def rules_in_the_docs() -> set[str]:
    table = (Path(settings.BASE_DIR) / "docs" / "text-rules.md").read_text(encoding="utf-8")
    return {
        rule
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for rule in re.findall(r"`([a-z-]+)`", row)
    }


def test_every_rule_has_a_name_that_is_not_its_code() -> None:
    rules = rules_in_the_code() | rules_in_the_docs()

    assert {"claim", "alt-text", "twin-older", "path", "sentence-length"} <= rules
    assert not [rule for rule in rules if rule_words(rule) in ("", rule)]
    assert {"wording", "old-path", "front-matter"} <= set(RULE_WORDS)


@pytest.mark.django_db
def test_the_review_leads_to_the_line_in_the_box_of_the_editor(eli: StaffMember, rae: StaffMember) -> None:
    lines = file_text(RISKS).split("\n---\n", 1)[1].rstrip("\n").split("\n")
    save(eli, file_text(RISKS) + "\nClick [here](/nowhere/).\n", RISKS)
    client = Client()
    client.force_login(rae)

    html = client.get(address("review", RISKS)).content.decode()
    room = Room(eli, RISKS)

    line = len(lines) + 2
    assert f'href="{address("change", RISKS)}#line-{line}" data-line="{line}">Line {line}</a>' in html
    assert room.body.split("\n")[line - 1] == "Click [here](/nowhere/)."
    assert f'id="line-{line}"' in room.answer.content.decode()


@pytest.mark.django_db
def test_what_is_about_the_whole_text_names_no_line(eli: StaffMember) -> None:
    room = Room(eli, RISKS)
    room.press("save", body="12 and 13 and 14.\n", wording_only="on")

    room.press("send", wording_only="on")

    assert 'href="#id_body" data-line="0">The whole text</a>' in room.answer.content.decode()


@pytest.mark.django_db
def test_a_value_that_cannot_be_shown_is_named_by_its_field_in_the_preview_too(eli: StaffMember) -> None:
    room = Room(eli)

    answer = room.client.post(address("preview"), room.sent("preview") | {"body": "x" * 5000})

    assert "Line 1: This line is too long" in text_of(answer)

"""What people agreed to can be told for each request, word for word: no words change without a version of their own."""

import hashlib
import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from booking.agreements import AGREEMENTS, BY_FAX, NEWEST, TOLD
from booking.models import ConsultationRequest
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

# Written once, when a version begins; a version whose digest differs was changed after people had agreed to it.
DIGESTS = {"2026-11": "f87a078fe06f"}


@pytest.mark.parametrize(("lang", "path"), [("en", "/book/"), ("es", "/es/book/")])
def test_newest_version_is_what_stands_beside_the_box(client: Client, lang: str, path: str) -> None:
    html = client.get(path).content.decode()

    section = re.search(
        r'<section aria-labelledby="agreement">\s*<h2.*?</h2>(.*?)</section>', html, re.DOTALL
    )
    assert section
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", section[1])).split())
    assert shown == AGREEMENTS[NEWEST][lang], "other words need a new version in booking/agreements.py"


def test_no_version_was_changed_after_people_had_agreed_to_it() -> None:
    def digest(version: str) -> str:
        texts = json.dumps(AGREEMENTS[version], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(texts.encode()).hexdigest()[:12]

    assert {version: digest(version) for version in AGREEMENTS} == DIGESTS


def test_request_keeps_the_version_it_was_sent_with(client: Client, sealed: str) -> None:
    client.post("/book/send/", {"request": sealed})

    assert ConsultationRequest.objects.get().agreement == NEWEST


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (NEWEST, f"Text of {NEWEST} {AGREEMENTS[NEWEST]['en']}"),
        (TOLD, "told on the phone"),
        (BY_FAX, "asked by fax"),
        ("2020-01", "Text of 2020-01"),
    ],
)
def test_desk_sees_what_they_agreed_to(
    practice: Practice,
    dana: StaffMember,
    client_for: Callable[[StaffMember], Client],
    agreement: str,
    words: str,
) -> None:
    page = client_for(dana).get(f"/desk/{asked(agreement=agreement).pk}/")

    assert f"Agreed to {words}" in text_of(page)

"""Whoever writes at length gets the words back when the database goes away under them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse

from clinic.staff import StaffMember

pytestmark = pytest.mark.django_db
WORDS = "A long morning’s work."


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/desk/1/write/", {"subject": "About your visit", "text": WORDS}),
        ("/admin/content/page/notice/", {"notice_en": "Closed for snow.", "notice_es": WORDS}),
        ("/admin/content/page/1/notes/", {"text": WORDS}),
        ("/admin/booking/cannedreply/1/change/", {"title": "Hello", "text_en": "Hi.", "text_es": WORDS}),
    ],
)
def test_long_words_come_back_when_the_database_goes_away(
    ada: StaffMember,
    client_for: Callable[[StaffMember], Client],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    typed: dict[str, str],
) -> None:
    client = client_for(ada)
    client.raise_request_exception = False

    def away(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", away)
        answer = client.post(address, typed)

    assert answer.status_code == 503
    page = answer.content.decode()
    assert "<textarea" in page
    for words in (each for name, each in typed.items() if name != "title"):
        assert words in page


def test_a_password_is_never_given_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False

    def away(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", away)
        answer = client.post(reverse("staff:sign_in"), {"username": "ada", "password": "my-secret-words"})

    assert answer.status_code == 503
    assert "my-secret-words" not in answer.content.decode()

"""When something of ours breaks, what staff typed is given back."""

import pytest
from django.db import OperationalError
from django.test import Client


def test_a_note_comes_back_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client = Client(raise_request_exception=False)
    client.cookies["session"] = "x" * 32

    answer = client.post("/desk/1/", {"note": "Call <her> after 4 pm"})

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Call &lt;her&gt; after 4 pm</textarea>" in page
    assert "(512) 555-0100" in page

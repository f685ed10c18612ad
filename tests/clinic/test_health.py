"""Does the process answer, and may it take its first traffic."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from clinic import health
from content import faults


def test_alive_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_all_is_in_order(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("no")

    monkeypatch.setattr(connection, "cursor", away)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert b"database does not answer" in answer.content


LIVE: dict[str, Any] = {
    "SITE_URL": "https://clinic.test",
    "SECURE": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "MAIL_FROM": "no-reply@clinic.test",
    "MAIL_STAFF": ["desk@clinic.test"],
    "SECURITY_CONTACT": "mailto:it@clinic.test",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("SITE_URL", "http://127.0.0.1:8000"),
        ("SITE_SECURE", False),
        ("EMAIL_URL", "django.core.mail.backends.console.EmailBackend"),
        ("MAIL_FROM", "no-reply@example.com"),
        ("MAIL_STAFF", []),
        ("SECURITY_CONTACT", "mailto:security@example.com"),
    ],
)
def test_live_site_with_a_setting_of_the_demo_takes_no_traffic(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, kept: Any
) -> None:
    monkeypatch.setattr(health, "_content_faults", list)
    settings.MODE = "live"
    for each, value in LIVE.items():
        setattr(settings, each, value)
    assert client.get("/readyz", secure=True).content == b"ready\n"

    setattr(settings, {"SITE_SECURE": "SECURE", "EMAIL_URL": "EMAIL_BACKEND"}.get(name, name), kept)

    answer = client.get("/readyz", secure=True)
    assert answer.status_code == 503
    assert answer.content.decode().startswith(name)


@pytest.mark.django_db
def test_asking_again_whether_we_are_ready_reads_no_page_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/readyz")
    read: list[object] = []
    monkeypatch.setattr(faults, "rendered", lambda *page: read.append(page))

    client.get("/readyz")

    assert not read

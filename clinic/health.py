"""Two questions that a machine asks: does the process answer, and may it take its first traffic."""

from django.apps import apps
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Never needs the database: a process is not killed because something behind it is away."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Database, migrations, settings and content are in order; else 503 with what is missing."""
    faults = [*_database_faults(), *_settings_faults(), *_content_faults()]
    text = "".join(f"{fault}\n" for fault in faults) or "ready\n"
    return HttpResponse(
        text,
        content_type="text/plain",
        status=503 if faults else 200,
        headers={"Cache-Control": "no-store"},
    )


def _database_faults() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return ["the database does not answer"]
    return ["migrations are waiting: run manage.py migrate"] if waiting else []


def _settings_faults() -> list[str]:
    """What a live site must not keep from the demo."""
    if settings.MODE != "live":
        return []
    kept = {
        "SITE_URL is not an https address": not settings.SITE_URL.startswith("https://"),
        "SITE_SECURE is False": not settings.SECURE,
        "EMAIL_URL is not set, so that no mail leaves": "console" in settings.EMAIL_BACKEND,
        "MAIL_FROM is not an address of the clinic": "example.com" in settings.MAIL_FROM,
        "MAIL_STAFF is empty, so that nobody hears of new requests": not settings.MAIL_STAFF,
        "SECURITY_CONTACT is not an address of the clinic": "example.com" in settings.SECURITY_CONTACT,
    }
    return [f"{words}: see .env.example" for words, is_so in kept.items() if is_so]


def _content_faults() -> list[str]:
    """The content room reports for itself, since this room knows no other."""
    report = getattr(apps.get_app_config("content"), "faults", list)
    return list(report())

"""Two roles on PostgreSQL: the site works with requests and can take none away, the purger takes away and no more."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from booking.choices import ErasureReason
from booking.database_roles import only_growing
from booking.models import ConsultationRequest, StatusChange
from clinic import outbox
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import Typed, asked, hidden

pytestmark = pytest.mark.django_db
SignedIn = Callable[[StaffMember], Client]


@pytest.fixture
def on_postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one user.")


@pytest.fixture
def roles(on_postgresql: None) -> dict[str, str]:
    """Made inside the test's transaction, so that they are gone afterwards; named after this test's database."""
    database = str(connection.settings_dict["NAME"])
    names = {"site": f"site_of_{database}", "purger": f"purger_of_{database}"}
    divide(names, create=True)
    return names


def divide(names: dict[str, str], **options: Any) -> str:
    out = StringIO()
    call_command("database_roles", stdout=out, **names, **options)
    return out.getvalue()


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('clinic.purpose', 'erase', true)")
            cursor.execute(statement)
    except DatabaseError as error:
        return "permission denied" in str(error)
    return False


def test_the_whole_way_of_a_request_works_with_the_rights_of_the_site(
    roles: dict[str, str],
    practice: Practice,
    client: Client,
    typed: Typed,
    dana: StaffMember,
    client_for: SignedIn,
) -> None:
    with acting_as(roles["site"]):
        at_desk = client_for(dana)
        review = client.post("/book/", typed | {"email": "rosa@example.com"})
        client.post("/book/send/", {"request": hidden(review, "request")})
        about = ConsultationRequest.objects.get()
        client.post(f"/r/{about.link_token}/contact/", {"contact_by": "text"})
        client.post(f"/r/{about.link_token}/cancel/")
        assert at_desk.get("/desk/").status_code == 200
        assert at_desk.get(f"/desk/{about.pk}/").status_code == 200
        call_command("send_messages", verbosity=0)

    assert ConsultationRequest.objects.get().status == "closed"
    assert StatusChange.objects.count() == 2
    assert not Message.objects.exclude(state="sent").exists()


def test_the_sender_forgets_with_the_rights_of_the_site(roles: dict[str, str], practice: Practice) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=long_ago)
    sent = outbox.queue(
        kind="password", about="account 1", to="dana@example.com", subject="Hello", text="Hello."
    )
    Message.objects.filter(pk=sent.pk).update(state="sent", sent=long_ago)

    with acting_as(roles["site"]):
        call_command("send_messages", verbosity=0)

    assert not Session.objects.exists()
    assert not Message.objects.exists()


def test_the_desk_erases_with_the_rights_of_the_site_and_the_database_writes_it_down(
    roles: dict[str, str], practice: Practice, dana: StaffMember, client_for: SignedIn
) -> None:
    rosa, merged, frank = asked(name="Rosa"), asked(name="Rosa again"), asked(name="Frank")
    ConsultationRequest.objects.filter(pk=merged.pk).update(merged_into=rosa, status="closed")

    with acting_as(roles["site"]):
        at_desk = client_for(dana)
        for reason in ErasureReason:
            about = asked(name=reason.value)
            at_desk.post(f"/desk/{about.pk}/erase/", {"reason": reason.value, "reference": about.reference})
        at_desk.post(f"/desk/{rosa.pk}/erase/", {"reason": "asked", "reference": rosa.reference})

    assert list(ConsultationRequest.objects.all()) == [frank]
    entry = AuditEntry.objects.get(action="erased, asked", subject_ids=[rosa.pk, merged.pk])
    assert entry.by == dana
    assert AuditEntry.objects.filter(action__startswith="erased").count() == len(ErasureReason) + 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM booking_consultationrequest",
        "TRUNCATE booking_consultationrequest CASCADE",
        "DELETE FROM booking_statuschange",
        "UPDATE booking_statuschange SET note = ''",
        "DELETE FROM clinic_auditentry",
        "UPDATE clinic_auditentry SET action = 'x'",
        "TRUNCATE clinic_auditentry",
        "DROP TRIGGER only_grows ON clinic_auditentry",
        "ALTER TABLE clinic_auditentry DISABLE TRIGGER ALL",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (a int)",
        "SELECT clinic_take_away(ARRAY[1]::bigint[])",
        "SELECT clinic_purge_requests(ARRAY[1]::bigint[], now())",
        "CREATE OR REPLACE FUNCTION clinic_only_grows() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    ],
)
def test_the_site_has_no_way_around(roles: dict[str, str], practice: Practice, statement: str) -> None:
    old = asked()

    with acting_as(roles["site"]):
        try:
            assert refused(statement)
        except AssertionError:
            # Only an owner drops, alters or replaces; PostgreSQL has other words for that.
            with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
                connection.cursor().execute(statement)

    assert ConsultationRequest.objects.get() == old


@transaction.atomic
def erase_by_hand(arguments: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT clinic_erase_request({arguments})")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "arguments", ["{pk}, NULL, 'asked'", "{pk}, {dana}, 'because'", "{pk}, {dana}, NULL", "{pk}, 0, 'asked'"]
)
def test_nobody_erases_without_a_name_and_a_reason(
    roles: dict[str, str], practice: Practice, dana: StaffMember, arguments: str
) -> None:
    about = asked()

    with acting_as(roles["site"]), pytest.raises(DatabaseError):
        erase_by_hand(arguments.format(pk=about.pk, dana=dana.pk))

    assert ConsultationRequest.objects.exists()


def test_the_purger_purges_what_is_marked_and_can_do_nothing_else(
    roles: dict[str, str], practice: Practice, dana: StaffMember
) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    marked = asked(status="closed", closing_reason="charted", changed=long_ago)
    kept = asked(status="closed", closing_reason="not_reached", changed=long_ago)

    with acting_as(roles["purger"]):
        call_command("purge_requests", "--yes", stdout=StringIO())
        with connection.cursor() as cursor:
            cursor.execute("SELECT clinic_purge_requests(ARRAY[%s]::bigint[], now())", [kept.pk])
        for statement in (
            "SELECT * FROM clinic_staffmember",
            "SELECT * FROM django_session",
            "INSERT INTO booking_consultationrequest DEFAULT VALUES",
            "UPDATE clinic_practice SET name = 'x'",
            "UPDATE booking_statuschange SET note = ''",
            "DELETE FROM clinic_auditentry",
            "SELECT * FROM clinic_auditentry",
        ):
            assert refused(statement), statement

    assert list(ConsultationRequest.objects.all()) == [kept]
    assert AuditEntry.objects.get(action="purged").subject_ids == [marked.pk]


def test_every_table_that_only_grows_is_known(on_postgresql: None) -> None:
    assert {"clinic_auditentry", "booking_statuschange"} <= set(only_growing())


def test_rights_that_somebody_gave_by_hand_are_found_and_taken_back(roles: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT DELETE ON clinic_auditentry TO "{roles["site"]}"')
        cursor.execute(f'REVOKE SELECT ON clinic_practice FROM "{roles["site"]}"')

    with pytest.raises(CommandError, match=r"may DELETE clinic_auditentry\n.*may not SELECT clinic_practice"):
        divide(roles, check=True)
    divide(roles)
    divide(roles, check=True)


def test_roles_are_made_only_when_told_so_and_must_differ(on_postgresql: None) -> None:
    with pytest.raises(CommandError, match='CREATE ROLE "nobody" LOGIN'):
        divide({"site": "nobody", "purger": "nobody_else"})
    with pytest.raises((CommandError, ValueError)):
        divide({"site": "one_for_both", "purger": "one_for_both"}, create=True)


def test_sqlite_says_that_it_has_no_roles(db: None) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("It has.")
    with pytest.raises(CommandError, match="SQLite has one user"):
        divide({})


# With a database and processes of their own


@pytest.fixture
def own_database(django_db_blocker: Any, on_postgresql: None) -> Iterator[dict[str, str]]:
    """An owner who is no superuser, as at a clinic, and the addresses of the database for each role."""
    name = f"roles_{connection.settings_dict['NAME']}"[:40]
    roles = {role: f"{role}_{name}" for role in ("owner", "site", "purger")}
    outside(
        "postgres",
        f"CREATE ROLE {roles['owner']} LOGIN CREATEROLE",
        f"CREATE DATABASE {name} OWNER {roles['owner']}",
    )
    server = urlsplit(os.environ["DATABASE_URL"])
    try:
        yield {
            role: server._replace(netloc=f"{who}@", path=f"/{name}").geturl() for role, who in roles.items()
        } | {f"{role} role": who for role, who in roles.items()}
    finally:
        outside("postgres", f"DROP DATABASE {name} WITH (FORCE)")
        for who in (roles["site"], roles["purger"], roles["owner"]):
            outside("postgres", f"DROP ROLE IF EXISTS {who}")


def outside(database: str, *statements: str) -> None:
    """Statements that are no part of this test's transaction."""
    other = connections["default"].copy()
    other.settings_dict["NAME"] = database
    try:
        with other.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        other.close()


def manage(address: str, *words: str) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "clinic.settings", "DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=Path(settings.BASE_DIR), env=environment,
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_three_real_accounts_migrate_work_and_purge(own_database: dict[str, str]) -> None:
    names = ("--site", own_database["site role"], "--purger", own_database["purger role"])

    manage(own_database["owner"], "migrate", "-v0")
    said = manage(own_database["owner"], "database_roles", *names, "--create")
    again = manage(own_database["owner"], "database_roles", *names)
    manage(own_database["owner"], "demo", "--password", "demo-pass-1234")
    sent = manage(own_database["site"], "send_messages")
    would = manage(own_database["purger"], "purge_requests", "--dry-run")
    purged = manage(own_database["purger"], "purge_requests", "--yes")

    assert "has no password yet" in said
    assert "has no password yet" not in again
    assert "failed and will be tried again" in sent
    assert "would be deleted" in would
    assert "requests deleted" in purged

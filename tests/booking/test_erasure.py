"""What leaves the database: a request erased for a reason, and old ones that staff marked. Nothing else ever does."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from booking import actions
from booking.choices import ClosingReason
from booking.models import ConsultationRequest, StatusChange
from booking.wish import Wish
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of
from tests.booking.desk import race


@pytest.fixture
def rosas(practice: Practice, dana: StaffMember) -> ConsultationRequest:
    """Rosa's request, with history, mail and lines in the audit log."""
    about = actions.send_request(
        send_token="rosa",
        wish=Wish(name="Rosa Sample", phone="+15125550123", email="rosa@example.com", agreement="2026-11"),
    )
    return actions.change_status(request_id=about.pk, to="tried", by=dana, version=1, note="no answer")


@pytest.fixture
def at_desk(client_for: Callable[[StaffMember], Client], dana: StaffMember) -> Client:
    return client_for(dana)


def erase(client: Client, about: ConsultationRequest, **changes: str) -> Any:
    typed = {"reason": "asked", "reference": about.reference} | changes
    return client.post(f"/desk/{about.pk}/erase/", typed, follow=True)


# Erasing


def test_erased_request_takes_its_history_and_mail_with_it(
    at_desk: Client, rosas: ConsultationRequest, dana: StaffMember
) -> None:
    asked(name="Frank Example")
    number = rosas.pk

    page = erase(at_desk, rosas)

    assert f"{rosas.reference} is erased." in text_of(page)
    assert [each.name for each in ConsultationRequest.objects.all()] == ["Frank Example"]
    assert not StatusChange.objects.exists()
    assert not Message.objects.exists()
    entry = AuditEntry.objects.get(action="erased, asked")
    assert (entry.by, entry.subject_ids) == (dana, [number])
    assert AuditEntry.objects.filter(action="changed", subject_ids=[number]).exists()


def test_second_click_ends_where_the_first_one_did(
    at_desk: Client, client_for: Callable[[StaffMember], Client], rosas: ConsultationRequest, ada: StaffMember
) -> None:
    address, typed = f"/desk/{rosas.pk}/erase/", {"reason": "asked", "reference": rosas.reference}

    clicks = [at_desk.post(address, typed) for _click in "12"]
    other_reason = at_desk.post(address, typed | {"reason": "junk"})
    by_another = client_for(ada).post(address, typed)

    assert [(each.status_code, each.headers.get("Location")) for each in clicks] == [(303, "/desk/")] * 2
    assert (other_reason.status_code, by_another.status_code) == (404, 404)
    assert text_of(at_desk.get("/desk/")).count(f"{rosas.reference} is erased.") == 2
    assert AuditEntry.objects.filter(action="erased, asked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_one_moment_erase_once(at_desk: Client, rosas: ConsultationRequest) -> None:
    typed = {"reason": "asked", "reference": rosas.reference}
    twin = Client()
    twin.cookies.update(at_desk.cookies)

    clicks = race(
        *(
            lambda browser=browser: browser.post(f"/desk/{rosas.pk}/erase/", typed)
            for browser in (at_desk, twin)
        )
    )

    assert [(each.status_code, each.headers.get("Location")) for each in clicks] == [(303, "/desk/")] * 2
    assert not ConsultationRequest.objects.exists()
    assert AuditEntry.objects.filter(action="erased, asked").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"reference": "BBB-222"}, {"reference": ""}, {"reason": ""}, {"reason": "x"}]
)
def test_slip_of_the_finger_erases_nothing(
    at_desk: Client, rosas: ConsultationRequest, wrong: dict[str, str]
) -> None:
    page = erase(at_desk, rosas, **wrong)

    assert page.status_code == 422
    assert ConsultationRequest.objects.get() == rosas
    assert Message.objects.exists()


def test_form_that_waited_too_long_keeps_what_was_typed_and_erases_nothing(
    rosas: ConsultationRequest, dana: StaffMember
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(dana)

    page = strict.post(f"/desk/{rosas.pk}/erase/", {"reason": "junk", "reference": rosas.reference})

    assert page.status_code == 403
    assert "This form waited too long." in text_of(page)
    assert (page.context["form"]["reason"].value(), page.context["form"]["reference"].value()) == (
        "junk",
        rosas.reference,
    )
    assert ConsultationRequest.objects.get() == rosas


def test_other_requests_of_the_same_person_are_pointed_out(
    at_desk: Client, rosas: ConsultationRequest
) -> None:
    same, other = asked(name="R. Sample", phone=rosas.phone), asked(name="Frank Example")

    page = text_of(at_desk.get(f"/desk/{rosas.pk}/erase/"))

    assert same.reference in page
    assert other.reference not in page


def test_desk_can_stop_the_link_of_a_patient(at_desk: Client, rosas: ConsultationRequest) -> None:
    old = rosas.link_token

    page = at_desk.post(f"/desk/{rosas.pk}/link/", follow=True)

    assert "The old link is stopped." in text_of(page)
    assert Client().get(f"/r/{old}/").status_code == 404


# Purging


def old(**columns: Any) -> ConsultationRequest:
    return asked(**({"status": "closed", "changed": timezone.now() - timedelta(days=91)} | columns))


def purge(*how: str) -> str:
    out = StringIO()
    call_command("purge_requests", *how, stdout=out)
    return out.getvalue()


def test_only_what_staff_marked_goes_and_only_when_it_is_old(practice: Practice) -> None:
    may_go = {old(closing_reason="charted").pk, old(closing_reason="declined").pk}
    for reason in set(ClosingReason.values) - {"charted", "declined"}:
        old(closing_reason=reason)
    old(closing_reason="charted", changed=timezone.now() - timedelta(days=89))
    old(closing_reason="charted", status="new")
    before = set(ConsultationRequest.objects.values_list("pk", flat=True))

    assert "2 requests would be deleted" in purge("--dry-run")
    assert set(ConsultationRequest.objects.values_list("pk", flat=True)) == before

    assert "2 requests deleted" in purge("--yes")
    assert before - set(ConsultationRequest.objects.values_list("pk", flat=True)) == may_go
    entry = AuditEntry.objects.get(action="purged")
    assert (entry.by, set(entry.subject_ids)) == (None, may_go)


def test_practice_says_how_long_requests_are_kept(practice: Practice) -> None:
    Practice.objects.update(keep_closed_days=365)
    old(closing_reason="charted")

    assert "0 requests deleted" in purge("--yes")


def test_purging_takes_history_and_mail_along(rosas: ConsultationRequest) -> None:
    ConsultationRequest.objects.update(
        status="closed", closing_reason="charted", changed=timezone.now() - timedelta(days=91)
    )

    purge("--yes")

    assert not ConsultationRequest.objects.exists()
    assert not StatusChange.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_purging_must_be_meant() -> None:
    with pytest.raises(CommandError):
        purge()
    with pytest.raises(CommandError):
        purge("--yes", "--dry-run")


# The database itself


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clinic_auditentry SET action = 'x'",
        "DELETE FROM clinic_auditentry",
        "UPDATE booking_statuschange SET to_status = 'new'",
        "UPDATE booking_statuschange SET note = ''",
        "DELETE FROM booking_statuschange",
    ],
)
@pytest.mark.parametrize("purpose", ["", "erase", "re-encrypt"])
def test_postgresql_refuses_to_rewrite_what_happened(
    rosas: ConsultationRequest, statement: str, purpose: str
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL has this wall.")
    if (purpose, statement.split()[0], "note" in statement) in (("re-encrypt", "UPDATE", True),):
        pytest.skip("This is what key rotation does.")
    if purpose == "erase" and statement == "DELETE FROM booking_statuschange":
        pytest.skip("This is what erasing does.")

    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT set_config('clinic.purpose', %s, true)", [purpose])
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)


# Keys


def ciphertexts() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM booking_statuschange")
        notes = [row[0] for row in cursor.fetchall()]
        cursor.execute('SELECT "to", subject, text FROM clinic_message')
        return notes + [value for row in cursor.fetchall() for value in row]


def test_new_key_reads_everything_and_the_old_one_can_go(
    rosas: ConsultationRequest, settings: Settings
) -> None:
    first = settings.ENCRYPTION_KEYS[0]
    settings.ENCRYPTION_KEYS = ["a new key", first]
    before = ciphertexts()
    out = StringIO()

    call_command("rotate_keys", stdout=out)

    assert "booking_statuschange: 1 of 1" in out.getvalue()
    assert not set(before) & set(ciphertexts())
    settings.ENCRYPTION_KEYS = ["a new key"]
    assert StatusChange.objects.get().note == "no answer"
    assert {each.to for each in Message.objects.exclude(kind="staff")} == {"rosa@example.com"}

    again = ciphertexts()
    call_command("rotate_keys", stdout=out)
    assert ciphertexts() == again


def test_what_no_key_reads_is_left_alone_and_told(rosas: ConsultationRequest, settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = ["a new key, and the old one was thrown away"]
    before = ciphertexts()

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rotate_keys", stdout=StringIO(), stderr=StringIO())

    assert ciphertexts() == before

"""The practice is edited in the admin, checked, and shown everywhere from the snapshot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.test import Client
from django.utils import timezone, translation

from clinic import snapshot
from clinic.demo_practice import demo_rows
from clinic.practice import Closure, Location, Practice
from clinic.staff import StaffMember


def practice_form(practice: Practice, **changes: str) -> dict[str, str]:
    """What the admin's form of the practice posts."""
    form = {
        "name": practice.name,
        "phone": practice.phone,
        "reply_working_days": "1",
        "keep_closed_days": "90",
        "screener_on": "on",
        "closures-TOTAL_FORMS": "0",
        "closures-INITIAL_FORMS": "0",
    }
    return form | changes


@pytest.mark.django_db
def test_a_new_phone_number_shows_on_every_page_at_once(
    practice: Practice, ada: StaffMember, client: Client
) -> None:
    client.force_login(ada)
    form = practice_form(practice, phone="512 555 0177")

    saved = client.post("/admin/clinic/practice/1/change/", form)

    assert saved.status_code == 302
    for path in ("/", "/es/", "/emergency/", "/no-such-page/"):
        page = Client().get(path).content.decode()
        assert "(512) 555-0177" in page
        assert "555-0100" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("phone", ["12", "call me", "999999999999999999"])
def test_a_number_nobody_can_call_is_refused(
    practice: Practice, ada: StaffMember, client: Client, phone: str
) -> None:
    client.force_login(ada)

    answer = client.post("/admin/clinic/practice/1/change/", practice_form(practice, phone=phone))

    assert answer.status_code == 200
    assert Practice.objects.get().phone == practice.phone


@pytest.mark.django_db
def test_a_notice_shows_only_in_its_time_and_language(practice: Practice, client: Client) -> None:
    now = timezone.now()
    practice.notice_en, practice.notice_es = "Closed for snow on Monday.", "Cerrado el lunes por nieve."
    practice.notice_from, practice.notice_until = now - timedelta(hours=1), now + timedelta(hours=1)
    practice.save()
    snapshot.refresh()

    assert "Closed for snow" in client.get("/cost/").content.decode()
    assert "Cerrado el lunes" in client.get("/es/costo/").content.decode()

    practice.notice_until = now - timedelta(minutes=1)
    practice.save()
    snapshot.refresh()

    assert "Closed for snow" not in client.get("/cost/").content.decode()


def test_a_notice_in_one_language_only_is_refused() -> None:
    practice = Practice(name="Example", phone="+15125550100", notice_en="Closed on Monday.")

    with pytest.raises(ValidationError) as refused:
        practice.clean()

    assert "notice_es" in refused.value.message_dict


def test_a_medicare_study_needs_its_number() -> None:
    practice = Practice(name="Example", phone="+15125550100", in_medicare_study=True)

    with pytest.raises(ValidationError) as refused:
        practice.clean()

    assert "medicare_trial_number" in refused.value.message_dict


def test_the_medicare_sentence_never_says_covered_alone() -> None:
    facts = snapshot._snapshot_of(demo_rows()).practice

    with translation.override("en"):
        sentence = facts.medicare_sentence

    assert "only inside a study" in sentence
    assert "in such a study now, so traditional Medicare does not pay for MILD here." in sentence
    assert "ask us to help you ask" in sentence
    assert "Nov. 21, 2026" in sentence


def test_who_takes_part_in_a_study_says_that_medicare_pays_inside_it_alone() -> None:
    facts = replace(
        snapshot._snapshot_of(demo_rows()).practice,
        in_medicare_study=True,
        medicare_trial_number="NCT00000000",
        medicare_checked_on=None,
    )

    with translation.override("en"):
        sentence = facts.medicare_sentence

    assert "(NCT00000000). So traditional Medicare can pay for MILD here only if you join it." in sentence
    assert "does not pay" not in sentence
    assert "We checked" not in sentence


@pytest.mark.django_db
def test_the_snapshot_changes_its_version_with_any_fact(practice: Practice) -> None:
    before = snapshot.refresh().version

    Closure.objects.create(practice=practice, first_day="2026-12-24", last_day="2026-12-25", name="Holidays")

    assert snapshot.refresh().version != before


@pytest.mark.django_db
def test_pages_go_on_with_what_is_known_when_the_database_is_away(
    practice: Practice, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Location.objects.filter(slug="north").update(name="Renamed office")
    snapshot.refresh()

    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(snapshot, "_read_database", away)
    snapshot.refresh()

    assert client.get("/cost/").status_code == 200
    assert snapshot.current().locations[0].name == "Renamed office"


@pytest.mark.django_db
def test_a_process_that_starts_without_the_database_knows_the_last_practice(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.phone = "+15125550188"
    practice.save()
    snapshot.refresh()
    snapshot._state.clear()
    snapshot._read.clear()

    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(snapshot, "_read_database", away)

    assert snapshot.current().practice.phone_display == "(512) 555-0188"


@pytest.mark.django_db
def test_a_notice_time_typed_in_the_admin_is_the_clinics_own(
    practice: Practice, ada: StaffMember, client: Client
) -> None:
    client.force_login(ada)
    notice = {
        "notice_en": "Closed.",
        "notice_es": "Cerrado.",
        "notice_from_0": "2026-12-01",
        "notice_from_1": "08:00",
    }

    client.post("/admin/clinic/practice/1/change/", practice_form(practice, **notice))

    starts = Practice.objects.get().notice_from
    assert starts is not None
    assert starts.isoformat() == "2026-12-01T14:00:00+00:00"  # 8 in Chicago


@pytest.mark.django_db
def test_federal_holidays_are_closed_days_unless_the_practice_works_on_them(practice: Practice) -> None:
    def open_on_new_years_day() -> bool:
        with time_machine.travel("2026-12-01T12:00:00Z"):
            office = snapshot.refresh().locations[0]
        return office.is_open_at(datetime(2027, 1, 1, 18, 0, tzinfo=UTC))

    assert not open_on_new_years_day()

    practice.closed_on_federal_holidays = False
    practice.save()

    assert open_on_new_years_day()


@pytest.mark.django_db
def test_holidays_of_the_old_year_stay_holidays_in_the_new_one(practice: Practice) -> None:
    with time_machine.travel("2027-01-04T12:00:00Z"):
        office = snapshot.refresh().locations[0]

    assert not office.is_open_at(datetime(2026, 12, 25, 18, 0, tzinfo=UTC))
    assert not office.is_open_at(datetime(2025, 12, 25, 18, 0, tzinfo=UTC))


@pytest.mark.django_db
def test_version_turns_at_midnight_in_the_clinic_and_not_in_greenwich(practice: Practice) -> None:
    def version_at(moment: str) -> str:
        with time_machine.travel(moment):
            return snapshot.refresh().version

    # 18:00 and 23:59 of November 30 in Chicago, then midnight.
    assert version_at("2026-11-30T23:59:00Z") == version_at("2026-12-01T05:59:00Z")
    assert version_at("2026-12-01T05:59:00Z") != version_at("2026-12-01T06:00:00Z")


@pytest.mark.django_db
def test_what_a_full_disk_refused_is_written_once_there_is_room(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    practice.phone = "+15125550177"
    practice.save()
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.write_text", full)
        snapshot.refresh()
    known = snapshot._last_known_file()
    assert not known.exists() or "5550177" not in known.read_text()

    snapshot.refresh()

    assert "5550177" in known.read_text()

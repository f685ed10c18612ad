"""The demo: made-up people only, safe to run twice, never on a site that is in use."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from booking.models import ConsultationRequest
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked


def run(**options: str) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_demo_prints_logins_that_work(db: None, client: Client) -> None:
    printed = run()

    line = next(line for line in printed.splitlines() if line.strip().startswith("dana"))
    assert client.login(username="dana", password=line.split("password: ")[1].split()[0])
    assert ConsultationRequest.objects.count() == 14
    assert client.get("/desk/").status_code == 200


def test_second_run_changes_nothing_and_says_so(db: None) -> None:
    run(password="first password of all")
    asked(name="Typed by a visitor of the demo")
    Practice.objects.update(name="Renamed by a visitor", phone="+15125550199")

    printed = run(password="another password")

    assert "already there" in printed
    assert "another password" not in printed
    assert ConsultationRequest.objects.count() == 15
    assert StaffMember.objects.get(username="dana").check_password("first password of all")
    assert Practice.objects.get().phone == "+15125550199"


def test_demo_stays_away_from_a_site_in_use(db: None, settings: Settings) -> None:
    settings.MODE = "live"

    with pytest.raises(CommandError, match="only for SITE_MODE=demo"):
        run()


def test_demo_stays_away_from_a_real_practice(db: None) -> None:
    Practice.objects.create(name="Spine Clinic of Somewhere", phone="+15125550199")

    with pytest.raises(CommandError, match="not the demo's"):
        run()

    assert not StaffMember.objects.exists()
    assert not Location.objects.exists()


def test_demo_stays_away_from_real_requests(db: None) -> None:
    asked()

    with pytest.raises(CommandError, match="not the demo's"):
        run()


def test_every_made_up_number_belongs_to_nobody(db: None) -> None:
    run()

    for about in ConsultationRequest.objects.all():
        assert not about.phone or about.phone.startswith("+151255501")
        assert not about.email or about.email.endswith("@example.com")

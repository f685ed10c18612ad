"""The demo: made-up people only, safe to run twice, never on a site that is in use."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from booking.models import ConsultationRequest
from booking.search_text import words_of
from clinic.outbox import Message
from clinic.practice import Location, Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked


def run(**options: str | int) -> str:
    out = StringIO()
    call_command("demo", stdout=out, stderr=StringIO(), **options)
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


def test_two_made_up_people_sent_their_answers_along(db: None, client: Client) -> None:
    run(password="one password of all")
    run(password="one password of all")

    shared = {about.name: about.shared for about in ConsultationRequest.objects.all() if about.shared}

    assert {name: each["outcome"] for name, each in shared.items()} == {
        "Walter Placeholder": "REVIEW",
        "Carmen Ejemplo": "ASSESS",
    }
    assert (shared["Carmen Ejemplo"]["language"], shared["Carmen Ejemplo"]["soon"]) == ("es", True)
    assert shared["Carmen Ejemplo"]["text"]["heading"] != shared["Carmen Ejemplo"]["english"]["heading"]
    assert client.login(username="dana", password="one password of all")
    walter = ConsultationRequest.objects.get(name="Walter Placeholder")
    page = client.get(f"/desk/{walter.pk}/").content.decode()
    assert shared["Walter Placeholder"]["english"]["heading"] in page


def test_staff_of_the_demo_can_be_sent_mail_that_reaches_nobody(db: None) -> None:
    run()

    emails = StaffMember.objects.values_list("email", flat=True)

    assert all(email.endswith("@example.com") for email in emails)
    assert not Message.objects.exists()


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


# Many people


def test_many_made_up_people_are_added_until_there_are_so_many(db: None) -> None:
    run(requests=300)
    first = list(ConsultationRequest.objects.order_by("pk").values_list("reference", "name"))

    printed = run(requests=350)

    assert len(first) == 300
    assert "50 added; 350 in all" in printed
    assert list(ConsultationRequest.objects.order_by("pk").values_list("reference", "name")[:300]) == first
    assert "0 added; 350 in all" in run(requests=10)


def test_many_made_up_people_are_spread_over_everything_and_belong_to_nobody(
    db: None, client: Client
) -> None:
    run(requests=600)

    made_up = ConsultationRequest.objects.filter(send_token__startswith="made-up-")
    for column in ("status", "mark", "owner", "location", "language", "waits_for", "contact_by"):
        assert made_up.values(column).distinct().count() >= 3, column
    assert {each.birth_date is not None for each in made_up} == {True}
    for about in made_up:
        assert not about.phone or re.fullmatch(r"\+1[2-9]\d\d55501\d\d", about.phone)
        assert not about.email or about.email.endswith("@example.com")
        assert about.is_open == (about.due is not None)
        assert about.version == 1 + about.status_changes.count()
    assert made_up.filter(due__lt=timezone.now()).exists()


def test_many_made_up_people_are_found_like_all_others(db: None) -> None:
    run(requests=50)
    about = ConsultationRequest.objects.filter(send_token__startswith="made-up-").exclude(phone="").first()
    assert about is not None

    words = set(about.search_words.values_list("word", flat=True))

    assert words == words_of(names=(about.name, about.helper_name), phone=about.phone)


def test_progress_is_told_while_many_are_made_up(db: None) -> None:
    told = StringIO()

    call_command("demo", requests=40, stdout=StringIO(), stderr=told)

    assert "Making up requests [##############################] 26 of 26" in told.getvalue()


def test_many_are_not_made_up_on_a_site_in_use(db: None, settings: Settings) -> None:
    settings.MODE = "staging"

    with pytest.raises(CommandError, match="only for SITE_MODE=demo"):
        run(requests=5)

    assert not ConsultationRequest.objects.exists()


def test_request_sent_after_many_made_up_ones_gets_a_number_of_its_own(db: None) -> None:
    run(requests=60)

    about = asked(name="Typed by a visitor")

    assert about.pk > 60

"""The admin's rooms: nobody rises above their rights, closed days show at once, the log is only read."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from booking.models import ConsultationRequest
from clinic import audit, snapshot
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Closure, Location, Practice
from clinic.staff import CLINICAL_REVIEWER, CONTENT_EDITOR, FRONT_DESK, StaffMember
from tests.booking.conftest import asked, text_of

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture
def office(practice: Practice, ada: StaffMember, client_for: ClientFor) -> Client:
    """Ada's browser."""
    return client_for(ada)


def role(name: str) -> str:
    return str(Group.objects.get(name=name).pk)


def person_form(**changes: Any) -> dict[str, Any]:
    return {
        "username": "nell",
        "first_name": "Nell",
        "last_name": "New",
        "email": "",
        "credentials": "",
    } | changes


def link_on(page: Any) -> str:
    return str(page.context["link"]).replace("http://testserver", "")


# Practice


def test_help_beside_the_practice_names_no_command_and_nothing_that_is_elsewhere(office: Client) -> None:
    page = text_of(office.get(f"/admin/clinic/practice/{Practice.objects.get().pk}/change/"))

    assert "deleted for good if they are in the chart" in page
    assert "Add other closed days under “Closures”" in page
    assert "purge_requests" not in page
    assert "below" not in page


# People


def test_new_person_gets_a_link_and_chooses_a_password(office: Client) -> None:
    page = office.post("/admin/clinic/staffmember/add/", person_form(groups=[role(FRONT_DESK)]))

    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    nell = StaffMember.objects.get(username="nell")
    assert not nell.has_usable_password()
    words = "a few words in a row"
    chosen = Client().post(link_on(page), {"new_password1": words, "new_password2": words})
    assert chosen.status_code == 302
    assert Client().login(username="nell", password=words)
    assert Client().get(link_on(page)).status_code == 404


@pytest.mark.parametrize(
    ("roles", "enters"),
    [([FRONT_DESK], False), ([CONTENT_EDITOR], True), ([CLINICAL_REVIEWER, FRONT_DESK], True), ([], False)],
)
def test_role_alone_opens_the_admin(office: Client, roles: list[str], enters: bool) -> None:
    office.post("/admin/clinic/staffmember/add/", person_form(groups=[role(each) for each in roles]))

    assert StaffMember.objects.get(username="nell").is_staff is enters


def test_admin_cannot_lift_herself_above_her_rights(office: Client, ada: StaffMember) -> None:
    rights = [str(each) for each in Permission.objects.values_list("pk", flat=True)]
    forged = person_form(
        username="ada", groups=[role(CLINICAL_REVIEWER)], is_superuser="on", is_staff="on", user_permissions=rights,
        is_active="on",
    )  # fmt: skip

    office.post(f"/admin/clinic/staffmember/{ada.pk}/change/", forged)

    ada.refresh_from_db()
    assert ada.first_name == "Nell", "the rest of the form was saved"
    assert not ada.is_superuser
    assert [group.name for group in ada.groups.all()] == ["Admin"]
    assert not ada.user_permissions.exists()
    assert ada.is_active


def test_admin_cannot_make_a_superuser_or_hand_out_single_rights(office: Client, sam: StaffMember) -> None:
    rights = [str(each) for each in Permission.objects.values_list("pk", flat=True)]
    forged = person_form(
        username="sam", is_active="on", is_superuser="on", is_staff="on", user_permissions=rights
    )

    office.post(f"/admin/clinic/staffmember/{sam.pk}/change/", forged)

    sam.refresh_from_db()
    assert (sam.is_superuser, sam.is_staff, sam.user_permissions.count()) == (False, False, 0)


@pytest.mark.parametrize("path", ["change/", "link/"])
def test_admin_cannot_take_over_a_superuser(office: Client, path: str) -> None:
    boss = StaffMember.objects.create_superuser("boss", password="a password of the boss")

    answer = office.post(
        f"/admin/clinic/staffmember/{boss.pk}/{path}",
        {
            "username": "boss",
            "password1": "another one of ours",
            "password2": "another one of ours",
            "usable_password": "true",
        },
    )

    assert answer.status_code == 403
    boss.refresh_from_db()
    assert boss.check_password("a password of the boss")


@pytest.mark.parametrize("path", ["", "password_change/", "clinic/practice/"])
def test_no_page_of_the_admin_stays_in_the_browser(office: Client, path: str) -> None:
    assert "no-store" in office.get(f"/admin/{path}").headers["Cache-Control"]


def test_nobody_can_choose_a_password_for_somebody_else(office: Client, dana: StaffMember) -> None:
    before = dana.password
    chosen = {
        "password1": "chosen by somebody else",
        "password2": "chosen by somebody else",
        "usable_password": "true",
    }

    office.post(f"/admin/clinic/staffmember/{dana.pk}/password/", chosen)

    dana.refresh_from_db()
    assert dana.password == before


def test_days_away_that_end_before_they_start_are_refused(office: Client, dana: StaffMember) -> None:
    typed = person_form(username="dana", is_active="on", away_from="2026-12-24", away_until="2026-12-20")

    page = office.post(f"/admin/clinic/staffmember/{dana.pk}/change/", typed)

    assert "The last day away is before the first." in text_of(page)
    dana.refresh_from_db()
    assert dana.away_from is None


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One word for each time the rooms were told to count anew."""
    told: list[str] = []
    monkeypatch.setattr(snapshot, "edited", [lambda: told.append("anew")])
    return told


@pytest.mark.parametrize(
    ("changes", "times"),
    [({"away_from": "2026-12-20", "away_until": "2026-12-24"}, 1), ({"first_name": "Dan"}, 0)],
)
def test_days_away_and_no_other_change_make_the_rooms_count_anew_once_it_is_written(
    office: Client,
    dana: StaffMember,
    counted: list[str],
    django_capture_on_commit_callbacks: Any,
    changes: dict[str, str],
    times: int,
) -> None:
    typed = person_form(username="dana", is_active="on", first_name=dana.first_name) | changes

    with django_capture_on_commit_callbacks() as once_written:
        office.post(f"/admin/clinic/staffmember/{dana.pk}/change/", typed)

    assert not counted
    for each in once_written:
        each()
    assert counted == ["anew"] * times
    dana.refresh_from_db()
    assert {name: str(getattr(dana, name)) for name in changes} == changes


def test_refused_edit_of_the_practice_makes_nobody_count_anew(
    office: Client, practice: Practice, counted: list[str]
) -> None:
    page = office.post(f"/admin/clinic/practice/{practice.pk}/change/", {"name": ""})

    assert page.status_code == 200
    assert not counted


def test_roles_are_shown_in_words_with_who_has_them(office: Client, dana: StaffMember) -> None:
    page = office.get("/admin/auth/group/")

    assert "Calls people back and works through the requests." in text_of(page)
    assert "dana" in text_of(page)


def test_nobody_finds_people_by_their_passwords(office: Client, dana: StaffMember) -> None:
    for lookup in ("password__startswith", "user_permissions__codename"):
        assert office.get(f"/admin/clinic/staffmember/?{lookup}=a").status_code == 400


# Closed days


def test_closed_day_counts_at_once_and_no_longer_once_deleted(office: Client, practice: Practice) -> None:
    def closed() -> bool:
        facts = snapshot.current().locations[0]
        return any(each.name == "Snow" for each in facts.closures)

    office.post(
        "/admin/clinic/closure/add/", {"first_day": "2026-12-01", "last_day": "2026-12-02", "name": "Snow"}
    )
    assert closed()

    snow = Closure.objects.get(name="Snow")
    office.post(
        "/admin/clinic/closure/",
        {"action": "delete_selected", "_selected_action": [str(snow.pk)], "post": "yes"},
    )
    assert not Closure.objects.filter(name="Snow").exists()
    assert not closed()


def test_closed_days_that_end_before_they_start_are_refused(office: Client) -> None:
    typed = {"first_day": "2026-12-02", "last_day": "2026-12-01", "name": "Snow"}

    page = office.post("/admin/clinic/closure/add/", typed)

    assert "The last day must not be before the first." in text_of(page)
    assert not Closure.objects.filter(name="Snow").exists()


# The log


def entries(page: Any) -> list[str]:
    return [each.action for each in page.context["cl"].result_list]


def test_log_is_found_by_reference_also_among_many(office: Client, dana: StaffMember) -> None:
    about, other = asked(), asked(name="Somebody Else")
    audit.record(by=dana, action="listed", subject="request", subject_ids=[other.pk, about.pk])
    audit.record(by=dana, action="changed", subject="request", subject_ids=[about.pk])
    audit.record(by=dana, action="viewed", subject="request", subject_ids=[other.pk])
    audit.record(by=dana, action="exported", subject="message", subject_ids=[about.pk])

    found = office.get("/admin/clinic/auditentry/", {"q": about.reference.lower()})

    assert entries(found) == ["changed", "listed"]
    assert entries(office.get("/admin/clinic/auditentry/", {"q": str(about.pk)})) == [
        "exported",
        "changed",
        "listed",
    ]
    for nobody in ("ZZZZZZ9", "Frank", "9" * 30, "1 OR 1=1"):
        assert entries(office.get("/admin/clinic/auditentry/", {"q": nobody})) == []


def test_log_is_filtered_by_person_and_by_what_was_done(
    office: Client, dana: StaffMember, eli: StaffMember
) -> None:
    for person, action in ((dana, "viewed"), (eli, "changed"), (dana, "erased, asked"), (None, "purged")):
        audit.record(by=person, action=action, subject="request", subject_ids=[1])

    def shown(**query: Any) -> list[str]:
        return entries(office.get("/admin/clinic/auditentry/", query))

    assert shown(did="erased") == ["purged", "erased, asked"]
    assert shown(did="viewed") == ["viewed"]
    assert shown(by__id__exact=eli.pk) == ["changed"]
    assert shown(did="other") == []


def test_log_holds_no_way_out_and_no_change(office: Client, dana: StaffMember) -> None:
    audit.record(by=dana, action="viewed", subject="request", subject_ids=[1])
    entry = AuditEntry.objects.get()

    page = office.get("/admin/clinic/auditentry/").content.decode()

    assert 'name="action"' not in page
    for path in (f"{entry.pk}/change/", f"{entry.pk}/delete/", "add/"):
        assert office.post(f"/admin/clinic/auditentry/{path}", {"action": "x"}).status_code == 403
    assert office.post(
        "/admin/clinic/auditentry/",
        {"action": "delete_selected", "_selected_action": [str(entry.pk)], "post": "yes"},
    ).status_code in (200, 302, 403)
    assert AuditEntry.objects.filter(pk=entry.pk, action="viewed").exists()


# Junk


@pytest.mark.parametrize("junk", ["abc", "-1", "1.5", "9" * 40, "", "\0", "1,2", "None"])
@pytest.mark.parametrize(
    "model", ["clinic/location", "clinic/closure", "clinic/message", "booking/cannedreply"]
)
def test_action_on_rows_that_cannot_be_is_a_bad_request(office: Client, model: str, junk: str) -> None:
    before = Location.objects.count()

    answer = office.post(
        f"/admin/{model}/", {"action": "delete_selected", "_selected_action": [junk], "post": "yes"}
    )

    assert answer.status_code == 400
    assert Location.objects.count() == before


def test_action_on_a_row_that_is_gone_deletes_nothing(office: Client) -> None:
    answer = office.post(
        "/admin/clinic/location/",
        {"action": "delete_selected", "_selected_action": ["987654321"], "post": "yes"},
    )

    assert answer.status_code in (200, 302)
    assert Location.objects.count() == 2


def test_office_that_has_requests_is_not_deleted(office: Client) -> None:
    north = Location.objects.get(slug="north")
    asked(location=north)

    office.post(
        "/admin/clinic/location/",
        {"action": "delete_selected", "_selected_action": [str(north.pk)], "post": "yes"},
    )

    assert Location.objects.filter(slug="north").exists()
    assert ConsultationRequest.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/admin/clinic/auditentry/?at__year=x", "/admin/clinic/auditentry/?by__id__exact=x",
        "/admin/clinic/location/abc/change/", "/admin/clinic/location/99999999999999999999999/change/",
        "/admin/clinic/closure/?location__id__exact=99999999999999999999999", "/admin/clinic/closure/?p=-7",
        "/admin/clinic/auditentry/?did=made-up", "/admin/clinic/staffmember/?o=99.x",
    ],
)  # fmt: skip
def test_junk_in_an_address_is_never_a_fault_of_ours(office: Client, path: str) -> None:
    assert office.get(path).status_code in (200, 302, 400, 404)


def test_mail_log_names_nobody(office: Client) -> None:
    Message.objects.create(
        kind="message",
        about="request 1",
        message_id="<1@x>",
        to="rosa@example.com",
        subject="Words",
        text="Words",
    )

    page = office.get("/admin/clinic/message/")

    assert "rosa@example.com" not in page.content.decode()
    assert json.dumps("Words") not in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "clinic/auditentry/?at__year=99999999999999999999",
        "clinic/closure/?first_day__year=99999999999999999999",
    ],
)
def test_a_year_that_no_calendar_holds_is_refused(office: Client, practice: Practice, address: str) -> None:
    Closure.objects.create(practice=practice, first_day="2026-12-24", last_day="2026-12-24", name="Eve")

    assert office.get(f"/admin/{address}").status_code == 400

"""Who may enter which address, with which method: one table, which fails when an address is missing from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from booking.models import CannedReply, Clinician, ConsultationRequest
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Closure, Location, Practice
from clinic.signatures import Signature
from clinic.staff import StaffMember
from content.models import Page

PEOPLE = frozenset({"stranger", "sam", "eli", "rae", "dana", "ada"})
STAFF = PEOPLE - {"stranger"}
# The admin lets in whoever has an account for it; what they find there depends on their role.
IN_ADMIN = frozenset({"eli", "rae", "ada"})
AT_DESK = frozenset({"dana", "ada"})
EDITORS = frozenset({"eli", "rae"})
ADA = frozenset({"ada"})
NOBODY: frozenset[str] = frozenset()
NUMBER = 4711
WRONG_KEY = "0" * 40


@dataclass(frozen=True)
class Row:
    """What those who may enter are answered; a HEAD like a GET. All others must be turned away."""

    path: str
    may: frozenset[str]
    get: int = 200
    post: int = 405
    put: int = 405
    delete: int = 405
    # Where some may look and only others may post.
    may_post: frozenset[str] | None = None

    def lets(self, who: str, method: str) -> bool:
        return who in (self.may if method != "POST" or self.may_post is None else self.may_post)


def in_admin(path: str, may: frozenset[str], get: int = 200, post: int = 200) -> Row:
    """Django's admin shows its page for any method; only a POST that holds a filled-in form changes anything."""
    return Row(f"/admin/{path}", may, get=get, post=post, put=get, delete=get)


TABLE: dict[str, Row] = {
    # Patients, and machines
    "healthz": Row("/healthz", PEOPLE),
    "readyz": Row("/readyz", PEOPLE),
    "sitemap": Row("/sitemap.xml", PEOPLE),
    "robots": Row("/robots.txt", PEOPLE),
    "security": Row("/.well-known/security.txt", PEOPLE),
    "favicon": Row("/favicon.ico", PEOPLE, get=302),
    "content:home": Row("/", PEOPLE),
    "content:emergency": Row("/emergency/", PEOPLE),
    "content:sources": Row("/sources/", PEOPLE),
    "content:search": Row("/search/", PEOPLE),
    "content:page": Row("/cost/", PEOPLE),
    "content:with_slash": Row("/cost", PEOPLE, get=301),
    "screener:start": Row("/check/", PEOPLE, post=303),
    "screener:step": Row("/check/emerg/", PEOPLE, post=422),
    "screener:answers": Row("/check/answers/", PEOPLE, get=303),
    "screener:result": Row("/check/result/", PEOPLE, get=303),
    "screener:visit": Row("/check/visit/", PEOPLE, get=303, post=303),
    "screener:how_it_decides": Row("/check/how-it-decides/", PEOPLE),
    "screener:pack": Row("/check/how-it-decides/pack/", PEOPLE),
    "screener:clear": Row("/check/clear/", PEOPLE, get=405, post=303),
    "booking:form": Row("/book/", PEOPLE, post=422),
    "booking:send": Row("/book/send/", PEOPLE, get=302, post=422),
    "booking:sent": Row("/book/sent/", PEOPLE, get=404),
    # Without the right key these are closed to everybody alike; with it, see tests/booking/test_status_page.py.
    "booking:status": Row(f"/r/{WRONG_KEY}/", PEOPLE, get=404, post=404, put=404, delete=404),
    "booking:contact": Row(f"/r/{WRONG_KEY}/contact/", PEOPLE, get=404, post=404, put=404, delete=404),
    "booking:cancel": Row(f"/r/{WRONG_KEY}/cancel/", PEOPLE, get=404, post=404, put=404, delete=404),
    # Staff
    "staff:sign_in": Row("/staff/sign-in/", PEOPLE, post=422),
    "staff:sign_out": Row("/staff/sign-out/", PEOPLE, get=405, post=302),
    "staff:forgotten": Row("/staff/password/", PEOPLE, post=422),
    "staff:password_sent": Row("/staff/password/sent/", PEOPLE),
    "staff:password_changed": Row("/staff/password/changed/", PEOPLE),
    # Without the right key it is closed to everybody alike; with it, see tests/clinic/test_new_password.py.
    "staff:new_password": Row("/staff/password/NDcxMQ/wrong-key/", PEOPLE, get=404, post=404),
    "staff:home": Row("/staff/", STAFF - {"sam"}, get=302),
    "desk:queue": Row("/desk/", AT_DESK),
    "desk:search": Row("/desk/search/", AT_DESK, post=422),
    "desk:print": Row("/desk/print/", AT_DESK),
    "desk:export": Row("/desk/export/", AT_DESK, get=405, post=200),
    "desk:counts": Row("/desk/counts/", AT_DESK),
    "desk:request": Row(f"/desk/{NUMBER}/", AT_DESK, post=422),
    "desk:add": Row("/desk/new/", AT_DESK, post=422),
    "desk:claim": Row(f"/desk/{NUMBER}/claim/", AT_DESK, get=405, post=422),
    "desk:take_over": Row(f"/desk/{NUMBER}/take-over/", AT_DESK, get=405, post=422),
    "desk:release": Row(f"/desk/{NUMBER}/release/", AT_DESK, get=405, post=422),
    "desk:attempt": Row(f"/desk/{NUMBER}/attempt/", AT_DESK, get=405, post=422),
    "desk:replied": Row(f"/desk/{NUMBER}/replied/", AT_DESK, get=405, post=422),
    "desk:wait": Row(f"/desk/{NUMBER}/wait/", AT_DESK, get=405, post=422),
    "desk:close": Row(f"/desk/{NUMBER}/close/", AT_DESK, get=405, post=422),
    "desk:next_try": Row(f"/desk/{NUMBER}/next-try/", AT_DESK, post=422),
    "desk:time": Row(f"/desk/{NUMBER}/time/", AT_DESK, post=422),
    "desk:cancel_time": Row(f"/desk/{NUMBER}/time/cancel/", AT_DESK, get=405, post=422),
    "desk:note": Row(f"/desk/{NUMBER}/note/", AT_DESK, post=422),
    "desk:merge": Row(f"/desk/{NUMBER}/merge/", AT_DESK, post=422),
    "desk:write": Row(f"/desk/{NUMBER}/write/", AT_DESK, post=422),
    "desk:reports": Row("/desk/reports/", AT_DESK),
    "desk:reports_csv": Row("/desk/reports/csv/", AT_DESK),
    "desk:chart_sheet": Row(f"/desk/{NUMBER}/chart-sheet/", AT_DESK),
    "desk:script": Row(f"/desk/{NUMBER}/script/", AT_DESK),
    "desk:erase": Row(f"/desk/{NUMBER}/erase/", AT_DESK, post=422),
    "desk:renew_link": Row(f"/desk/{NUMBER}/link/", AT_DESK, get=405, post=303),
    # The admin's own pages
    "admin:index": in_admin("", IN_ADMIN),
    "admin:login": Row("/admin/login/", NOBODY),
    "admin:logout": Row("/admin/logout/", IN_ADMIN, get=405, post=302),
    "admin:password_change": Row("/admin/password_change/", IN_ADMIN, post=200, put=200),
    "admin:password_change_done": Row("/admin/password_change/done/", IN_ADMIN),
    "admin:jsi18n": Row("/admin/jsi18n/", IN_ADMIN),
    "admin:autocomplete": Row("/admin/autocomplete/", NOBODY),
    "admin:view_on_site": Row("/admin/r/1/1/", NOBODY),
    "admin:app_list": in_admin("clinic/", ADA),
    "admin/(?P<url>.*)$": Row("/admin/no-such-page/", NOBODY),
    "admin:content_page_sign": Row(
        f"/admin/content/page/{NUMBER}/sign/", frozenset({"rae"}), get=405, post=302
    ),
    "admin:screener_sign": Row("/admin/screener/checksignature/sign/", frozenset({"rae"}), get=405, post=302),
    "admin:screener_switch": Row(
        "/admin/screener/checksignature/switch/", frozenset({"rae", "ada"}), get=405, post=302
    ),
    "admin:clinic_staffmember_link": in_admin(f"clinic/staffmember/{NUMBER}/link/", ADA),
    "admin:booking_cannedreply_preview": Row("/admin/booking/cannedreply/preview/", ADA, get=405, post=422),
}


@dataclass(frozen=True)
class Rights:
    """Who may do what with a model in the admin."""

    look: frozenset[str] = NOBODY
    add: frozenset[str] = NOBODY
    change: frozenset[str] = NOBODY
    delete: frozenset[str] = NOBODY


MODELS: dict[str, Rights] = {
    "auth.group": Rights(look=ADA),
    "clinic.practice": Rights(look=ADA, change=ADA),
    "clinic.location": Rights(look=ADA, add=ADA, change=ADA, delete=ADA),
    "clinic.closure": Rights(look=ADA, add=ADA, change=ADA, delete=ADA),
    "clinic.staffmember": Rights(look=ADA, add=ADA, change=ADA),
    "clinic.auditentry": Rights(look=ADA),
    "clinic.message": Rights(look=ADA),
    "content.page": Rights(look=IN_ADMIN, add=EDITORS, change=EDITORS),
    "screener.checksignature": Rights(look=frozenset({"rae", "ada"})),
    "booking.consultationrequest": Rights(look=ADA),
    "booking.cannedreply": Rights(look=ADA, add=ADA, change=ADA, delete=ADA),
    "booking.clinician": Rights(look=ADA, add=ADA, change=ADA),
}


def rows_of_models() -> Iterator[tuple[str, Row]]:
    for label, rights in MODELS.items():
        name, folder = label.replace(".", "_"), label.replace(".", "/")
        yield f"admin:{name}_changelist", in_admin(f"{folder}/", rights.look)
        yield f"admin:{name}_add", in_admin(f"{folder}/add/", rights.add)
        yield f"admin:{name}_history", in_admin(f"{folder}/{NUMBER}/history/", rights.look)
        yield f"admin:{name}_delete", in_admin(f"{folder}/{NUMBER}/delete/", rights.delete)
        # Who may only look is refused when they post.
        post = 200 if rights.change else 403
        yield f"admin:{name}_change", in_admin(f"{folder}/{NUMBER}/change/", rights.look, post=post)
        yield (
            f"admin/{folder}/<path:object_id>/",
            in_admin(f"{folder}/{NUMBER}/", IN_ADMIN, get=302, post=302),
        )


def in_rooms(
    path: str, may: frozenset[str], get: int = 200, post: int = 405, may_post: frozenset[str] | None = None
) -> Row:
    """The editors' rooms are views of our own."""
    return Row(f"/admin/content/page/{path}", may, get=get, post=post, may_post=may_post)


# Instead of Django's own pages for this model.
ROOMS: dict[str, Row] = {
    "admin:content_page_changelist": in_rooms("", IN_ADMIN),
    "admin:content_page_add": in_rooms("add/", EDITORS, post=422),
    "admin:content_page_change": in_rooms(f"{NUMBER}/change/", IN_ADMIN, post=409, may_post=EDITORS),
    "admin:content_page_history": in_admin(f"content/page/{NUMBER}/history/", IN_ADMIN, get=302, post=302),
    "admin:content_page_repository": in_rooms("repository/", IN_ADMIN),
    "admin:content_page_patch": in_rooms("repository/patch/", IN_ADMIN),
    "admin:content_page_notice": in_rooms("notice/", EDITORS, post=302),
    "admin:content_page_deputies": in_rooms("deputies/", IN_ADMIN, post=422, may_post=frozenset({"rae"})),
    "admin:content_page_preview": in_rooms(f"{NUMBER}/preview/", IN_ADMIN, post=200),
    "admin:content_page_revisions": in_rooms(f"{NUMBER}/revisions/", IN_ADMIN),
    "admin:content_page_compare": in_rooms(f"{NUMBER}/compare/", IN_ADMIN),
    "admin:content_page_restore": in_rooms(f"{NUMBER}/restore/", EDITORS, get=302, post=422),
    "admin:content_page_put_away": in_rooms(f"{NUMBER}/put-away/", EDITORS, get=405, post=422),
    "admin:content_page_withdraw": in_rooms(f"{NUMBER}/withdraw/", EDITORS, post=422),
    "admin:content_page_review": in_rooms(f"{NUMBER}/review/", IN_ADMIN, post=422, may_post=EDITORS),
    "admin:content_page_note": in_rooms(f"{NUMBER}/notes/", EDITORS, get=405, post=422),
    "admin:content_page_settle": in_rooms(f"{NUMBER}/settle/", EDITORS, post=422),
}
ROWS = TABLE | dict(rows_of_models()) | ROOMS


def addresses(patterns: list[URLPattern | URLResolver], path: str = "", space: str = "") -> Iterator[str]:
    """Every address of the project by name; one without a name by its pattern."""
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from addresses(each.url_patterns, path + str(each.pattern), inner)
        else:
            yield space + each.name if each.name else path + str(each.pattern)


def test_no_address_is_missing_from_the_table() -> None:
    assert set(addresses(get_resolver().url_patterns)) == set(ROWS)


@pytest.fixture
def house(
    practice: Practice,
    dana: StaffMember,
    eli: StaffMember,
    rae: StaffMember,
    ada: StaffMember,
    sam: StaffMember,
) -> dict[str, StaffMember | None]:
    """Everybody, and one row with the same number of everything that has pages in the admin."""
    Group.objects.create(pk=NUMBER, name="A group")
    Practice.objects.create(pk=NUMBER, name="Another practice", phone="+15125550123")
    Location.objects.create(pk=NUMBER, practice=practice, slug="third", name="Third office")
    Closure.objects.create(
        pk=NUMBER, practice=practice, first_day="2026-12-24", last_day="2026-12-24", name="Eve"
    )
    Clinician.objects.create(pk=NUMBER, name="Somebody")
    CannedReply.objects.create(pk=NUMBER, title="A reply")
    StaffMember.objects.create_user("somebody", pk=NUMBER)
    Message.objects.create(pk=NUMBER, kind="test", message_id="<1@example.com>", to="pat@example.com")
    AuditEntry.objects.bulk_create([AuditEntry(pk=NUMBER, by=dana, action="viewed", subject="request")])
    Page.objects.create(pk=NUMBER, page_id="a-page", lang="en")
    day = timezone.localdate()
    Signature.objects.bulk_create(
        [Signature(pk=NUMBER, subject="rules", key="0", by=rae, signed_on=day, good_until=day)]
    )
    ConsultationRequest.objects.create(
        pk=NUMBER, reference="ABC2345", send_token="1", name="Pat Example", phone="+15125550123"
    )
    return {"stranger": None, "dana": dana, "eli": eli, "rae": rae, "ada": ada, "sam": sam}


def turned_away(status: int, location: str) -> bool:
    # Signing out of the admin leads whoever is not in it to its closed front door.
    to_a_closed_door = location.startswith(("/staff/sign-in/?", "/admin/login/")) or location == "/admin/"
    return status in (401, 403, 404, 405) or (status == 302 and to_a_closed_door)


def everything() -> dict[type[Model], int]:
    watched: tuple[type[Model], ...] = (Group, Practice, Location, StaffMember, Page, ConsultationRequest)
    return {model: model._default_manager.count() for model in watched}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROWS)
def test_doors_open_for_those_on_the_list_alone(
    name: str, house: dict[str, StaffMember | None], client_for: Callable[[StaffMember], Client]
) -> None:
    row = ROWS[name]
    before = everything()
    wrong = []

    for who, person in house.items():
        client = client_for(person) if person else Client()
        # POST comes last: it may sign its sender out.
        expected = {"GET": row.get, "HEAD": row.get, "PUT": row.put, "DELETE": row.delete, "POST": row.post}
        for method, status in expected.items():
            answer = client.generic(method, row.path)
            location = answer.headers.get("Location", "")
            if row.lets(who, method):
                right = answer.status_code == status and not location.startswith(
                    ("/staff/sign-in/?", "/admin/login/")
                )
            else:
                right = turned_away(answer.status_code, location)
            if not right:
                wrong.append(f"{method} {row.path} by {who}: {answer.status_code} {location}")

    assert wrong == []
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize("label", MODELS)
def test_the_admin_gives_each_role_its_rights_and_no_more(
    label: str, house: dict[str, StaffMember | None]
) -> None:
    model = apps.get_model(label)
    rights = MODELS[label]

    for who, person in house.items():
        for right, allowed in (("add", rights.add), ("change", rights.change), ("delete", rights.delete)):
            has = person is not None and person.has_perm(
                f"{model._meta.app_label}.{right}_{model._meta.model_name}"
            )
            assert has <= (who in allowed), f"{who} may {right} {label}"

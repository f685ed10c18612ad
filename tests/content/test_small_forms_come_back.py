"""Notes, reasons, withdrawals, new pages, deputies: what is typed into the small forms of the rooms comes back too."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from clinic.staff import StaffMember
from content import actions
from content.models import Deputy, Note, Page, Step
from tests.content.desk_of_editors import ABOUT, file_text, form_of, now_of
from tests.content.rooms import address, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "demo-pass-1234"
WORDS = "My long morning’s words"
SIGNED_OUT = "You were signed out before this was sent"


@dataclass(frozen=True)
class Form:
    """A small form: the page that it stands on, where it is sent, what is typed, and the field that holds the words."""

    page: Callable[[], str]
    sent_to: Callable[[], str]
    typed: dict[str, str]
    field: str
    arrived: Callable[[], bool]
    name: str


def notes() -> bool:
    return Note.objects.filter(text=WORDS).exists()


def withdrawn() -> bool:
    return Step.objects.filter(note=WORDS, kind=Step.Kind.PUBLISHED).exists()


def at(name: str) -> Callable[[], str]:
    return lambda: address(name)


def room(name: str) -> Callable[[], str]:
    return lambda: reverse(f"admin:content_page_{name}")


FORMS = [
    Form(at("change"), at("note"), {"text": WORDS, "from": "change"}, "text", notes, "note while editing"),
    Form(at("review"), at("note"), {"text": WORDS, "from": "review"}, "text", notes, "note while reading"),
    Form(at("withdraw"), at("withdraw"), {"note": WORDS}, "note", withdrawn, "withdrawal"),
    Form(
        room("add"),
        room("add"),
        {"kind": "page", "document_id": "parking", "lang": "es"},
        "document_id",
        Page.objects.filter(page_id="parking", lang="es").exists,
        "new page",
    ),
    Form(
        room("deputies"),
        room("deputies"),
        {"first_day": "2040-03-01", "last_day": "2040-03-09"},
        "last_day",
        Deputy.objects.filter(last_day="2040-03-09").exists,
        "deputy",
    ),
]
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


@pytest.fixture
def rae(rae: StaffMember, eli: StaffMember) -> StaffMember:
    rae.set_password(PASSWORD)
    rae.save()
    return rae


class Forms(HTMLParser):
    """Every form of a page with what a browser would send of it; under "" the address it is sent to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[str, str]] = []
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append({"": given.get("action", "")})
        elif tag == "option" and self.select:
            if "selected" in given or self.select not in self.found[-1]:
                self.found[-1][self.select] = given.get("value", "")
        elif self.found and (name := given.get("name", "")):
            self._field(tag, name, given)

    def _field(self, tag: str, name: str, given: dict[str, str]) -> None:
        if tag == "select":
            self.select = name
        elif tag == "textarea" or (tag == "input" and given.get("type") not in ("checkbox", "radio")):
            self.found[-1][name] = given.get("value", "")
            self.area = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[-1][self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[-1][self.area] = self.found[-1][self.area].removeprefix("\n")
            self.area = ""
        self.select = "" if tag == "select" else self.select


def fields(html: str, sent_to: str, holds: str) -> dict[str, str]:
    """What a browser would send from the form with this field, whatever other forms stand on the page."""
    read = Forms()
    read.feed(html[html.index('id="content"') :])
    return next(each for each in read.found if holds in each and each.pop("") in ("", sent_to))


def filled(client: Client, form: Form, eli: StaffMember) -> dict[str, str]:
    """The form as it was opened, with what is typed into it."""
    given = fields(client.get(form.page()).content.decode(), form.sent_to(), form.field)
    deputy = {"deputy": str(eli.pk)} if "deputy" in given else {}
    return {**given, **form.typed, **deputy}


def opened(rae: StaffMember, **how: Any) -> Client:
    client = Client(**how)
    client.force_login(rae)
    return client


@each_form
def test_an_old_token_brings_the_words_back_where_they_can_be_sent_again(
    rae: StaffMember, eli: StaffMember, form: Form
) -> None:
    client = opened(rae, enforce_csrf_checks=True)
    typed = filled(client, form, eli)

    refused = client.post(form.sent_to(), typed | {"csrfmiddlewaretoken": "old"})
    again = fields(refused.content.decode(), form.sent_to(), form.field)

    assert refused.status_code == 403
    assert "waited too long" in text_of(refused)
    assert not form.arrived()
    assert {name: again[name] for name in form.typed} == form.typed
    client.post(form.sent_to(), again)
    assert form.arrived()


@each_form
def test_a_sign_in_that_ran_out_leads_back_to_the_words(
    rae: StaffMember, eli: StaffMember, form: Form
) -> None:
    client = opened(rae)
    typed = filled(client, form, eli)
    Session.objects.all().delete()

    sent_away = client.post(form.sent_to(), typed)
    sign_in = {"username": "rae", "password": PASSWORD, "next": form.page()}
    back = client.post(reverse("staff:sign_in"), sign_in, follow=True)
    again = fields(back.content.decode(), form.sent_to(), form.field)

    assert sent_away.headers["Location"] == f"/staff/sign-in/?next={form.page()}"
    assert back.status_code == 200
    assert SIGNED_OUT in text_of(back)
    assert {name: again[name] for name in form.typed} == form.typed
    client.post(form.sent_to(), again)
    assert form.arrived()


@pytest.mark.parametrize("written_on", ["change", "review"])
def test_a_note_with_a_character_that_none_can_keep_comes_back_with_it_shown(
    rae: StaffMember, written_on: str
) -> None:
    client = opened(rae)

    refused = client.post(address("note"), {"text": f"{WORDS}\0!", "from": written_on})

    assert refused.status_code == 422
    assert fields(refused.content.decode(), address("note"), "text")["text"] == f"{WORDS}␀!"
    assert "a character that no page can hold" in text_of(refused)
    assert Note.objects.count() == 0


def test_a_draft_stands_beside_the_note_that_came_back(rae: StaffMember, eli: StaffMember) -> None:
    actions.save_draft(**form_of(ABOUT, eli), text=f"{file_text()}\nWhat Eli wrote.\n")
    client = opened(rae)
    typed = fields(client.get(address("change")).content.decode(), address("note"), "text")
    Session.objects.all().delete()

    client.post(address("note"), typed | {"text": WORDS})
    client.force_login(rae)
    back = client.get(address("change"))

    assert fields(back.content.decode(), address("note"), "text")["text"] == WORDS
    assert "What Eli wrote." in fields(back.content.decode(), "", "body")["body"]


def test_whoever_withdraws_a_page_that_was_changed_meanwhile_is_told_and_can_go_on(
    rae: StaffMember, eli: StaffMember
) -> None:
    client = opened(rae)
    typed = fields(client.get(address("withdraw")).content.decode(), "", "note") | {"note": WORDS}
    actions.save_draft(**form_of(ABOUT, eli), text=f"{file_text()}\nWhat Eli wrote.\n")

    refused = client.post(address("withdraw"), typed)
    again = fields(refused.content.decode(), "", "note")
    client.post(address("withdraw"), again)

    assert refused.status_code == 422
    assert again["note"] == WORDS
    assert withdrawn()


def test_reasons_for_bringing_a_text_back_are_there_after_signing_in_again(
    rae: StaffMember, eli: StaffMember
) -> None:
    client = opened(rae, enforce_csrf_checks=True)
    for words in ("We talk. {! not needed !}", "We listen."):
        actions.save_draft(**form_of(ABOUT, eli), text=f"{file_text()}\n{words}\n")
    typed = {"stamp": now_of().stamp, "number": "1", "reason-exemption": WORDS}
    waited = client.post(address("restore"), typed | {"csrfmiddlewaretoken": "old"})
    given = fields(waited.content.decode(), address("restore"), "reason-exemption")
    Session.objects.all().delete()
    client.handler.enforce_csrf_checks = False

    sent_away = client.post(address("restore"), given)
    client.force_login(rae)
    back = client.get(address("restore"))
    again = fields(back.content.decode(), address("restore"), "reason-exemption")

    assert waited.status_code == 403
    assert sent_away.headers["Location"] == f"/staff/sign-in/?next={address('restore')}"
    assert SIGNED_OUT in text_of(back)
    assert (given["reason-exemption"], again["reason-exemption"], again["number"]) == (WORDS, WORDS, "1")


@pytest.mark.parametrize(
    ("button", "leads_back_to"),
    [("note", "change"), ("put_away", "change")],
)
def test_after_signing_in_again_nobody_ends_at_the_address_of_a_button(
    eli: StaffMember, button: str, leads_back_to: str
) -> None:
    for sent_away in (Client().post(address(button), {"stamp": "x"}), Client().get(address(button))):
        assert sent_away.headers["Location"] == f"/staff/sign-in/?next={address(leads_back_to)}"


def test_putting_away_with_an_old_token_says_so(rae: StaffMember, eli: StaffMember) -> None:
    actions.save_draft(**form_of(ABOUT, eli), text=f"{file_text()}\nWhat Eli wrote.\n")

    refused = opened(rae, enforce_csrf_checks=True).post(address("put_away"), {"stamp": now_of().stamp})

    assert refused.status_code == 403
    assert "nothing was changed" in text_of(refused)
    assert now_of().draft is not None

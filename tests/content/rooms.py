"""An editor at her page in the admin: what stands in its form, and what she does with it."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from clinic.staff import StaffMember
from content.live import Key
from tests.content.desk_of_editors import ABOUT, row_of


class _Form(HTMLParser):
    """The fields of the form with an id, as a browser would send them."""

    def __init__(self, wanted: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = wanted
        self.inside = False
        self.fields: dict[str, str] = {}
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id", "") == self.wanted
        name = given.get("name")
        if not self.inside:
            return
        if tag == "option" and self.select and ("selected" in given or self.select not in self.fields):
            self.fields[self.select] = given.get("value", "")
        if not name:
            return
        if tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.fields[name] = given.get("value", "") or ("on" if given.get("type") == "checkbox" else "")
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""
        elif tag == "select":
            self.select = name

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            # A browser leaves the first line break out.
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None


def fields_of(html: str, form: str = "document") -> dict[str, str]:
    read = _Form(form)
    read.feed(html)
    return read.fields


def address(name: str, key: Key = ABOUT) -> str:
    return reverse(f"admin:content_page_{name}", args=[row_of(key).pk])


class Room:
    """One person with one page open."""

    def __init__(self, person: StaffMember, key: Key = ABOUT, client: Client | None = None) -> None:
        self.client = client or Client()
        if client is None:
            self.client.force_login(person)
        self.key = key
        self.answer: Any = None
        self.fields: dict[str, str] = {}
        self.open()

    def open(self) -> "Room":
        self.read(self.client.get(address("change", self.key)))
        return self

    def read(self, answer: Any) -> Any:
        """As a browser: follows to where it is sent, and shows what is there."""
        if answer.status_code == 302:
            answer = self.client.get(answer.headers["Location"])
        self.answer = answer
        self.fields = fields_of(answer.content.decode()) or self.fields
        return answer

    def press(self, button: str, **typed: str) -> Any:
        self.fields |= {name.replace("__", "-"): words for name, words in typed.items()}
        return self.read(self.client.post(address("change", self.key), self.sent(button)))

    def sent(self, button: str) -> dict[str, str]:
        return {**self.fields, "do": button}

    @property
    def body(self) -> str:
        return self.fields["body"].replace("\r\n", "\n")

    @property
    def words(self) -> str:
        return text_of(self.answer)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text_of(answer: Any) -> str:
    read = _Words()
    read.feed(answer.content.decode())
    return " ".join(" ".join(read.found).split())


def fields_of_page(answer: Any) -> dict[str, str]:
    """What the form without an id would send; each page has one, besides those of the frame."""
    found = _Form("")
    html = answer.content.decode()
    found.feed(html[html.index('id="content"') :])
    return found.fields

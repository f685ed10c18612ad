"""Whatever is typed into any box of a patient: refused with 422 or kept exactly, never a fault, never run, never logged.

HOSTILE_TIMES=10 tries ten times as much; `make audit` does.
"""

import os
import re
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from booking import actions, status_views
from booking.forms import BookingForm
from booking.models import ConsultationRequest
from booking.wish import Wish
from clinic.outbox import Message
from clinic.practice import Practice
from tests.booking.conftest import REVIEW_ANSWERS, hidden, keep_answers
from tests.booking.hostile import MARK, SCRIPTS, TEXTS, listening

TIMES = int(os.environ.get("HOSTILE_TIMES", "1"))
FORM = "application/x-www-form-urlencoded"
# What Rosa types for her mother; every box of the form has something in it.
WHOLE: dict[str, Any] = {
    "patient_kind": "new",
    "for_whom": "other",
    "name": "Lucía Sample",
    "patient_name": "Rosa Sample",
    "relationship": "daughter",
    "phone_is": "mine",
    "may_talk_with": "yes",
    "birth_month": "4",
    "birth_day": "23",
    "birth_year": "1948",
    "phone": "(512) 555-0123",
    "email": "rosa@example.com",
    "contact_by": "call",
    "best_time": "morning",
    "voicemail_ok": "yes",
    "location": "north",
    "days": ["mon", "wed"],
    "day_parts": ["morning"],
    "insurance": "medicare",
    "referrer": "Dr. Example",
    "language": "en",
    "needs": ["hearing", "large_print"],
    "mark_urgency": "on",
    "share_answers": "on",
    "agree": "on",
    "anyway": "",
    "website": "",
    "begun": "",
}
# The columns in which the words of a box are kept as they were typed.
KEPT_AS_TYPED = {
    "name": "helper_name",
    "patient_name": "name",
    "relationship": "relationship",
    "referrer": "referrer",
    "email": "email",
}
# What a page of ours never holds, whoever typed it: each begins a tag or ends an attribute.
RUNS = re.compile(
    rf"<script>alert|<img src=x|<svg onload|onerror={MARK}>|\"'>|'; DROP TABLE booking_c[^&]*\"".encode()
)
# A box to choose from refuses every text alike; the words are for boxes to write into.
WRITTEN = {*KEPT_AS_TYPED, "phone", "birth_day", "birth_year", "begun", "website"}
A_FEW = ("a script", "a broken out attribute", "a NUL", "half of a character", "ten thousand letters")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")

pytestmark = pytest.mark.django_db


def tries(examples: int) -> settings:
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@pytest.fixture(autouse=True)
def no_limit(practice: Practice, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BOOKING_LIMIT_PER_ADDRESS = settings.BOOKING_LIMIT_GLOBAL = 1_000_000
    monkeypatch.setattr("booking.status_views.CONTACT_CHANGES", 1_000_000)


@pytest.fixture
def rosas() -> ConsultationRequest:
    return actions.send_request(
        send_token="rosa",
        wish=Wish(name="Rosa Sample", phone="+15125550123", email="rosa@example.com", agreement="2026-11"),
    )


def body(fields: dict[str, Any]) -> bytes:
    """As a browser or a robot would write it; half a character goes over the wire as its bytes."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ).encode()


def as_django_reads(text: str) -> str:
    """What arrives of a text: bytes that are no UTF-8 become replacement characters, and the ends are trimmed."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").strip()


def visitor() -> Client:
    client = Client(raise_request_exception=True)
    keep_answers(client, REVIEW_ANSWERS | {"weaker": "yes"})
    return client


def send(client: Client, fields: dict[str, Any]) -> ConsultationRequest | None:
    """Types, looks over and sends; None when the form was shown again."""
    page = client.post("/book/", body(fields), content_type=FORM)
    looked_at(page)
    if b'data-step="current"' in page.content:
        page = client.post("/book/", body(fields | {"anyway": "on"}), content_type=FORM)
        looked_at(page)
    if page.status_code == 422:
        return None
    assert b'data-step="review"' in page.content
    sent = client.post("/book/send/", {"request": hidden(page, "request")})
    assert sent.status_code == 303, "what passed the form is never refused afterwards"
    looked_at(client.get("/book/sent/"))
    return ConsultationRequest.objects.latest("pk")


def looked_at(response: Any) -> None:
    assert response.status_code in (200, 303, 404, 422), response.status_code
    assert not RUNS.search(response.content)
    assert "\r" not in "".join(f"{name}{value}" for name, value in response.headers.items())


def kept_exactly(stored: ConsultationRequest, fields: dict[str, Any]) -> None:
    stored.refresh_from_db()
    for name, column in KEPT_AS_TYPED.items():
        assert getattr(stored, column) == as_django_reads(fields[name]), name
    assert stored.phone == "" or E164.fullmatch(stored.phone)
    for name in ("patient_kind", "for_whom", "contact_by", "insurance", "language", "voicemail_ok"):
        assert getattr(stored, name) == fields[name], name
    assert set(stored.days) <= set(fields["days"])
    assert set(stored.needs) <= set(fields["needs"])


def test_the_list_of_boxes_is_whole() -> None:
    assert set(BookingForm.base_fields) | {"website", "begun"} == set(WHOLE)


@pytest.mark.parametrize("name", WHOLE)
def test_a_hostile_text_in_any_box_is_refused_or_kept_exactly(name: str) -> None:
    client, stored = visitor(), 0
    texts = TEXTS if name in WRITTEN or TIMES > 1 else {each: TEXTS[each] for each in A_FEW}

    with listening() as log:
        for text in texts.values():
            fields = WHOLE | {name: text}
            made = send(client, fields)
            if made is not None:
                stored += 1
                if name in KEPT_AS_TYPED:
                    kept_exactly(made, fields)

    assert not [line for line in log if MARK in line or "Sample" in line or "555" in line]
    if name in ("name", "patient_name", "referrer", "relationship"):
        assert stored >= 10, "harmless oddities are kept"


@pytest.mark.parametrize("script", SCRIPTS)
def test_names_of_every_script_are_kept_letter_by_letter(script: str) -> None:
    name = SCRIPTS[script]
    fields = WHOLE | dict.fromkeys(("name", "patient_name", "relationship", "referrer"), name)

    stored = send(visitor(), fields)

    assert stored is not None
    kept_exactly(stored, fields)


ODD_TEXT = (
    st.text(max_size=60) | st.sampled_from(list(TEXTS.values())) | st.sampled_from(list(SCRIPTS.values()))
)
HALVES = st.text(
    alphabet=st.characters(min_codepoint=0xD000, max_codepoint=0xE010, exclude_categories=()), max_size=8
)
SOME_BOXES = st.dictionaries(st.sampled_from(sorted(WHOLE)), ODD_TEXT | HALVES, min_size=1, max_size=6)
WORDS_ALONE = st.dictionaries(st.sampled_from(sorted(KEPT_AS_TYPED)), ODD_TEXT | HALVES, min_size=1)


@tries(25)
@given(SOME_BOXES | WORDS_ALONE)
def test_any_text_in_any_boxes_is_refused_or_kept_exactly(typed: dict[str, str]) -> None:
    fields = WHOLE | typed

    stored = send(visitor(), fields)

    if stored is not None and not {"days", "needs"} & set(typed):
        kept_exactly(stored, fields)


@tries(25)
@given(
    st.sampled_from(["/book/", "/book/send/", "/es/book/", "/es/book/send/"]),
    st.binary(max_size=300) | st.from_regex(rb"\A(request|name|change|begun|days)=[ -~\x00\xff]{0,60}\Z"),
    st.sampled_from(
        [
            FORM,
            FORM + "; charset=utf-16",
            "multipart/form-data; boundary=x",
            "text/plain",
            "application/json",
            "",
        ]
    ),
    st.sampled_from(["", "x", '"\\000"', "a" * 5000]),
)
def test_any_body_of_any_kind_gets_a_clear_answer(path: str, raw: bytes, kind: str, cookie: str) -> None:
    client = Client(raise_request_exception=True)
    if cookie:
        client.cookies["sent"] = cookie

    answer = client.generic("POST", path, raw, content_type=kind)

    # Bytes that are no form at all are 400, which is a page with the phone too.
    assert answer.status_code in (200, 400, 422), answer.status_code
    assert b"555-0100" in answer.content
    assert not ConsultationRequest.objects.exists()


CONTACT = {
    "phone": "512 555 0177",
    "email": "new@example.com",
    "no_email": "",
    "contact_by": "call",
    "best_time": "midday",
    "voicemail_ok": "no",
}


@pytest.fixture
def many_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is stopped for changing too often, so that each change is looked at."""
    monkeypatch.setattr(status_views, "CONTACT_CHANGES", 1_000_000)


@pytest.mark.parametrize("name", [*CONTACT, "unknown"])
def test_hostile_wishes_on_the_own_page_are_refused_or_kept_exactly(
    rosas: ConsultationRequest, many_changes: None, name: str
) -> None:
    own = f"/r/{rosas.link_token}/contact/"

    with listening() as log:
        for text in TEXTS.values():
            before = ConsultationRequest.objects.get()
            answer = Client().post(own, body(CONTACT | {name: text}), content_type=FORM)
            looked_at(answer)
            rosas.refresh_from_db()
            if answer.status_code == 422:
                assert rosas.version == before.version
            elif name == "email" and as_django_reads(text):
                assert rosas.email == as_django_reads(text)

    assert not [line for line in log if MARK in line or rosas.link_token in line or "@example" in line]


@tries(20)
@given(st.dictionaries(st.sampled_from([*CONTACT, "x"]), ODD_TEXT | HALVES))
def test_any_wishes_get_a_clear_answer(
    rosas: ConsultationRequest, many_changes: None, typed: dict[str, str]
) -> None:
    answer = Client().post(f"/r/{rosas.link_token}/contact/", body(CONTACT | typed), content_type=FORM)

    looked_at(answer)
    assert answer.status_code in (303, 422)
    rosas.refresh_from_db()
    assert rosas.phone == "" or E164.fullmatch(rosas.phone)
    assert rosas.phone or rosas.email


def test_the_cancel_form_takes_no_words_at_all(rosas: ConsultationRequest) -> None:
    with listening() as log:
        for text in TEXTS.values():
            ConsultationRequest.objects.update(status="new", closing_reason="")
            fields = dict.fromkeys(("reason", "note", "to", "version", "csrfmiddlewaretoken"), text)
            answer = Client().post(f"/r/{rosas.link_token}/cancel/", body(fields), content_type=FORM)
            assert answer.status_code == 303

    rosas.refresh_from_db()
    assert (rosas.status, rosas.closing_reason) == ("closed", "cancelled")
    assert MARK not in str(list(rosas.status_changes.values()))
    assert not [line for line in log if MARK in line or rosas.link_token in line]


@tries(25)
@given(
    st.text(max_size=60) | st.sampled_from(list(TEXTS.values())), st.sampled_from(["", "contact/", "cancel/"])
)
def test_no_invented_key_opens_a_page(rosas: ConsultationRequest, token: str, path: str) -> None:
    written = quote_plus(token.encode("utf-8", "surrogatepass")).replace("+", "%20")

    with listening() as log:
        answers = [Client().get(f"/r/{written}/{path}"), Client().post(f"/r/{written}/{path}")]

    for answer in answers:
        assert answer.status_code in (404, 405), token
        assert rosas.reference.encode() not in answer.content
        assert not RUNS.search(answer.content)
    assert not [line for line in log if MARK in line]


def test_every_mail_to_what_was_accepted_can_be_written(rosas: ConsultationRequest) -> None:
    for text in TEXTS.values():
        send(visitor(), WHOLE | {"email": text})

    call_command("send_messages", verbosity=0)

    assert not Message.objects.exclude(state="sent").exists()
    for sent in mail.outbox:
        assert len(sent.recipients()) == 1
        for line in sent.message().as_bytes().split(b"\n\n", 1)[0].splitlines():
            assert not line.lower().startswith((b"bcc:", b"cc:"))

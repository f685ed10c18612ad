"""A sign-in that ran out at the desk: what was typed waits for the one who typed it, and for nobody else."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from booking.models import ConsultationRequest
from clinic.encryption import decrypt, encrypt
from clinic.limits import TokenBucket
from clinic.lost_logins import KEPT, TICKETS
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, hidden, text_of

PASSWORD = "a long password of Dana"
WORDS = "Words of Dana, long as they are. "
SIGNED_OUT = "You were signed out before this was saved"
# The page that was open, where its button leads, and what was typed besides the note.
BUTTONS: list[tuple[str, str, dict[str, str]]] = [
    ("", "", {"to": "tried"}),
    ("", "claim/", {}),
    ("", "take-over/", {}),
    ("", "release/", {}),
    ("", "attempt/", {"result": "spoke"}),
    ("", "replied/", {}),
    ("", "wait/", {"waits_for": "records"}),
    ("", "close/", {"closing_reason": "declined"}),
    ("", "note/", {}),
    ("", "time/", {"open": "on"}),
    ("note/", "note/", {}),
    ("time/", "time/", {"at": "10:00"}),
    ("time/", "time/cancel/", {}),
]


@pytest.fixture
def desk(dana: StaffMember, practice: Practice) -> Client:
    """Dana's browser."""
    dana.set_password(PASSWORD)
    dana.save()
    client = Client()
    client.force_login(dana)
    return client


@pytest.fixture
def about(practice: Practice) -> ConsultationRequest:
    return asked(status="tried", email="frank@example.com")


def on(about: ConsultationRequest, place: str = "") -> str:
    return f"/desk/{about.pk}/{place}"


def leave(client: Client, page: str, address: str, **typed: Any) -> Any:
    """Somebody opens a page, is away for so long that the sign-in runs out, and then presses a button of it."""
    ticket = hidden(client.get(page), "ticket")
    Session.objects.all().delete()
    return client.post(address, {"ticket": ticket, "version": 1} | typed)


def come_back(client: Client, sent_away: Any, username: str = "dana") -> Any:
    """Signs in where the browser was sent to, and goes on from there."""
    wanted = sent_away.headers["Location"].partition("next=")[2]
    typed = {"username": username, "password": PASSWORD, "next": wanted}
    return client.post("/staff/sign-in/", typed, follow=True)


# It comes back


@pytest.mark.parametrize(("opened", "button", "typed"), BUTTONS)
def test_note_typed_at_any_button_comes_back_once(
    desk: Client, about: ConsultationRequest, opened: str, button: str, typed: dict[str, str]
) -> None:
    sent_away = leave(desk, on(about, opened), on(about, button), **typed, note=WORDS * 40)

    back = come_back(desk, sent_away)

    assert sent_away.status_code == 302
    assert back.status_code == 200
    assert SIGNED_OUT in text_of(back)
    assert (WORDS * 40).strip() in back.content.decode()
    about.refresh_from_db()
    assert about.version == 1
    again = desk.get(back.request["PATH_INFO"])
    assert SIGNED_OUT not in text_of(again)
    assert WORDS.strip() not in again.content.decode()


def test_page_shown_as_the_answer_of_a_button_keeps_what_is_typed_there(
    desk: Client, about: ConsultationRequest
) -> None:
    refused = desk.post(on(about, "attempt/"), {"version": 1, "note": WORDS})
    Session.objects.all().delete()

    sent_away = desk.post(on(about, "wait/"), {"ticket": hidden(refused, "ticket"), "note": WORDS})

    assert refused.status_code == 422
    assert WORDS.strip() in come_back(desk, sent_away).content.decode()


@pytest.mark.parametrize("words", ["word " * 6_000, "¿señal? " * 15_000])
def test_text_that_is_far_too_long_comes_back_whole(
    desk: Client, about: ConsultationRequest, words: str
) -> None:
    note = come_back(desk, leave(desk, on(about, "note/"), on(about, "note/"), note=words))
    mail = {"subject": "Hola", "text": words, "language": "es", "step": "send"}
    write = come_back(desk, leave(desk, on(about, "write/"), on(about, "write/"), **mail))

    assert words.strip() in note.content.decode()
    assert words.strip() in write.content.decode()
    assert write.context["form"]["language"].value() == "es"


def test_request_typed_by_hand_comes_back_with_every_choice(desk: Client) -> None:
    typed = {
        "name": "Rosa Sample",
        "phone": "(512) 555-0123",
        "needs": ["hearing", "large_print"],
        "days": ["mon", "wed"],
        "patient_kind": "current",
    }

    back = come_back(desk, leave(desk, "/desk/new/", "/desk/new/", **typed))

    html = back.content.decode()
    assert SIGNED_OUT in text_of(back)
    assert 'value="Rosa Sample"' in html
    assert 'value="(512) 555-0123"' in html
    for chosen in ("hearing", "large_print", "mon", "wed", "current"):
        assert re.search(rf'<input[^>]* value="{chosen}"[^>]* checked', html), chosen


def test_pair_to_merge_comes_back_with_note_and_choice(desk: Client, about: ConsultationRequest) -> None:
    other = asked(name="Frank E.")
    page = on(about, f"merge/?with={other.pk}")
    typed = {"with": other.pk, "goes_on": other.pk, "other_version": 1, "note": WORDS}

    back = come_back(desk, leave(desk, page, on(about, "merge/"), **typed))

    assert SIGNED_OUT in text_of(back)
    assert other.reference in text_of(back)
    assert back.context["form"]["goes_on"].value() == str(other.pk)
    assert WORDS.strip() in back.content.decode()


def test_other_half_of_a_pair_that_is_gone_takes_no_words_with_it(
    desk: Client, about: ConsultationRequest
) -> None:
    other = asked(name="Frank E.")
    page, typed = on(about, f"merge/?with={other.pk}"), {"with": other.pk, "note": WORDS}
    sent_away = leave(desk, page, on(about, "merge/"), **typed)
    other.delete()

    back = come_back(desk, sent_away)

    assert "There is no other request with this reference." in text_of(back)
    assert WORDS.strip() in back.content.decode()
    assert WORDS.strip() in desk.post(on(about, "merge/"), typed).content.decode()


def test_next_try_and_erasure_come_back_too(desk: Client, about: ConsultationRequest) -> None:
    tried = come_back(desk, leave(desk, on(about, "next-try/"), on(about, "next-try/"), at="10:17"))
    typed = {"reason": "asked", "reference": "half of it"}
    erase = come_back(desk, leave(desk, on(about, "erase/"), on(about, "erase/"), **typed))

    assert 'value="10:17' in tried.content.decode()
    assert SIGNED_OUT in text_of(erase)
    assert 'value="half of it"' in erase.content.decode()
    assert ConsultationRequest.objects.filter(pk=about.pk).exists()


def test_letter_that_was_only_looked_at_comes_back(desk: Client, about: ConsultationRequest) -> None:
    typed = {"subject": "Hello", "text": WORDS, "language": "en", "key": "0" * 16, "version": 1}
    preview = desk.post(on(about, "write/"), typed | {"step": "preview"})
    Session.objects.all().delete()

    sent_away = desk.post(on(about, "write/"), typed | {"step": "send", "ticket": hidden(preview, "ticket")})

    back = come_back(desk, sent_away)
    assert WORDS.strip() in back.content.decode()
    assert back.context["form"]["key"].value() != "0" * 16


def test_two_pages_that_were_open_are_kept_side_by_side(desk: Client, about: ConsultationRequest) -> None:
    other = asked()
    tickets = {each: hidden(desk.get(on(each)), "ticket") for each in (about, other)}
    Session.objects.all().delete()
    for each, ticket in tickets.items():
        desk.post(on(each, "attempt/"), {"ticket": ticket, "note": f"Words about {each.pk}."})

    desk.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD})

    for each in (about, other):
        assert f"Words about {each.pk}." in desk.get(on(each)).content.decode()


@pytest.mark.parametrize("ended", [{"is_active": False}, {"password": "!"}])
def test_text_outlives_a_sign_in_that_an_admin_ended(
    desk: Client, about: ConsultationRequest, dana: StaffMember, ended: dict[str, Any]
) -> None:
    ticket = hidden(desk.get(on(about, "note/")), "ticket")
    StaffMember.objects.filter(pk=dana.pk).update(**ended)
    sent_away = desk.post(on(about, "note/"), {"ticket": ticket, "note": WORDS})

    refused = come_back(desk, sent_away)
    dana.save()
    back = come_back(desk, sent_away)

    assert refused.status_code == 422
    assert WORDS.strip() not in refused.content.decode()
    assert WORDS.strip() in back.content.decode()


def test_whoever_looks_without_reading_does_not_use_it_up(desk: Client, about: ConsultationRequest) -> None:
    leave(desk, on(about, "note/"), on(about, "note/"), note=WORDS)
    desk.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD})

    desk.head(on(about, "note/"))

    assert WORDS.strip() in desk.get(on(about, "note/")).content.decode()


def test_button_pressed_without_a_word_is_not_told_as_lost(desk: Client, about: ConsultationRequest) -> None:
    back = come_back(desk, leave(desk, on(about), on(about, "claim/"), note=""))

    assert back.status_code == 200
    assert SIGNED_OUT not in text_of(back)


# To nobody else, and nothing else


def test_next_one_to_sign_in_is_not_shown_what_dana_typed(
    desk: Client, about: ConsultationRequest, ada: StaffMember
) -> None:
    ada.set_password(PASSWORD)
    ada.save()

    sent_away = leave(desk, on(about, "note/"), on(about, "note/"), note=WORDS)
    adas = come_back(desk, sent_away, "ada")

    assert adas.status_code == 200
    assert adas.context["user"] == ada
    assert SIGNED_OUT not in text_of(adas)
    assert WORDS.strip() not in adas.content.decode()


def test_what_was_typed_is_unreadable_in_the_session(desk: Client, about: ConsultationRequest) -> None:
    leave(desk, on(about, "note/"), on(about, "note/"), note=WORDS)

    assert "Words" not in str(dict(desk.session))
    assert "Words" not in Session.objects.get().session_data


def test_tokens_versions_and_passwords_are_not_kept(desk: Client, about: ConsultationRequest) -> None:
    secret = {"csrfmiddlewaretoken": "x" * 64, "password": "secret", "new_password1": "secret", "begun": "x"}

    leave(desk, on(about, "note/"), on(about, "note/"), **secret, other_version=1, note=WORDS)

    kept = json.loads(decrypt(desk.session[f"typed {on(about, 'note/')}"], purpose=KEPT))
    assert kept["typed"] == {"note": [WORDS]}


# Strangers store nothing


def test_stranger_without_a_ticket_stores_nothing(about: ConsultationRequest) -> None:
    for page, button, typed in BUTTONS:
        answer = Client().post(on(about, button), typed | {"note": WORDS, "from": page})
        assert answer.status_code == 302
    Client().post("/desk/new/", {"name": "Rosa Sample"})
    Client().get(on(about, "note/"), {"note": WORDS})

    assert not Session.objects.exists()


@pytest.mark.parametrize("way", ["forged", "of another page", "of nobody", "too old", "sent by GET"])
def test_ticket_that_is_not_good_stores_nothing(desk: Client, about: ConsultationRequest, way: str) -> None:
    ticket = hidden(desk.get(on(about)), "ticket")
    Session.objects.all().delete()
    stranger, moment = Client(), timezone.now() + timedelta(days=8 if way == "too old" else 0)
    bad = {
        "forged": f"{ticket[:-8]}AAAAAAA=",
        "of another page": encrypt(f"1 {on(asked())}", purpose=TICKETS),
        "of nobody": encrypt(f" {on(about)}", purpose=TICKETS),
    }.get(way, ticket)

    with time_machine.travel(moment):
        if way == "sent by GET":
            stranger.get(on(about, "note/"), {"ticket": bad, "note": WORDS})
        else:
            stranger.post(on(about, "note/"), {"ticket": bad, "note": WORDS})

    assert not Session.objects.exists()


def test_whoever_once_had_a_ticket_does_not_fill_our_tables(desk: Client, about: ConsultationRequest) -> None:
    leave(desk, on(about), on(about, "note/"), note=WORDS)
    ticket = hidden(desk_again(desk, about), "ticket")
    Session.objects.all().delete()
    TokenBucket.objects.update(tokens=0, updated=timezone.now())

    answer = Client().post(on(about, "note/"), {"ticket": ticket, "note": WORDS})

    assert answer.status_code == 302
    assert not Session.objects.exists()


def desk_again(client: Client, about: ConsultationRequest) -> Any:
    client.post("/staff/sign-in/", {"username": "dana", "password": PASSWORD})
    return client.get(on(about))


def test_pages_for_strangers_hold_no_ticket(client: Client, practice: Practice) -> None:
    for address in ("/", "/book/", "/staff/sign-in/", "/desk/"):
        assert 'name="ticket"' not in client.get(address, follow=True).content.decode()


@pytest.mark.parametrize(
    "opened", ["", "note/", "time/", "next-try/", "merge/?with={other}", "write/", "erase/", "new/"]
)
def test_every_form_in_which_something_is_typed_carries_a_ticket(
    desk: Client, about: ConsultationRequest, opened: str
) -> None:
    address = "/desk/new/" if opened == "new/" else on(about, opened.format(other=asked().pk))

    forms = re.findall(r'<form\b[^>]*method="post".*?</form>', desk.get(address).content.decode(), re.DOTALL)

    typed_in = [
        each for each in forms if re.search(r'<textarea|<select|<input type="(?!hidden|search)', each)
    ]
    assert typed_in
    assert all('name="ticket"' in each for each in typed_in)

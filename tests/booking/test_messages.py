"""What patients and staff are mailed: every move has its words or a reason for silence, and none speaks of health."""

import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.template.loader import get_template
from django.utils.translation import override
from pytest_django import Settings

from booking import actions, messages
from booking.changes import StaleVersion
from booking.messages import Mail, NoMail
from booking.models import ConsultationRequest
from booking.statuses import NEXT_STATUSES
from booking.wish import Wish
from clinic import snapshot
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.mails import MAILS

MOVES = [(before, to) for before, following in NEXT_STATUSES.items() for to in sorted(following)]
HEALTH_WORDS = re.compile(
    r"\b(mild|minimally|stenosis|spin\w+|lumbar|pain\w*|back|legs?|nerves?|numb\w*|weak\w*|procedures?|surg\w+|"
    r"symptoms?|diagnos\w+|mri|ct|scans?|x-?rays?|injections?|doctors?|physicians?|medic\w+|treat\w+|therap\w+|"
    r"health|patients?|consultation\w*|answers|urgent|today|soon|walk\w*|"
    r"estenosis|columna|dolor\w*|espalda|piernas?|nervios?|procedimientos?|cirug\w+|s[ií]ntomas?|"
    r"resonancia|inyecci\w+|m[eé]dic\w+|tratamiento\w*|terapia\w*|salud|pacientes?|consultas?|hoy|pronto|urgente)\b",
    re.IGNORECASE,
)


def wish(**columns: Any) -> Wish:
    return Wish(**({"name": "Rosa Sample", "email": "rosa@example.com", "agreement": "2026-11"} | columns))


def send(**columns: Any) -> ConsultationRequest:
    return actions.send_request(send_token="one", wish=wish(**columns))


def to_patients() -> list[Message]:
    return list(Message.objects.exclude(kind="staff").order_by("pk"))


@pytest.mark.parametrize(("before", "to"), MOVES)
def test_every_move_has_its_mail_or_a_reason_for_none(before: str, to: str) -> None:
    said = messages.for_move(before, to)

    if isinstance(said, Mail):
        assert said in MAILS
    else:
        assert isinstance(said, NoMail)
        assert len(str(said.because).split()) > 3


@pytest.mark.parametrize("each", MAILS, ids=lambda each: each.name)
def test_every_mail_has_its_words(each: Mail) -> None:
    assert get_template(f"booking/mail/{each.name}.txt")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("contact_by", ["call", "text", "email"])
@pytest.mark.parametrize("each", MAILS, ids=lambda each: each.name)
def test_no_mail_speaks_of_health(practice: Practice, each: Mail, contact_by: str, language: str) -> None:
    # What the clinic calls itself is its own choice; it stands in the sender's name anyway.
    Practice.objects.update(name="Example Clinic", caller_id="Example Clinic")
    snapshot.refresh()
    about = send(
        contact_by=contact_by, phone="+15125550123", language=language, mark="call_today",
        shared={"outcome": "REVIEW"}, needs=("mobility",),
    )  # fmt: skip
    Message.objects.all().delete()

    messages.queue_for(about, each)

    queued = Message.objects.get()
    words = " ".join([queued.subject, queued.text, queued.html])
    assert HEALTH_WORDS.findall(words.replace(about.link_token, "")) == []
    assert "Rosa" not in words
    assert about.reference in queued.text
    assert about.reference in queued.html
    assert (
        f"/es/r/{about.link_token}/" if language == "es" else f"testserver/r/{about.link_token}/"
    ) in words
    if each.name in ("received", "reopened"):
        assert ("not an appointment" if language == "en" else "no una cita") in queued.text


@pytest.mark.django_db
def test_html_says_the_same_as_the_text(practice: Practice) -> None:
    send()

    queued = to_patients()[0]
    plain = re.sub(r"<head>.*</head>", "", queued.html, flags=re.DOTALL)
    assert re.sub(r"<[^>]+>", " ", plain).split() == queued.text.split()


@pytest.mark.django_db
def test_name_of_the_clinic_cannot_break_a_mail(practice: Practice) -> None:
    Practice.objects.update(name="Bones & <b>Joints</b>")
    snapshot.refresh()

    send()

    queued = to_patients()[0]
    assert "Bones & <b>Joints</b>" in queued.text
    assert "Bones &amp; &lt;b&gt;Joints&lt;/b&gt;" in queued.html


@pytest.mark.django_db
def test_patient_gets_mail_in_the_language_they_speak(practice: Practice) -> None:
    with override("en"):
        send(language="es", asked_in="en")

    queued = to_patients()[0]
    assert queued.subject == "Recibimos su solicitud"
    assert '<html lang="es">' in queued.html


@pytest.mark.django_db
def test_who_gave_no_address_gets_no_mail_and_staff_hear_of_it(practice: Practice) -> None:
    send(email="", phone="+15125550123")

    assert to_patients() == []
    assert Message.objects.get().kind == "staff"


@pytest.mark.django_db
def test_staff_mail_says_one_new_request_and_nothing_else(practice: Practice, settings: Settings) -> None:
    settings.MAIL_STAFF = ["desk@example.com", "boss@example.com"]
    send(mark="call_today")

    staff = list(Message.objects.filter(kind="staff"))

    assert [each.to for each in staff] == settings.MAIL_STAFF
    assert {each.subject for each in staff} == {"1 new request"}
    assert {each.text for each in staff} == {"1 new request. Sign in: http://testserver/staff/sign-in/\n"}


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "to"), MOVES)
def test_move_at_the_desk_writes_its_mail(
    practice: Practice, dana: StaffMember, before: str, to: str
) -> None:
    about = send()
    ConsultationRequest.objects.update(status=before)
    Message.objects.all().delete()

    actions.change_status(request_id=about.pk, to=to, by=dana, version=1)

    said = messages.for_move(before, to)
    assert [each.kind for each in Message.objects.all()] == ([said.name] if isinstance(said, Mail) else [])


@pytest.mark.django_db
def test_mail_stays_as_it_was_caused(practice: Practice, dana: StaffMember) -> None:
    about = send()

    ConsultationRequest.objects.update(email="other@example.com")
    Practice.objects.update(phone="+15125550199")
    snapshot.refresh()
    actions.change_status(request_id=about.pk, to="closed", by=dana, version=1)
    call_command("send_messages", verbosity=0)

    first = next(each for each in mail.outbox if each.subject == "We have your request")
    assert first.to == ["rosa@example.com"]
    assert "(512) 555-0100" in first.body


@pytest.mark.django_db
def test_move_that_fails_mails_nothing(practice: Practice, dana: StaffMember) -> None:
    about = send()
    Message.objects.all().delete()

    with pytest.raises(StaleVersion):
        actions.change_status(request_id=about.pk, to="closed", by=dana, version=7)

    assert not Message.objects.exists()


@pytest.mark.django_db
def test_request_that_is_opened_again_gets_a_new_promise(practice: Practice, dana: StaffMember) -> None:
    with time_machine.travel("2026-11-09T15:00:00Z", tick=False):
        about = send()
        actions.change_status(request_id=about.pk, to="closed", by=dana, version=1, closing_reason="declined")
    with time_machine.travel("2026-11-16T15:00:00Z", tick=False):
        actions.change_status(request_id=about.pk, to="new", by=dana, version=2)

    about.refresh_from_db()
    assert about.closing_reason == ""
    assert "Tuesday, November 17, 5 pm (Central Time)" in to_patients()[-1].text

"""Writing to people: ready replies checked before anybody uses them, mails sent once, words never lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client

from booking import merge_fields, reply_actions
from booking.changes import StaleVersion
from booking.choices import HistoryKind
from booking.demo_replies import REPLIES, save_demo_replies
from booking.health_words import health_words
from booking.models import CannedReply, ConsultationRequest, StatusChange
from booking.reply_actions import Words
from booking.reply_words import faults_of_reply
from clinic import snapshot
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, hidden, text_of
from tests.booking.test_messages import HEALTH_WORDS

ClientFor = Callable[[StaffMember], Client]


@pytest.fixture
def desk(client_for: ClientFor, dana: StaffMember, practice: object) -> Client:
    """Dana's browser."""
    return client_for(dana)


@pytest.fixture
def carmen(practice: object) -> ConsultationRequest:
    """Carmen speaks Spanish and gave her address."""
    return asked(name="Carmen Ejemplo", email="carmen@example.com", language="es")


def reply(**columns: Any) -> CannedReply:
    columns = {
        "title": "Please call",
        "subject_en": "Please call us",
        "text_en": "Hello {name},\n\nplease call us at {phone}. Your reference: {reference}.",
        "subject_es": "Por favor, llámenos",
        "text_es": "Hola, {name}:\n\nllámenos al {phone}. Su referencia: {reference}.",
    } | columns
    return CannedReply.objects.create(**columns)


def typed_on(page: Any, **changes: str) -> dict[str, str]:
    """The form as it stands on a page, with what somebody changes in it."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | changes


def written(**changes: str) -> Words:
    return Words(**({"key": "0" * 16, "lang": "en", "subject": "Hello", "text": "Please call us."} | changes))


# Fields and words


def test_fields_are_filled_in_once() -> None:
    values = {"name": "{reference} {phone}", "reference": "ABC2345"}

    assert merge_fields.fill("{name}: {reference}, { name }, {what}", values) == (
        "{reference} {phone}: ABC2345, {reference} {phone}, {what}"
    )


@pytest.mark.parametrize(
    "wrong", ["{nmae}", "{}", "{name", "name}", "{name.__class__}", "{{name}}", "{name!r}", "{0}"]
)
def test_what_is_no_field_is_named(wrong: str) -> None:
    assert merge_fields.unknown(f"Hello {wrong}, and {{name}}.")
    assert list(faults_of_reply(f"Hello {wrong}.", lang="en"))


TELLING = """
    mild stenosis spine spinal lumbar pain painful leg legs nerve nerves numb numbness weakness procedure procedures
    surgery surgeon symptom symptoms diagnosis diagnosed MRI CT scan scans x-ray xrays injection doctor doctors physician
    medicine medical treated treatment therapy therapist health patient patients consultation consultations
    estenosis columna dolor dolores espalda pierna piernas nervio procedimiento cirugía cirugia síntoma sintomas
    resonancia inyección inyecciones médico medico tratamiento terapia salud paciente pacientes consulta consultas
"""


@pytest.mark.parametrize("word", TELLING.split())
def test_word_that_tells_of_health_is_found(word: str) -> None:
    assert health_words(f"About the {word}, then.") == [word]
    assert HEALTH_WORDS.search(word), "no mail of ours says it either"


@pytest.mark.parametrize(
    "text", ["Please call us back today.", "Bring your papers.", "Llámenos hoy, por favor."]
)
def test_ordinary_words_are_free(text: str) -> None:
    assert health_words(text) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Your back pain"), ("en", "It is safe."), ("en", "word " * 21 + "end."), ("en", "After your MRI."),
        ("es", "Su dolor de espalda"), ("es", "Es segura."), ("es", "Traiga su resonancia."),
    ],
)  # fmt: skip
def test_reply_that_breaks_a_rule_for_texts_is_refused(lang: str, text: str) -> None:
    assert list(faults_of_reply(text, lang=lang))


@pytest.mark.parametrize("each", REPLIES, ids=lambda each: each[0])
def test_ready_replies_of_the_demo_keep_every_rule(each: tuple[str, ...]) -> None:
    _title, subject_en, text_en, subject_es, text_es = each

    assert list(faults_of_reply(f"{subject_en}.\n\n{text_en}", lang="en")) == []
    assert list(faults_of_reply(f"{subject_es}.\n\n{text_es}", lang="es")) == []


def test_ready_replies_come_once_and_stay_as_staff_changed_them(db: None) -> None:
    save_demo_replies()
    CannedReply.objects.filter(title="How to find us").update(subject_en="Our own words")

    assert save_demo_replies() == 0
    assert CannedReply.objects.get(title="How to find us").subject_en == "Our own words"


# In the admin


def reply_form(**changes: str) -> dict[str, str]:
    form = {
        "title": "Call us",
        "active": "on",
        "order": "1",
        "subject_en": "Please call",
        "text_en": "Hello {name}.",
    }
    return form | {"subject_es": "Llámenos", "text_es": "Hola, {name}."} | changes


def test_reply_is_added_in_both_languages(
    client_for: ClientFor, ada: StaffMember, practice: Practice
) -> None:
    client_for(ada).post("/admin/booking/cannedreply/add/", reply_form())

    assert CannedReply.objects.get().text_es == "Hola, {name}."


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("text_en", "Hello {nmae}.", "There is no field {nmae}. Use one of: {name}"),
        ("text_es", "Su dolor.", "Say it without: dolor."),
        ("subject_en", "Your surgery", "Say it without: surgery."),
        ("text_en", "It is safe.", "“It is safe.”"),
        ("text_es", "", "required"),
    ],
)
def test_reply_with_a_fault_is_not_saved_and_the_fault_is_named(
    client_for: ClientFor, ada: StaffMember, practice: Practice, field: str, typed: str, said: str
) -> None:
    office = client_for(ada)

    page = office.post("/admin/booking/cannedreply/add/", reply_form(**{field: typed}))

    assert said in text_of(page)
    assert not CannedReply.objects.exists()
    assert said in text_of(office.post("/admin/booking/cannedreply/preview/", reply_form(**{field: typed})))


def test_preview_shows_both_languages_and_saves_nothing(
    client_for: ClientFor, ada: StaffMember, practice: Practice
) -> None:
    typed = reply_form(text_en="Hello {name}, call {phone}. <b>", text_es="Hola, {name}: estamos de {hours}.")

    page = client_for(ada).post("/admin/booking/cannedreply/preview/", typed)

    assert page.status_code == 200
    assert "Hello Rosa Sample, call (512) 555-0100. <b>" in text_of(page)
    assert "<b>" not in page.content.decode().split("reply-letter")[1]
    assert "Carmen Ejemplo: estamos de lunes a viernes" in text_of(page)
    assert not CannedReply.objects.exists()


# At the desk


@pytest.mark.parametrize("way", ["open", "refused"])
def test_only_the_words_are_said_to_be_in_their_language(
    desk: Client, carmen: ConsultationRequest, way: str
) -> None:
    page = desk.get(f"/desk/{carmen.pk}/write/")
    if way == "refused":
        page = desk.post(f"/desk/{carmen.pk}/write/", typed_on(page, subject="", text="Llámenos."))

    in_spanish = re.findall(r'<(\w+)[^>]* lang="es"[^>]*>', page.content.decode())

    assert page.status_code == (200 if way == "open" else 422)
    assert in_spanish == ["input", "textarea"]


def test_reply_is_shown_filled_in_their_own_language(desk: Client, carmen: ConsultationRequest) -> None:
    ready = reply()

    page = desk.get(f"/desk/{carmen.pk}/write/", {"reply": ready.pk})
    english = desk.get(f"/desk/{carmen.pk}/write/", {"reply": str(ready.pk), "in": "en"})

    assert f"Hola, Carmen Ejemplo:\n\nllámenos al (512) 555-0100. Su referencia: {carmen.reference}." in (
        page.content.decode()
    )
    assert "Hello Carmen Ejemplo," in english.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_mail_goes_to_the_helper_who_asked(desk: Client) -> None:
    about = asked(
        name="Rosa Sample",
        helper_name="Lucía Sample",
        for_whom="other",
        email="lucia@example.com",
        may_talk_with="no",
    )
    ready = reply()

    page = desk.get(f"/desk/{about.pk}/write/", {"reply": ready.pk})

    assert "Hello Lucía Sample" in page.content.decode()
    assert "We may not talk with the helper about the patient." in text_of(page)


@pytest.mark.parametrize("number", ["", "0", "abc", "-1", "9" * 30, "²", "%00"])
def test_reply_that_does_not_exist_leaves_an_empty_form(
    desk: Client, carmen: ConsultationRequest, number: str
) -> None:
    page = desk.get(f"/desk/{carmen.pk}/write/?reply={number}&in=xx")

    assert page.status_code == 200
    assert typed_on(page)["text"] == ""
    assert typed_on(page)["language"] == "es"


def test_mail_is_looked_at_sent_and_told_in_the_history(desk: Client, carmen: ConsultationRequest) -> None:
    ready = reply()
    typed = typed_on(desk.get(f"/desk/{carmen.pk}/write/", {"reply": ready.pk}))

    preview = desk.post(f"/desk/{carmen.pk}/write/", typed | {"step": "preview"})
    sent = desk.post(f"/desk/{carmen.pk}/write/", typed_on(preview, step="send"))

    assert preview.status_code == 200
    assert "Su referencia" in text_of(preview)
    assert sent.status_code == 303
    call_command("send_messages", verbosity=0)
    assert [each.to for each in mail.outbox] == [["carmen@example.com"]]
    assert mail.outbox[0].subject == "Por favor, llámenos"
    assert f"/es/r/{carmen.link_token}/" in mail.outbox[0].body or not carmen.link_token
    assert "No responda" in mail.outbox[0].body or "no responda" in mail.outbox[0].body.lower()
    line = carmen.status_changes.get()
    assert line.kind == HistoryKind.MESSAGE
    assert "llámenos al (512) 555-0100" in line.note
    carmen.refresh_from_db()
    assert carmen.first_contact is not None
    assert carmen.status == "tried"
    assert AuditEntry.objects.filter(action="changed", subject_ids=[carmen.pk]).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM booking_statuschange")
        assert "llámenos" not in cursor.fetchone()[0]


def test_pressing_send_twice_sends_once(desk: Client, carmen: ConsultationRequest) -> None:
    typed = typed_on(desk.get(f"/desk/{carmen.pk}/write/"), subject="Hola", text="Llámenos.", step="send")

    answers = [desk.post(f"/desk/{carmen.pk}/write/", typed).status_code for _click in range(3)]

    assert answers == [303, 303, 303]
    assert Message.objects.filter(kind="message").count() == 1
    assert carmen.status_changes.count() == 1


def test_words_stay_as_they_were_sent(desk: Client, carmen: ConsultationRequest, dana: StaffMember) -> None:
    reply_actions.write(request_id=carmen.pk, words=written(), by=dana, version=1)
    before = Message.objects.get()

    Practice.objects.update(name="Renamed clinic")
    snapshot.refresh()
    ConsultationRequest.objects.update(name="Somebody Else")
    call_command("send_messages", verbosity=0)

    assert "Renamed" not in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Message-ID"] == before.message_id


@pytest.mark.parametrize("hostile", ["Hello\r\nBcc: all@example.com", "Hello\nX: y", "Hello\0"])
def test_no_line_gets_into_the_head_of_a_mail(
    desk: Client, carmen: ConsultationRequest, hostile: str
) -> None:
    typed = typed_on(desk.get(f"/desk/{carmen.pk}/write/"), subject=hostile, text="Llámenos.", step="send")

    answer = desk.post(f"/desk/{carmen.pk}/write/", typed)
    call_command("send_messages", verbosity=0)

    assert answer.status_code in (303, 422)
    for each in mail.outbox:
        assert "\n" not in each.subject
        assert each.recipients() == ["carmen@example.com"]


def test_name_that_looks_like_a_field_or_like_html_stays_a_name(desk: Client) -> None:
    about = asked(name="{reference} <script>x</script>", email="pat@example.com")
    ready = reply()
    typed = typed_on(desk.get(f"/desk/{about.pk}/write/", {"reply": ready.pk}), step="send")

    answer = desk.post(f"/desk/{about.pk}/write/", typed)

    assert answer.status_code == 422 or "<script>" not in Message.objects.get().html
    assert about.reference not in typed["text"].split("\n")[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "About your back pain."}, "Say it without: your back, pain"),
        ({"subject": "Your MRI"}, "Say it without: MRI"),
        ({"text": "Hello {name}."}, "Fill in or take out {name}"),
        ({"text": ""}, "Write something."),
        ({"subject": " "}, "Write a subject."),
        ({"text": "x" * 4001}, "at most 4000"),
        ({"key": "../../x"}, "valid value"),
    ],
)
def test_words_with_a_fault_are_kept_and_the_fault_is_named(
    desk: Client, carmen: ConsultationRequest, changes: dict[str, str], said: str
) -> None:
    typed = typed_on(desk.get(f"/desk/{carmen.pk}/write/"), subject="Hola", text="Llámenos.", step="send")

    page = desk.post(f"/desk/{carmen.pk}/write/", typed | changes)

    assert page.status_code == 422
    assert said in text_of(page)
    assert (typed | changes)["text"] in page.content.decode()
    assert not Message.objects.exists()


def test_name_of_the_clinic_may_hold_any_word(desk: Client, carmen: ConsultationRequest) -> None:
    typed = typed_on(
        desk.get(f"/desk/{carmen.pk}/write/"),
        subject="Hola",
        text="Example Spine Clinic, Carmen Ejemplo",
        step="send",
    )

    assert desk.post(f"/desk/{carmen.pk}/write/", typed).status_code == 303


def test_who_gave_no_address_is_told_by_phone_and_it_is_noted(desk: Client) -> None:
    about = asked(phone="+15125550123", contact_by="text")
    page = desk.get(f"/desk/{about.pk}/write/")
    typed = typed_on(page, subject="Hello", text="Please call us.")

    preview = desk.post(f"/desk/{about.pk}/write/", typed | {"step": "preview"})
    refused = desk.post(f"/desk/{about.pk}/write/", typed | {"step": "send"})
    told = desk.post(f"/desk/{about.pk}/write/", typed | {"step": "told"})

    assert "They gave no e-mail address." in text_of(page)
    assert "<textarea" in preview.content.decode()
    assert 'value="send"' not in preview.content.decode()
    assert refused.status_code == 409
    assert "Please call us." in refused.content.decode()
    assert told.status_code == 303
    assert not Message.objects.exists()
    line = about.status_changes.get()
    assert line.detail.startswith("told ")
    assert "Please call us." in line.note


def test_somebody_was_faster_and_nothing_typed_is_lost(
    desk: Client, carmen: ConsultationRequest, rae: StaffMember
) -> None:
    typed = typed_on(desk.get(f"/desk/{carmen.pk}/write/"), subject="Hola", text="Mis palabras.")
    reply_actions.write(request_id=carmen.pk, words=written(key="1" * 16), by=rae, version=1)

    conflict = desk.post(f"/desk/{carmen.pk}/write/", typed | {"step": "send"})
    again = desk.post(f"/desk/{carmen.pk}/write/", typed_on(conflict, step="send"))

    assert conflict.status_code == 409
    assert "Mis palabras." in conflict.content.decode()
    assert "Rae" in text_of(conflict)
    assert again.status_code == 303
    assert Message.objects.filter(kind="message").count() == 2


def test_stale_version_sends_nothing(carmen: ConsultationRequest, dana: StaffMember) -> None:
    with pytest.raises(StaleVersion):
        reply_actions.write(request_id=carmen.pk, words=written(), by=dana, version=7)

    assert not Message.objects.exists()
    assert not StatusChange.objects.exists()


def test_merged_request_leads_to_the_one_that_goes_on(desk: Client, carmen: ConsultationRequest) -> None:
    other = asked(name="Carmen Ejemplo", email="carmen@example.com", status="closed", merged_into=carmen)
    page = desk.get(f"/desk/{other.pk}/write/")
    typed = typed_on(page, subject="Hola", text="Mis palabras.", step="send")

    answer = desk.post(f"/desk/{other.pk}/write/", typed)

    assert f'href="/desk/{carmen.pk}/write/"' in page.content.decode()
    assert answer.status_code == 409
    assert "Mis palabras." in answer.content.decode()
    assert not Message.objects.exists()


def test_request_that_was_erased_meanwhile_gives_the_words_back(
    desk: Client, carmen: ConsultationRequest
) -> None:
    typed = typed_on(desk.get(f"/desk/{carmen.pk}/write/"), subject="Hola", text="Mis palabras.", step="send")
    ConsultationRequest.objects.all().delete()

    page = desk.post(f"/desk/{carmen.pk}/write/", typed)

    assert page.status_code == 404
    assert "Mis palabras." in page.content.decode()


def test_form_that_waited_too_long_keeps_the_words(
    dana: StaffMember, carmen: ConsultationRequest, practice: object
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(dana)
    page = strict.get(f"/desk/{carmen.pk}/write/")
    typed = typed_on(page, subject="Hola", text="Mis palabras.", step="send")

    late = strict.post(f"/desk/{carmen.pk}/write/", typed | {"csrfmiddlewaretoken": "x" * 64})
    again = strict.post(
        f"/desk/{carmen.pk}/write/",
        typed_on(late, step="send") | {"csrfmiddlewaretoken": hidden(late, "csrfmiddlewaretoken")},
    )

    assert late.status_code == 403
    assert "Mis palabras." in late.content.decode()
    assert again.status_code == 303


def test_who_was_signed_out_finds_their_words_again_after_signing_in(
    desk: Client, carmen: ConsultationRequest, dana: StaffMember
) -> None:
    page = desk.get(f"/desk/{carmen.pk}/write/")
    typed = typed_on(page, subject="Hola", text="Mis palabras.", step="send", ticket=hidden(page, "ticket"))
    desk.logout()

    turned_away = desk.post(f"/desk/{carmen.pk}/write/", typed)
    kept = dict(desk.session.items())
    dana.set_password("a few words in a row")
    dana.save()
    desk.post("/staff/sign-in/", {"username": "dana", "password": "a few words in a row"})
    page = desk.get(f"/desk/{carmen.pk}/write/")

    assert turned_away.status_code == 302
    assert "Mis palabras" not in str(kept)
    assert "Mis palabras." in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("who", ["sam", "eli", "rae"])
def test_other_staff_neither_see_nor_write(
    request: pytest.FixtureRequest, client_for: ClientFor, carmen: ConsultationRequest, who: str
) -> None:
    browser = client_for(request.getfixturevalue(who))

    assert browser.get(f"/desk/{carmen.pk}/write/").status_code == 403
    assert browser.post(f"/desk/{carmen.pk}/write/", {"text": "x", "step": "send"}).status_code == 403
    assert Client().get(f"/desk/{carmen.pk}/write/").status_code == 302
    assert not Message.objects.exists()

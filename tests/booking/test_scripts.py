"""What staff say on the phone: the right lines for each request, easy words, and nothing that others may overhear."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from booking import merge_fields
from booking.choices import Need, WaitsFor
from booking.health_words import health_words
from booking.models import BookedTime, Clinician, ConsultationRequest
from booking.scripts import Script, script_for, table
from booking.statuses import Status
from clinic.audit import AuditEntry
from clinic.practice import Location
from clinic.staff import StaffMember
from content.plain_texts import PlainText, check_texts, reading_of
from screener.rules import Outcome
from tests.booking.conftest import asked, text_of

ClientFor = Callable[[StaffMember], Client]
LANGUAGES = ("en", "es")
# Whoever picks up the phone, or listens to it later, may hear these.
OVERHEARD = ("hello", "not_there", "voicemail")
VALUES = {
    "name": "Rosa", "person": "Rosa", "patient": "Rosa", "helper": "Ana", "staff": "Dana", "clinic": "Example Clinic",
    "phone": "(512) 555-0100", "reference": "ABC2345", "time": "Monday", "place": "North office", "office": "North",
}  # fmt: skip


def said(code: str, lang: str) -> str:
    return merge_fields.fill(table()[code][lang], VALUES)


def words_of(script: Script) -> str:
    lines = [
        line
        for part in script.parts
        for line in (*part.lines, *part.signs, *(each for _c, each in part.after_signs))
    ]
    return "\n".join(lines)


def notes_of(script: Script) -> str:
    return "\n".join(note for part in script.parts for note in part.notes)


# The words


@pytest.mark.parametrize("code", table())
def test_every_line_is_there_in_both_languages_with_fields_that_exist(code: str) -> None:
    assert set(table()[code]) == set(LANGUAGES)
    for lang in LANGUAGES:
        assert "{" not in said(code, lang), "a field that nothing fills in"


@pytest.mark.parametrize("code", table())
def test_both_languages_fill_in_the_same(code: str) -> None:
    fields = [{found[1] for found in merge_fields.FIELD.finditer(table()[code][lang])} for lang in LANGUAGES]

    assert fields[0] == fields[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_script_promises_nothing_and_speaks_in_short_sentences(lang: str) -> None:
    texts = [PlainText("scripts.yaml", number, said(code, lang)) for number, code in enumerate(table(), 1)]

    assert [str(finding) for finding in check_texts(texts, lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_script_is_as_easy_as_a_page_should_be(lang: str) -> None:
    score = reading_of([said(code, lang) for code in table()], lang)

    assert score is not None
    assert score.meets_aim, score


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", table())
def test_no_line_is_much_harder_than_the_rest(code: str, lang: str) -> None:
    score = reading_of([said(code, lang)] * 4, lang)

    assert score is None or score.within({"en": 7.0, "es": 60.0}[lang]), (code, score)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", OVERHEARD)
def test_nothing_of_health_is_said_where_others_may_listen(code: str, lang: str) -> None:
    assert health_words(said(code, lang)) == []
    assert "911" not in said(code, lang)
    assert "ABC2345" not in said(code, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_voicemail_says_who_called_and_where_to_call_and_nothing_else(lang: str) -> None:
    fields = {found[1] for found in merge_fields.FIELD.finditer(table()["voicemail"][lang])}

    assert fields == {"clinic", "phone"}
    assert len(said("voicemail", lang).split()) <= 16


# Which lines


@pytest.mark.django_db
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_reason_to_call(
    practice: object, dana: StaffMember, status: Status, lang: str
) -> None:
    about = asked(status=status, language=lang)

    script = script_for(about, by=dana)

    assert script.lang == lang
    code = "time_not_recorded" if status == Status.TIME_SET else status.value
    assert table()[code][lang].split("{")[0] in words_of(script)
    assert "{" not in words_of(script)


@pytest.mark.django_db
@pytest.mark.parametrize("waits_for", [each for each in WaitsFor if each])
def test_who_waits_hears_what_for(practice: object, dana: StaffMember, waits_for: str) -> None:
    script = script_for(asked(status="waiting", waits_for=waits_for), by=dana)

    assert table()[f"waiting_{waits_for}"]["en"] in words_of(script)


@pytest.mark.django_db
@pytest.mark.parametrize("lang", LANGUAGES)
def test_call_today_asks_for_every_emergency_sign_before_anything_else(
    practice: object, dana: StaffMember, lang: str
) -> None:
    script = script_for(asked(mark="call_today", language=lang), by=dana)

    titles = [part.title for part in script.parts]
    assert titles.index("Emergency signs first") < titles.index("Why you call")
    signs = next(part for part in script.parts if part.signs)
    assert len(signs.signs) == 6
    assert "911" in signs.after_signs[0][1]
    assert "or not sure" in signs.after_signs[0][0]


@pytest.mark.django_db
@pytest.mark.parametrize("columns", [{}, {"mark": "soon"}, {"mark": "call_today", "status": "closed"}])
def test_others_are_not_asked_for_signs(practice: object, dana: StaffMember, columns: dict[str, str]) -> None:
    script = script_for(asked(**columns), by=dana)

    assert not any(part.signs for part in script.parts)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["yes", "no", ""])
def test_helper_hears_of_the_patient_only_with_the_patients_word(
    practice: object, dana: StaffMember, answer: str
) -> None:
    about = asked(
        name="Rosa Sample", for_whom="other", helper_name="Lucía Sample", may_talk_with=answer,
        birth_date_text="1944-03-09",
    )  # fmt: skip

    script = script_for(about, by=dana)

    assert "May I speak with Lucía Sample?" in words_of(script)
    assert ("We may talk with the helper" in notes_of(script)) is (answer == "yes")
    assert ("We may not talk with the helper" in notes_of(script)) is (answer != "yes")
    assert ("May we talk with Lucía Sample about you" in words_of(script)) is (answer != "yes")
    assert ("date of birth" in words_of(script)) is (answer != "yes")


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["yes", "no", ""])
def test_message_is_left_only_where_they_said_yes(practice: object, dana: StaffMember, answer: str) -> None:
    script = script_for(asked(voicemail_ok=answer), by=dana)

    part = next(part for part in script.parts if part.title == "Voicemail")
    assert bool(part.lines) is (answer == "yes")
    assert ("Leave no message." in " ".join(part.notes)) is (answer != "yes")


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", [each for each in Outcome if each not in ("EMERGENCY", "CALL_TODAY")])
def test_each_outcome_that_may_be_shared_has_its_words(
    practice: object, dana: StaffMember, outcome: str
) -> None:
    script = script_for(asked(shared_answers=json.dumps({"outcome": outcome})), by=dana)

    assert "Thank you for your answers." in words_of(script)
    assert "candidate" not in words_of(script)


@pytest.mark.django_db
@pytest.mark.parametrize("need", Need.values)
def test_each_need_is_asked_about(practice: object, dana: StaffMember, need: str) -> None:
    script = script_for(asked(needs_text=need, asked_in="es"), by=dana)

    assert table()[need]["es"] in words_of(script)


@pytest.mark.django_db
def test_nobody_is_asked_for_a_language_that_they_have_told(practice: object, dana: StaffMember) -> None:
    about = asked(needs_text="interpreter", language="es")

    spanish, english = (words_of(script_for(about, by=dana, lang=lang)) for lang in ("es", "en"))

    assert "¿Qué idioma" not in spanish
    assert "intérprete de español" in spanish
    assert "Which language" not in english


@pytest.mark.django_db
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_helper_is_never_talked_to_as_if_they_were_the_patient(
    practice: object, dana: StaffMember, status: Status, lang: str
) -> None:
    about = asked(
        name="Rosa Sample", for_whom="other", helper_name="Lucía Sample", may_talk_with="yes", status=status,
        language=lang, needs_text="interpreter,hearing,mobility", mark="call_today",
        shared_answers=json.dumps({"outcome": "OPTION"}),
    )  # fmt: skip

    words = words_of(script_for(about, by=dana))

    for code in table():
        if f"{code}_by_helper" in table():
            assert said_to(about, code, lang) not in words.splitlines()
    reason = "time_not_recorded" if status == Status.TIME_SET else status.value
    assert said_to(about, f"{reason}_by_helper", lang) in words
    assert said_to(about, "mobility_by_helper", lang) in words


def said_to(about: ConsultationRequest, code: str, lang: str) -> str:
    return merge_fields.fill(table()[code][lang], {"patient": about.name})


@pytest.mark.parametrize("code", [each for each in table() if each.endswith("_by_helper")])
def test_every_line_for_a_helper_stands_for_another_one_and_names_the_patient(code: str) -> None:
    assert code.removesuffix("_by_helper") in table()
    if "check_other" not in code:
        assert all("{patient}" in table()[code][lang] for lang in LANGUAGES)


def test_spanish_says_urgent_as_the_form_does() -> None:
    assert "urgente" in table()["soon"]["es"]
    assert "pronto" not in " ".join(lines["es"] for lines in table().values())


@pytest.mark.django_db
def test_time_is_said_in_the_zone_of_the_office(practice: object, dana: StaffMember) -> None:
    about = asked(status="time_set", language="es")
    BookedTime.objects.create(
        request=about, clinician=Clinician.objects.create(name="Dr. Example"), by=dana,
        location=Location.objects.get(slug="south"), starts=datetime(2026, 12, 1, 15, 30, tzinfo=UTC),
    )  # fmt: skip

    words = words_of(script_for(about, by=dana))

    assert "martes, diciembre 1, 9:30 am" in words.lower() or "9:30" in words
    assert "South office" in words


@pytest.mark.django_db
def test_line_is_filled_in_once(practice: object, dana: StaffMember) -> None:
    script = script_for(asked(name="{phone} {reference}"), by=dana)

    assert "May I speak with {phone} {reference}?" in words_of(script)


# The page


@pytest.mark.django_db
def test_script_is_shown_in_their_language_and_in_the_other(
    practice: object, dana: StaffMember, client_for: ClientFor
) -> None:
    about = asked(name="Carmen Ejemplo", language="es", voicemail_ok="yes")
    desk = client_for(dana)

    page, english = desk.get(f"/desk/{about.pk}/script/"), desk.get(f"/desk/{about.pk}/script/?in=en")

    assert "¿Puedo hablar con Carmen Ejemplo?" in text_of(page)
    assert "May I speak with Carmen Ejemplo?" in text_of(english)
    assert desk.get(f"/desk/{about.pk}/script/?in=xx").context["script"].lang == "es"
    assert AuditEntry.objects.filter(by=dana, action="viewed", subject_ids=[about.pk]).count() == 3
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_hostile_name_is_shown_as_a_name(practice: object, dana: StaffMember, client_for: ClientFor) -> None:
    about = asked(name="<script>x</script>", helper_name="<b>", for_whom="other")

    page: Any = client_for(dana).get(f"/desk/{about.pk}/script/")

    assert "<script>x" not in page.content.decode()
    assert "<b>" not in page.content.decode()
    assert ConsultationRequest.objects.count() == 1

"""The words of every mail keep the rules for texts, in both languages: no promise, short sentences, easy to read."""

import re

import pytest

from booking.health_words import health_words
from booking.statuses import Status
from clinic import snapshot
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import StaffMember
from content.plain_texts import PlainText, check_texts, reading_of
from tests.booking.mails import MAILS, VISIT_MAILS, one_of_each

IN_BOTH_LANGUAGES = {mail.name for mail in (*MAILS, *VISIT_MAILS)} | {"message"}
# As for call scripts: together they meet the aim of a page, and none is much harder than the rest.
LIMIT = {"en": 7.0, "es": 60.0}
ADDRESS = re.compile(r"https?://\S+")
# Every mail ends with where to call in an emergency; that says nothing of whoever reads it.
LAST_LINE = {"emergency", "emergencia"}


def said(mail: Message) -> list[str]:
    """Subject and lines without addresses; the counts of the digest are a table."""
    lines = [mail.subject, *ADDRESS.sub("", mail.text).splitlines()]
    return [line.strip() for line in lines if line.strip() and not re.match(r"\s+\d+ ", line)]


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_mail_is_plain_short_and_promises_nothing(
    practice: Practice, dana: StaffMember, eli: StaffMember, rae: StaffMember, lang: str
) -> None:
    # What the clinic calls itself is its own choice.
    Practice.objects.update(name="Example Clinic", caller_id="Example Clinic")
    snapshot.refresh()
    one_of_each(lang=lang, status=Status.NEW, dana=dana, eli=eli, rae=rae)
    mails = list(Message.objects.all())
    to_patients = [mail for mail in mails if mail.kind in IN_BOTH_LANGUAGES]

    faults, hard, health = [], [], []
    for mail in mails:
        language = lang if mail in to_patients else "en"
        texts = [PlainText(mail.kind, number, line) for number, line in enumerate(said(mail), 1)]
        faults += [str(finding) for finding in check_texts(texts, language)]
        score = reading_of([line for _again in range(4) for line in said(mail)], language)
        if score is not None and not score.within(LIMIT[language]):
            hard.append((mail.kind, score))
    for mail in to_patients:
        health += sorted({*map(str.lower, health_words("\n".join(said(mail))))} - LAST_LINE)
    together = reading_of([line for mail in to_patients for line in said(mail)], lang)

    assert {mail.kind for mail in to_patients} == IN_BOTH_LANGUAGES
    assert faults == []
    assert hard == []
    assert health == []
    assert together is not None
    assert together.meets_aim, together


@pytest.mark.parametrize(
    ("line", "lang", "fault"),
    [
        ("It is safe to wait.", "en", "promise"),
        ("Está garantizado.", "es", "promise"),
        (f"We {'really ' * 20}wait.", "en", "sentence-length"),
    ],
)
def test_a_mail_that_breaks_a_rule_would_be_noticed(line: str, lang: str, fault: str) -> None:
    mail = Message(subject="Example Clinic", text=f"Thank you.\n\n{line}\n\nhttp://testserver/r/x/\n")

    texts = [PlainText("received", number, each) for number, each in enumerate(said(mail), 1)]

    assert [finding.rule for finding in check_texts(texts, lang)] == [fault]

"""One mail of each kind that the code can write, each caused as it is in life; the kinds are read from the code itself."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from django.test import Client
from django.utils import timezone

from booking import actions, digest, messages, reply_actions, visit_mails
from booking.calendar import Visit
from booking.models import ConsultationRequest
from booking.statuses import Status
from booking.wish import Wish
from clinic import snapshot
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.signatures import Signature
from clinic.staff import StaffMember
from content import actions as pages
from content import weekly
from tests.content.desk_of_editors import ABOUT, file_text, form_of, save

ROOT = Path(__file__).parents[2]
ROOMS = ("clinic", "content", "screener", "booking")
WRITERS = {"queue", "queue_once"}
# What a writer may name its mails by when it has several: their templates.
BY_TEMPLATE = {"mail.name", "kind"}
MAILS, VISIT_MAILS = (
    tuple(each for each in vars(module).values() if isinstance(each, messages.Mail))
    for module in (messages, visit_mails)
)
IN_BOTH_LANGUAGES = {mail.name for mail in (*MAILS, *VISIT_MAILS)} | {"message"}
# What staff write to Rosa; each of these is a text of its own.
WRITTEN = {
    "en": "We have good news. Please call us when you have time.",
    "es": "Tenemos buenas noticias. Llámenos cuando tenga tiempo.",
}


def kinds_in_the_code() -> set[str]:
    """What is named where a mail is queued, and the templates of those who have several."""
    templates = ROOT.glob("templates/*/mail/*.txt")
    return {file.stem for file in templates if file.stem != "frame"} | {
        kind for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")) for kind in _kinds_of(file)
    }


def _kinds_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _name(node.func) not in WRITERS or file.stem == "outbox":
            continue
        given = next((each.value for each in node.keywords if each.arg == "kind"), None)
        assert given is not None, f"{file}:{node.lineno} queues a mail without naming its kind"
        if ast.unparse(given) in BY_TEMPLATE:
            continue
        if isinstance(given, ast.Constant):
            yield str(given.value)
        else:
            assert isinstance(given, ast.Name), f"{file}:{node.lineno}: which kinds are these?"
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield getattr(import_module(module), given.id)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def one_of_each(
    *, lang: str, status: Status, dana: StaffMember, eli: StaffMember, rae: StaffMember
) -> ConsultationRequest:
    """Rosa's request, which still stands where it is told to, and every mail in the outbox."""
    Practice.objects.update(mail_times=True)
    rosas = _asks("rosa", lang)
    _write_to(rosas, dana, lang)
    ConsultationRequest.objects.filter(pk=rosas.pk).update(status=status, closing_reason="")
    for mail in MAILS:
        messages.queue_for(rosas, mail)
    _mail_times(rosas)
    actions.cancel_by_patient(request_id=_asks("another one", lang).pk)
    office = snapshot.current().practice.main_location
    assert office is not None
    digest.send(office, timezone.now())
    _hand_in_a_page(eli, rae)
    _let_a_review_run_out(rae)
    _forget_password(dana)
    rosas.refresh_from_db()
    return rosas


def _asks(token: str, lang: str) -> ConsultationRequest:
    wish = Wish(name="Rosa Sample", email="rosa@example.com", agreement="2026-11", language=lang)
    return actions.send_request(send_token=token, wish=wish)


def _write_to(about: ConsultationRequest, by: StaffMember, lang: str) -> None:
    words = reply_actions.Words(key="a" * 20, lang=lang, subject="Example Clinic", text=WRITTEN[lang])
    reply_actions.write(request_id=about.pk, words=words, by=by, version=about.version)


def _mail_times(about: ConsultationRequest) -> None:
    for sequence in (0, 1):
        visit = Visit(
            uid=visit_mails.uid_of(about), sequence=sequence, starts=datetime(2040, 3, 5, 15, tzinfo=UTC),
            minutes=30, zone="America/Chicago", place="North office, 1 Example Street",
        )  # fmt: skip
        visit_mails.queue_time(about, visit)
    reminder = Message.objects.get(kind=messages.REMINDER)
    visit_mails.queue_cancellation(about, visit)
    reminder.save(force_insert=True)


def _hand_in_a_page(eli: StaffMember, rae: StaffMember) -> None:
    for person in (eli, rae):
        StaffMember.objects.filter(pk=person.pk).update(email=f"{person.username}@example.com")
    save(eli, file_text() + "\nOne more sentence.\n")
    pages.send_for_review(**form_of(ABOUT, eli))
    pages.return_to_author(**form_of(ABOUT, rae), note="Please add a source.")


def _let_a_review_run_out(rae: StaffMember) -> None:
    today = timezone.localdate()
    Signature.objects.create(
        subject="page",
        key="about",
        lang="en",
        digest="x",
        name="Rae",
        by=rae,
        signed_on=today,
        good_until=today,
    )
    snapshot.refresh()
    weekly.send(weekly.this_week())


def _forget_password(dana: StaffMember) -> None:
    dana.email = "dana@example.com"
    dana.set_password("an old password of dana")
    dana.save()
    Client().post("/staff/password/", {"email": dana.email})
    mail = Message.objects.get(kind="password")
    address = re.search(r"http://testserver(\S+)", mail.text)
    assert address
    new = "lanterns by the river"
    Client().post(address[1], {"new_password1": new, "new_password2": new})
    # The used link is dead; a scanner meets one that still works.
    Client().post("/staff/password/", {"email": dana.email})
    mail.delete()

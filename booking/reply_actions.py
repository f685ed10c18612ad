"""Writes to whoever asked: the mail, its line of history with the words, and the first contact, in one transaction."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import lazystr
from django.utils.translation import override

from booking import messages
from booking.actions import contact_made, count_attempt
from booking.changes import locked, write_change
from booking.choices import AttemptResult, HistoryKind
from booking.models import ConsultationRequest
from booking.statuses import Status
from booking.work_actions import TRIED_FROM
from clinic import outbox

if TYPE_CHECKING:
    from clinic.staff import StaffMember

MAILED = "mail"
TOLD = "told"


class MergedAway(Exception):
    """The request goes on in another one; `into` is its number."""

    def __init__(self, into: int) -> None:
        self.into = into


class NoAddress(Exception):
    """They gave no e-mail address, or took it back meanwhile."""


@dataclass(frozen=True)
class Words:
    """What is said to one person. `key` names this one piece of writing: sending it twice sends it once."""

    key: str
    lang: str
    subject: str
    text: str


@transaction.atomic
def write(
    *, request_id: int, words: Words, by: "StaffMember", version: int, told: bool = False
) -> ConsultationRequest:
    """Mails the words, or with `told` only notes that they were said by phone or typed as a text message.

    Raises StaleVersion, MergedAway, NoAddress, or ConsultationRequest.DoesNotExist; then nothing has happened.
    """
    request = locked(request_id)
    if _is_written(request, words.key):
        return request
    request = locked(request_id, version=version)
    if request.merged_into_id is not None:
        raise MergedAway(request.merged_into_id)
    if not told:
        _queue(request, words)
    before, columns = request.status, contact_made(request)
    if before in TRIED_FROM:
        # Writing to somebody is a try to reach them: the clock runs on to the next one.
        request.status = Status.TRIED
        columns |= {"status"} | count_attempt(request, AttemptResult.LEFT_MESSAGE)
    write_change(
        request,
        columns,
        kind=HistoryKind.MESSAGE,
        by=by,
        before=before,
        detail=f"{TOLD if told else MAILED} {words.key}",
        note=f"{words.subject}\n\n{words.text}",
    )
    return request


def mail_of(about: ConsultationRequest, words: Words) -> tuple[str, str]:
    """The whole mail as it would go out, as text and as HTML."""
    with override(words.lang):
        mail = messages.Mail("message", lazystr(words.subject))
        said = re.sub(r"\n{3,}", "\n\n", words.text.replace("\r\n", "\n")).strip()
        return messages.written(mail, about, words=said)


def _queue(request: ConsultationRequest, words: Words) -> None:
    if not request.email:
        raise NoAddress
    text, html = mail_of(request, words)
    outbox.queue(
        kind="message",
        about=request.mail_about,
        to=request.email,
        subject=words.subject,
        text=text,
        html=html,
    )


def _is_written(request: ConsultationRequest, key: str) -> bool:
    ways = [f"{MAILED} {key}", f"{TOLD} {key}"]
    return request.status_changes.filter(kind=HistoryKind.MESSAGE, detail__in=ways).exists()

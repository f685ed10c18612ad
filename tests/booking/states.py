"""Every page and state that a patient can meet while asking for a consultation, each as the server answers it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.utils import timezone

from booking import actions
from booking.choices import ClosingReason
from booking.models import ConsultationRequest
from booking.statuses import Status
from booking.wish import Wish
from clinic.limits import TokenBucket
from tests.booking.conftest import REVIEW_ANSWERS, Typed, hidden, keep_answers

ROSA: Typed = {
    "patient_kind": "new",
    "for_whom": "self",
    "name": "Rosa Sample",
    "birth_month": "4",
    "birth_day": "23",
    "birth_year": "1948",
    "phone": "(512) 555-0123 ext. 7",
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
    "agree": "on",
}
FOR_HER_MOTHER = ROSA | {
    "for_whom": "other",
    "name": "Lucía Sample-Bustamante of Wolverhampton",
    "patient_name": "Rosa",
    "relationship": "daughter",
    "phone_is": "mine",
    "may_talk_with": "yes",
}
SOON = REVIEW_ANSWERS | {"weaker": "yes"}
CALL_TODAY = {"emerg": ["none"], "today": ["t_fever"]}
EMERGENCY = {"emerg": ["e_saddle"]}


@dataclass
class Scene:
    """One browser in one language; `prefix` is "" or "/es"."""

    prefix: str
    client: Client = field(default_factory=Client)

    def get(self, path: str) -> Any:
        return self.client.get(self.prefix + path)

    def post(self, path: str, fields: Mapping[str, Any]) -> Any:
        return self.client.post(self.prefix + path, fields)

    def form(self, given: Mapping[str, Any]) -> Any:
        keep_answers(self.client, given)
        return self.get("/book/")

    def review(self, typed: Typed = ROSA) -> Any:
        return self.post("/book/", typed)

    def send(self, typed: Typed = ROSA) -> Any:
        return self.post("/book/send/", {"request": hidden(self.review(typed), "request")})

    def own(self, deeper: str = "", **columns: Any) -> Any:
        """The own page of somebody whose request stands like this."""
        return self.get(f"/r/{self.asked(**columns).link_token}/{deeper}")

    def asked(self, **columns: Any) -> ConsultationRequest:
        wish = Wish(name="Rosa Sample", phone="+15125550123", email="rosa@example.com", agreement="2026-11")
        made = actions.send_request(
            send_token=f"{self.prefix}{ConsultationRequest.objects.count()}", wish=wish
        )
        ConsultationRequest.objects.filter(pk=made.pk).update(**columns)
        made.refresh_from_db()
        return made


State = Callable[[Scene], Any]


def shared(scene: Scene) -> Any:
    keep_answers(scene.client, SOON)
    return scene.review(FOR_HER_MOTHER | {"share_answers": "on", "mark_urgency": "on"})


def without_a_token(scene: Scene, *, cookie: bool) -> Any:
    strict = Client(enforce_csrf_checks=True)
    if cookie:
        strict.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    return strict.post(f"{scene.prefix}/book/", ROSA)


def review_without_a_token(scene: Scene) -> Any:
    sealed = hidden(scene.review(), "request")
    strict = Client(enforce_csrf_checks=True)
    return strict.post(f"{scene.prefix}/book/send/", {"request": sealed})


def after_two_days(scene: Scene) -> Any:
    sealed = hidden(scene.review(), "request")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        return scene.post("/book/send/", {"request": sealed})


def sent_already(scene: Scene) -> Any:
    begun = hidden(scene.get("/book/"), "begun")
    scene.send(ROSA | {"begun": begun})
    return scene.review(ROSA | {"begun": begun})


def beyond_the_limit(scene: Scene) -> Any:
    with override_settings(BOOKING_LIMIT_GLOBAL=0):
        answer = scene.send()
    TokenBucket.objects.all().delete()
    return answer


@contextmanager
def database_away() -> Iterator[None]:
    def gone(*_args: Any, **_kwargs: Any) -> Any:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(gone):
        yield


def not_stored(scene: Scene) -> Any:
    sealed = hidden(scene.review(), "request")
    with database_away():
        return scene.post("/book/send/", {"request": sealed})


def not_read(scene: Scene) -> Any:
    scene.send()
    scene.client.raise_request_exception = False
    with database_away():
        return scene.get("/book/sent/")


def sent(scene: Scene, **typed: str) -> Any:
    scene.send(ROSA | typed)
    return scene.get("/book/sent/")


def after_sending(scene: Scene) -> Any:
    scene.send()
    return scene.get("/book/")


def promise_broken(scene: Scene) -> Any:
    link = f"/r/{scene.asked().link_token}/"
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        return scene.get(link)


def contact_refused(scene: Scene) -> Any:
    wrong = {"phone": "12", "email": "rosa@", "contact_by": "pigeon"}
    return scene.post(f"/r/{scene.asked().link_token}/contact/", wrong)


def contact_saved(scene: Scene) -> Any:
    own = f"/r/{scene.asked().link_token}/"
    scene.post(f"{own}contact/", {"contact_by": "text", "voicemail_ok": "no"})
    return scene.get(f"{own}?done=contact")


STATES: dict[str, State] = {
    "the form": lambda scene: scene.get("/book/"),
    "the form after a whole check": lambda scene: scene.form(SOON),
    "the form after a call today": lambda scene: scene.form(CALL_TODAY),
    "the form after an emergency": lambda scene: scene.form(EMERGENCY),
    "the form for someone else": lambda scene: scene.form({"who": "other"}),
    "the form left empty": lambda scene: scene.post("/book/", {}),
    "the form with many mistakes": lambda scene: scene.review(
        FOR_HER_MOTHER
        | {"patient_name": "", "phone": "12", "email": "rosa@", "birth_month": "13", "location": "moon"}
    ),
    "the form filled in by a robot": lambda scene: scene.review(ROSA | {"website": "x"}),
    "the form without its cookie": lambda scene: without_a_token(scene, cookie=False),
    "the form that waited too long": lambda scene: without_a_token(scene, cookie=True),
    "the form after sending": after_sending,
    "a current patient": lambda scene: scene.review(ROSA | {"patient_kind": "current"}),
    "the review": lambda scene: scene.review(),
    "the review with answers for someone else": shared,
    "the review without its token": review_without_a_token,
    "the review of what is sent": sent_already,
    "changing": lambda scene: scene.post(
        "/book/", {"change": "on", "request": hidden(scene.review(), "request")}
    ),
    "a review two days old": after_two_days,
    "a review that did not arrive whole": lambda scene: scene.post("/book/send/", {"request": "x"}),
    "too many": beyond_the_limit,
    "out of order": not_stored,
    "sent": sent,
    "sent, to be answered by mail": lambda scene: sent(scene, contact_by="email"),
    "sent, and the database is away": not_read,
    "nothing sent": lambda scene: scene.get("/book/sent/"),
    **{
        f"the own page: {status.value}": lambda scene, status=status: scene.own(status=status)  # type: ignore[misc]
        for status in Status
    },
    "the own page: cancelled": lambda scene: scene.own(
        status="closed", closing_reason=ClosingReason.CANCELLED
    ),
    "the own page: promise broken": promise_broken,
    "the own page: contact changed": contact_saved,
    "the own page: contact": lambda scene: scene.own("contact/"),
    "the own page: contact refused": contact_refused,
    "the own page: cancel?": lambda scene: scene.own("cancel/"),
    "the own page: gone": lambda scene: scene.get(f"/r/{'0' * 40}/"),
}
STATUSES = {
    "the form left empty": 422,
    "the form with many mistakes": 422,
    "the form filled in by a robot": 422,
    "the form without its cookie": 403,
    "the form that waited too long": 403,
    "the review without its token": 403,
    "a review two days old": 422,
    "a review that did not arrive whole": 422,
    "too many": 429,
    "out of order": 503,
    "sent, and the database is away": 503,
    "nothing sent": 404,
    "the own page: contact refused": 422,
    "the own page: gone": 404,
}


def shown(name: str, prefix: str) -> Any:
    """The answer of the server in this state."""
    answer = STATES[name](Scene(prefix))
    assert answer.status_code == STATUSES.get(name, 200), f"{name}: {answer.status_code}"
    return answer

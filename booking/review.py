"""What travels with the browser instead of waiting on the server: when a form began, and a request to be reviewed."""

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict

from booking.forms import BookingForm
from booking.sharing import Offer
from clinic.encryption import Unreadable, decrypt, encrypt, keyed_hash

# A slow writer may sleep on it; after that, we ask for another look.
REVIEW_SECONDS = 24 * 60 * 60
MOST_VALUES = 10
BEGUN, REVIEW = "booking form", "booking review"

Fields = dict[str, list[str]]


class Expired(Exception):
    """The request is ours and whole, but too old to be sent without another look."""

    def __init__(self, review: "Review") -> None:
        super().__init__("expired")
        self.review = review


@dataclass(frozen=True)
class Begun:
    """`nonce` is drawn once for each form opened; `at` is when, in seconds since 1970."""

    nonce: str
    at: float

    def sealed(self) -> str:
        return encrypt(json.dumps({"nonce": self.nonce, "at": self.at}), purpose=BEGUN)

    @property
    def too_fast(self) -> bool:
        return time.time() - self.at < settings.BOOKING_MINIMUM_SECONDS


@dataclass(frozen=True)
class Review:
    """Everything typed, as it was typed; the mark and the answers as they were shown."""

    nonce: str
    fields: Fields
    mark: str = ""
    shared: dict[str, Any] | None = None

    @property
    def send_token(self) -> str:
        """Equal for the same form with the same content, so that Back and a second click send nothing twice;
        different as soon as anything was changed, so that a changed request is never lost.
        """
        content = [self.nonce, self.fields, self.mark, self.shared]
        return keyed_hash("send " + json.dumps(content, sort_keys=True))

    @property
    def offer(self) -> Offer:
        return Offer(mark=self.mark, shared=self.shared)

    def form(self) -> BookingForm:
        return BookingForm(as_post(self.fields), offer=self.offer)

    def sealed(self) -> str:
        return encrypt(json.dumps(vars(self), ensure_ascii=False), purpose=REVIEW)


def begin() -> Begun:
    return Begun(nonce=secrets.token_urlsafe(16), at=time.time())


def read_begun(text: str) -> Begun | None:
    """None when a robot, or a browser extension, has left it out or touched it."""
    try:
        return Begun(**json.loads(decrypt(text, purpose=BEGUN)))
    except (Unreadable, ValueError, TypeError):
        return None


def read_review(text: str, *, max_age: int | None = REVIEW_SECONDS) -> Review:
    """Raises Expired for an old one, Unreadable for one that is not ours or was changed."""
    try:
        return _review(decrypt(text, purpose=REVIEW, max_age=max_age))
    except Unreadable:
        raise Expired(_review(decrypt(text, purpose=REVIEW))) from None


def _review(text: str) -> Review:
    try:
        return Review(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise Unreadable from error


def typed(post: QueryDict) -> Fields:
    """The fields of the contract as they were posted, whatever they hold; nothing else."""
    return {name: post.getlist(name)[:MOST_VALUES] for name in BookingForm.base_fields if name in post}


def as_post(fields: Fields) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, values in fields.items():
        post.setlist(name, values)
    return post


def as_initial(fields: Fields) -> dict[str, Any]:
    """Shows a form filled in without judging it."""
    return {name: _as_shown(name, values) for name, values in fields.items() if values}


def _as_shown(name: str, values: list[str]) -> Any:
    if name in ("days", "day_parts", "needs"):
        return values
    # A box that is ticked holds no text of its own.
    return bool(values[-1]) if name in ("mark_urgency", "share_answers", "agree") else values[-1]

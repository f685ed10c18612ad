"""What the house forgets by itself: sessions that are over, and mail sent long ago that is about no request."""

import time
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from clinic.outbox import Message

SENT_KEPT = timedelta(days=30)
EVERY_SECONDS = 60 * 60
# Mail about a request is part of its story: it goes when the request goes, and not before.
WITH_A_REQUEST = "request "
_last: dict[str, float] = {}


def forget() -> None:
    """Takes both away. What could not be sent stays, since staff must look at it."""
    # In an expired session may stand what somebody typed when their sign-in ran out.
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    sent = Message.objects.filter(state=Message.State.SENT, sent__lt=timezone.now() - SENT_KEPT)
    sent.exclude(about__startswith=WITH_A_REQUEST).delete()


def forget_from_time_to_time() -> None:
    """To be called often."""
    if time.monotonic() - _last.get("forgot", -EVERY_SECONDS) >= EVERY_SECONDS:
        forget()
        _last["forgot"] = time.monotonic()

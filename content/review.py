"""What a page says about its review. It comes from signatures and from nowhere else."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from clinic import snapshot
from content.documents import Page


@dataclass(frozen=True)
class Review:
    """`sentence` stands near the title; `signed_on` is set only while a signature fits the page's present text."""

    sentence: str
    signed_on: date | None = None
    name: str = ""
    waits: bool = True


def review_of(page: Page) -> Review:
    """Unsigned, changed since it was signed, overdue, or reviewed: with the day of the next review."""
    signature = snapshot.current().signature("page", page.id, page.lang)
    if signature is None:
        return Review(_("Not yet reviewed by a clinician"))
    signed_on = formats.date_format(signature.signed_on, "DATE_FORMAT")
    if signature.digest != page.document.digest:
        return Review(_("Changed since a clinician reviewed it on %(date)s") % {"date": signed_on})
    words = {
        "name": signature.name,
        "date": signed_on,
        "next": formats.date_format(signature.good_until, "DATE_FORMAT"),
    }
    if signature.good_until <= timezone.localdate():
        sentence = _("Reviewed by %(name)s on %(date)s. A new review was due on %(next)s.") % words
        return Review(sentence, signature.signed_on, signature.name)
    sentence = _("Reviewed by %(name)s on %(date)s. Next review: %(next)s.") % words
    return Review(sentence, signature.signed_on, signature.name, waits=False)

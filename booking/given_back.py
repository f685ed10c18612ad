"""What stood in the boxes of a request, as lines to copy: for an error page that cannot show the form again."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict

from booking.forms import BookingForm

# A body beyond the limit is still unread when the error page is made. So many bytes of it are read.
MOST_READ = 2_000_000
# Nobody's own words in one box are longer; what is beyond was pasted by mistake.
LONGEST_SHOWN = 500


def given_back(request: HttpRequest) -> str:
    """One line for each box that held something, with the words beside the box."""
    return "\n".join(lines(BookingForm.base_fields, _posted(request)))


def lines(boxes: Mapping[str, forms.Field], posted: QueryDict) -> Iterator[str]:
    """`Your name: Pat Doe`; a tick and an empty box say nothing."""
    for name, box in boxes.items():
        values = [value.strip()[:LONGEST_SHOWN] for value in posted.getlist(name) if value.strip()]
        if values and not isinstance(box, forms.BooleanField):
            words = words_of(box)
            yield f"{box.label}: {', '.join(str(words.get(value, value)) for value in values)}"


def words_of(box: forms.Field) -> dict[str, Any]:
    """What stands beside each choice of a box, by its code; {} where there is nothing to choose."""
    choices: Any = box.choices if isinstance(box, forms.ChoiceField) else ()
    return dict(choices)


def _posted(request: HttpRequest) -> QueryDict:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return QueryDict(request.read(MOST_READ), encoding="utf-8")
    return request.POST

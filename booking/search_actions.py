"""Keeps the words that a request is found by in step with the request."""

from booking.models import ConsultationRequest, SearchWord
from booking.search_text import words_of


def keep_in_step(request: ConsultationRequest) -> None:
    """To be called in the transaction that writes a name or a phone number."""
    wanted = words_of(names=(request.name, request.helper_name), phone=request.phone)
    there = set(SearchWord.objects.filter(request=request).values_list("word", flat=True))
    if there - wanted:
        SearchWord.objects.filter(request=request, word__in=there - wanted).delete()
    SearchWord.objects.bulk_create(SearchWord(request=request, word=word) for word in sorted(wanted - there))

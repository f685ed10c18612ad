"""What the desk finds a request by: folded words of names, and endings of phone numbers, each looked up by its start."""

from django.db import models


class SearchWord(models.Model):
    request = models.ForeignKey(
        "booking.ConsultationRequest", on_delete=models.CASCADE, related_name="search_words", db_index=False
    )
    word = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "word"), name="search_word_once"),)

    def __str__(self) -> str:
        return self.word

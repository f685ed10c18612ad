"""What the desk finds a request by: folded words of names, and endings of phone numbers, each looked up by its start."""

from typing import Self

from django.db import connection, models

LAST_CHARACTER = "\U0010ffff"


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    def starting_with(self, start: str) -> Self:
        """Read from the index, on either database."""
        if connection.vendor == "sqlite":
            # LIKE cannot use an index here; characters are compared by their numbers, so a range can.
            return self.filter(word__gte=start, word__lt=start + LAST_CHARACTER)
        return self.filter(word__startswith=start)


class SearchWord(models.Model):
    request = models.ForeignKey(
        "booking.ConsultationRequest", on_delete=models.CASCADE, related_name="search_words", db_index=False
    )
    word = models.CharField(max_length=120)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "word"), name="search_word_once"),)
        indexes = (
            # The operators let PostgreSQL look up beginnings, whatever the language of the database.
            models.Index(
                fields=("word", "request"),
                opclasses=("varchar_pattern_ops", "int8_ops"),
                name="search_word_start",
            ),
        )

    def __str__(self) -> str:
        return self.word

"""What the desk finds a request by: folded words of names, and endings of phone numbers, each looked up by its start."""

from django.db import connection, models
from django.db.models import Q

LAST_CHARACTER = "\U0010ffff"


class SearchWord(models.Model):
    request = models.ForeignKey(
        "booking.ConsultationRequest", on_delete=models.CASCADE, related_name="search_words", db_index=False
    )
    word = models.CharField(max_length=120)

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

    @staticmethod
    def begins(start: str) -> Q:
        """The condition for words with this beginning; read from the index on either database."""
        if connection.vendor == "sqlite":
            # LIKE cannot use an index here; characters are compared by their numbers, so a range can.
            return Q(word__gte=start, word__lt=start + LAST_CHARACTER)
        return Q(word__startswith=start)

"""Indexes of the queue's Overdue tab, and of the search by the beginning of a word."""

from django.db import migrations, models

OPEN = models.Q(("status__in", ["closed"]), _negated=True)


class Migration(migrations.Migration):
    dependencies = [("booking", "0006_more_history")]

    operations = [
        migrations.AddIndex(
            model_name="consultationrequest",
            index=models.Index(
                models.F("urgency"), models.F("due"), models.F("id"), condition=OPEN, name="request_overdue"
            ),
        ),
        migrations.AlterField(
            model_name="searchword",
            name="word",
            field=models.CharField(max_length=120),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(
                fields=["word", "request"],
                name="search_word_start",
                opclasses=("varchar_pattern_ops", "int8_ops"),
            ),
        ),
    ]

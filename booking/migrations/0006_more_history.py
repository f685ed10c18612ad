"""Two more kinds of lines in the history of a request: the next try, and that it was added by hand."""

from django.db import migrations, models

KINDS = [
    ("moved", "moved"),
    ("claimed", "claimed"),
    ("taken_over", "taken over"),
    ("released", "released"),
    ("attempt", "tried to reach them"),
    ("replied", "they got in touch"),
    ("note", "note"),
    ("message", "message to them"),
    ("contact", "contact wishes changed"),
    ("time_recorded", "time recorded"),
    ("time_moved", "time moved"),
    ("time_cancelled", "time cancelled"),
    ("merged", "merged"),
    ("came_back", "came back by itself"),
    ("next_try", "next try planned"),
    ("added", "added by hand"),
]


class Migration(migrations.Migration):
    dependencies = [("booking", "0005_the_desk")]
    operations = [
        migrations.AlterField(
            model_name="statuschange",
            name="kind",
            field=models.CharField(choices=KINDS, default="moved", max_length=16),
        ),
        migrations.RemoveConstraint(model_name="statuschange", name="status_change_kind_known"),
        migrations.AddConstraint(
            model_name="statuschange",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=[code for code, _words in KINDS]),
                name="status_change_kind_known",
            ),
        ),
    ]

"""Help beside the fields of the practice, in words that need no other page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_find_in_the_audit"),
    ]

    operations = [
        migrations.AlterField(
            model_name="practice",
            name="closed_on_federal_holidays",
            field=models.BooleanField(
                default=True,
                help_text="They count when we say by when we call. Add other closed days under “Closures”.",
                verbose_name="closed on US federal holidays",
            ),
        ),
        migrations.AlterField(
            model_name="practice",
            name="keep_closed_days",
            field=models.PositiveSmallIntegerField(
                default=90,
                help_text="Older ones are deleted for good if they are in the chart or were declined. All others stay.",
                verbose_name="we keep closed requests for … days",
            ),
        ),
    ]

"""Shows the clinic's signatures under the check in the admin; no table of its own, no answer of anybody."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("clinic", "0004_reviewers_sign")]
    operations = [
        migrations.CreateModel(
            name="CheckSignature",
            fields=[],
            options={
                "verbose_name": "signature of the check",
                "verbose_name_plural": "signatures and switch of the check",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("clinic.signature",),
        )
    ]

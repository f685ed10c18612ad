"""PostgreSQL itself refuses to alter or delete a row of the audit log. SQLite has one user and no such wall."""

from django.db import migrations

from clinic.append_only import FUNCTION, trigger


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(trigger("clinic_auditentry", may_be_erased=False), params=None)


def tear_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS clinic_only_grows() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("clinic", "0009_keep_closed_days")]
    operations = [migrations.RunPython(build, tear_down)]

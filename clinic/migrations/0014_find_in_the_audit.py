"""On PostgreSQL, an index by which everything about one record is found in a log of years."""

from django.db import migrations

NAME = "audit_by_number"


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {NAME} ON clinic_auditentry USING gin (subject_ids jsonb_path_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("clinic", "0013_admins_see_roles")]
    operations = [migrations.RunPython(make_index, drop_index)]

"""PostgreSQL itself refuses to alter or delete a revision, a step on its way, or a note."""

from django.db import migrations

from clinic.append_only import trigger

TABLES = ("content_revision", "content_step", "content_note")


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(trigger(table, may_be_erased=False), params=None)


def tear_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS only_grows ON {table}")


class Migration(migrations.Migration):
    dependencies = [("content", "0004_who_edits"), ("clinic", "0010_audit_only_grows")]
    operations = [migrations.RunPython(build, tear_down)]

"""Erasing and purging become functions of PostgreSQL, which can be owned by a role of their own."""

from django.db import migrations

from booking.ways_out import ERASE, FUNCTIONS, PURGE, TAKE_AWAY


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            schema = cursor.fetchone()[0]
        schema_editor.execute(FUNCTIONS.format(schema=schema), params=None)


def tear_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for function in (PURGE, ERASE, TAKE_AWAY):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {function}")


class Migration(migrations.Migration):
    dependencies = [("booking", "0008_words_to_find"), ("clinic", "0010_audit_only_grows")]
    operations = [migrations.RunPython(build, tear_down)]

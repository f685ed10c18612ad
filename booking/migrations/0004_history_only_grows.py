"""PostgreSQL itself refuses to alter the history of a request; only erasing the whole request takes it away."""

from django.db import migrations

from clinic.append_only import trigger


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            trigger("booking_statuschange", may_be_erased=True, encrypted="note"), params=None
        )


def tear_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS only_grows ON booking_statuschange")


class Migration(migrations.Migration):
    dependencies = [("booking", "0003_promise_link_and_reason"), ("clinic", "0010_audit_only_grows")]
    operations = [migrations.RunPython(build, tear_down)]

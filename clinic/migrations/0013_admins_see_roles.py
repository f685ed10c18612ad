"""Lets admins see which roles there are, and who has them."""

from django.db import migrations


def give_right(apps, schema_editor):
    # Django makes permissions after all migrations; the role needs this now, under the name it would give it.
    alias = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    subject, _made = content_types.get_or_create(app_label="auth", model="group")
    right, _made = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(content_type=subject, codename="view_group", defaults={"name": "Can view group"})
    )
    apps.get_model("auth", "Group").objects.using(alias).get(name="Admin").permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0012_days_away"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give_right, migrations.RunPython.noop)]

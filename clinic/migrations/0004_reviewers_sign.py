"""Lets clinical reviewers sign, and whoever looks after pages see what is signed."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "Clinical reviewer": ("sign_texts", "view_signature"),
    "Content editor": ("view_signature",),
    "Admin": ("view_signature",),
}


def give_rights(apps, schema_editor):
    config = apps.get_app_config("clinic")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in RIGHTS.items():
        group_model.objects.get(name=name).permissions.add(
            *permission_model.objects.filter(content_type__app_label="clinic", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [("clinic", "0003_signatures")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]

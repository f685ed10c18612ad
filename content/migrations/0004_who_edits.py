"""Lets content editors and clinical reviewers write and publish pages; what is clinical needs two of them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def give_rights(apps, schema_editor):
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name in ("Content editor", "Clinical reviewer"):
        group_model.objects.get(name=name).permissions.add(
            *permission_model.objects.filter(
                content_type__app_label="content", codename__in=("add_page", "change_page")
            )
        )


class Migration(migrations.Migration):
    dependencies = [("content", "0003_editing"), ("clinic", "0002_roles")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]

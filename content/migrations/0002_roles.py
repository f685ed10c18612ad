"""Lets editors, reviewers and admins see the list of pages."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_them_see(apps, schema_editor):
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="content", codename="view_page"
    )
    for name in ("Content editor", "Clinical reviewer", "Admin"):
        group_model.objects.get(name=name).permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("content", "0001_pages"), ("clinic", "0002_roles")]
    operations = [migrations.RunPython(let_them_see, migrations.RunPython.noop)]

"""Makes the four roles with the rights this room can give; other rooms add theirs in migrations of their own."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "Front desk": (),
    "Content editor": (),
    "Clinical reviewer": (),
    "Admin": (
        "change_practice",
        "view_practice",
        "add_location",
        "change_location",
        "delete_location",
        "view_location",
        "add_hours",
        "change_hours",
        "delete_hours",
        "view_hours",
        "add_closure",
        "change_closure",
        "delete_closure",
        "view_closure",
        "add_staffmember",
        "change_staffmember",
        "view_staffmember",
        "view_auditentry",
    ),
}


def make_roles(apps, schema_editor):
    # Django makes permissions after all migrations; the roles need them now.
    config = apps.get_app_config("clinic")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in RIGHTS.items():
        group, _made = group_model.objects.get_or_create(name=name)
        group.permissions.add(
            *permission_model.objects.filter(content_type__app_label="clinic", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0001_practice_staff_audit"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

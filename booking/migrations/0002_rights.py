"""Gives the front desk and the admins the right to work with requests, and the admins the right to look at them."""

from django.db import migrations

RIGHTS = {
    "Front desk": ("work_requests",),
    "Admin": ("work_requests", "view_consultationrequest"),
}
NAMES = {
    "work_requests": "Can work with consultation requests",
    "view_consultationrequest": "Can view consultation request",
}


def give_rights(apps, schema_editor):
    # Django makes permissions after all migrations; the roles need these now, under the names it would give them.
    alias = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    subject, _made = content_types.get_or_create(app_label="booking", model="consultationrequest")
    for role, codenames in RIGHTS.items():
        group, _made = groups.get_or_create(name=role)
        for codename in codenames:
            right, _made = permissions.get_or_create(
                content_type=subject, codename=codename, defaults={"name": NAMES[codename]}
            )
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0001_requests"),
        ("clinic", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]

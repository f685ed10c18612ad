"""Lets admins edit canned replies, and the list of clinicians."""

from django.db import migrations

RIGHTS = {
    "cannedreply": {
        "add_cannedreply": "Can add canned reply",
        "change_cannedreply": "Can change canned reply",
        "delete_cannedreply": "Can delete canned reply",
        "view_cannedreply": "Can view canned reply",
    },
    "clinician": {
        "add_clinician": "Can add clinician",
        "change_clinician": "Can change clinician",
        "view_clinician": "Can view clinician",
    },
}


def give_rights(apps, schema_editor):
    # Django makes permissions after all migrations; the role needs these now, under the names it would give them.
    alias = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    admins = apps.get_model("auth", "Group").objects.using(alias).get(name="Admin")
    for model, names in RIGHTS.items():
        subject, _made = content_types.get_or_create(app_label="booking", model=model)
        for codename, name in names.items():
            right, _made = permissions.get_or_create(
                content_type=subject, codename=codename, defaults={"name": name}
            )
            admins.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0009_ways_out"),
        ("clinic", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]

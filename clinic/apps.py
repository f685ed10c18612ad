"""Registers this room, and the admin under the clinic's own name, with Django."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ClinicConfig(AppConfig):
    name = "clinic"
    default = True
    verbose_name = _("Practice and staff")

    def ready(self) -> None:
        # Of Django's accounts only the roles show in the admin, so they stand there under that word.
        apps.get_app_config("auth").verbose_name = _("Roles")

        from clinic import forgetting, outbox

        outbox.every_look.append(forgetting.forget_from_time_to_time)


class ClinicAdminConfig(admin_apps.AdminConfig):
    default_site = "clinic.admin_site.ClinicAdmin"
    default = False

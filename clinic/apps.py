"""Registers this room, and the admin under the clinic's own name, with Django."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ClinicConfig(AppConfig):
    name = "clinic"
    default = True


class ClinicAdminConfig(admin_apps.AdminConfig):
    default_site = "clinic.admin_site.ClinicAdmin"
    default = False

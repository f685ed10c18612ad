"""The peer: Django's own admin list of the same rows, as Django makes it, beside our pages in one process."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from booking.models import ConsultationRequest
from clinic.urls import urlpatterns as our_addresses


class AsDjangoMakesIt(admin.ModelAdmin[ConsultationRequest]):
    """What a queue card shows, in columns; ready-made filters and search as a clinic would switch them on."""

    list_display = (
        "reference", "name", "mark", "status", "due", "contact_by", "best_time", "language", "location", "owner",
    )  # fmt: skip
    list_filter = ("status", "mark", "location")
    list_select_related = ("location", "owner")
    search_fields = ("name", "phone", "reference")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class PeerSite(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


site = PeerSite(name="peer")
site.register(ConsultationRequest, AsDjangoMakesIt)

urlpatterns = [path("peer/", site.urls), *our_addresses]
handler500 = "clinic.errors.server_error"

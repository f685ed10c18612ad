"""The peer: Django's own admin list of the same rows, beside our pages in one process."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from booking.models import ConsultationRequest
from clinic.urls import urlpatterns as our_addresses


class AsDjangoMakesIt(admin.ModelAdmin[ConsultationRequest]):
    """Out of the box: what a queue card shows, in columns, with filters and search."""

    list_display = (
        "reference", "name", "mark", "status", "due", "contact_by", "best_time", "language", "location", "owner",
    )  # fmt: skip
    list_filter = ("status", "mark", "location")
    search_fields = ("name", "phone", "reference")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class Tuned(AsDjangoMakesIt):
    """The same by somebody who knows the admin well; measured too, so that nobody has to guess."""

    list_select_related = ("location", "owner")


class PeerSite(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


site, tuned_site = PeerSite(name="peer"), PeerSite(name="tuned")
site.register(ConsultationRequest, AsDjangoMakesIt)
tuned_site.register(ConsultationRequest, Tuned)

urlpatterns = [path("peer/", site.urls), path("tuned/", tuned_site.urls), *our_addresses]
handler500 = "clinic.errors.server_error"

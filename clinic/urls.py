"""All addresses of the site. Patient pages stand under / in English and under /es/ in Spanish."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from clinic import health

handler400 = "clinic.errors.bad_request"
handler403 = "clinic.errors.forbidden"
handler404 = "clinic.errors.not_found"
handler500 = "clinic.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("staff/", include("clinic.staff_urls")),
    path("desk/", include("booking.desk_urls")),
    path("", include("content.machine_urls")),
    *i18n_patterns(
        path("check/", include("screener.urls")),
        path("", include("booking.patient_urls")),
        # Last: whatever is left is looked up in the list of pages.
        path("", include("content.urls")),
        prefix_default_language=False,
    ),
]

"""From the form to the confirmation, and the patient's own page behind the secret link; in Spanish under /es/."""

from django.urls import path

from booking import patient_views, status_views

app_name = "booking"
urlpatterns = [
    path("book/", patient_views.form, name="form"),
    path("book/send/", patient_views.send, name="send"),
    path("book/sent/", patient_views.sent, name="sent"),
    path("r/<str:token>/", status_views.status, name="status"),
    path("r/<str:token>/contact/", status_views.contact, name="contact"),
    path("r/<str:token>/cancel/", status_views.cancel, name="cancel"),
]

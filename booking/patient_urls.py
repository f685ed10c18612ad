"""From the form to the confirmation; in Spanish under /es/."""

from django.urls import path

from booking import patient_views

app_name = "booking"
urlpatterns = [
    path("", patient_views.form, name="form"),
    path("send/", patient_views.send, name="send"),
    path("sent/", patient_views.sent, name="sent"),
]

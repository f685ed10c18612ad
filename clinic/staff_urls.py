"""Where staff sign in and out, and the door to the rooms that their role opens."""

from django.urls import path

from clinic import staff_views

app_name = "staff"
urlpatterns = [
    path("", staff_views.home, name="home"),
    path("sign-in/", staff_views.sign_in, name="sign_in"),
    path("sign-out/", staff_views.sign_out, name="sign_out"),
]

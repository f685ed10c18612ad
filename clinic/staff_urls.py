"""Where staff sign in and out, and the door to the rooms that their role opens."""

from django.urls import path

from clinic import new_password, staff_views

app_name = "staff"
urlpatterns = [
    path("", staff_views.home, name="home"),
    path("sign-in/", staff_views.sign_in, name="sign_in"),
    path("sign-out/", staff_views.sign_out, name="sign_out"),
    path("password/", new_password.forgotten, name="forgotten"),
    path("password/sent/", new_password.sent, name="password_sent"),
    path("password/changed/", new_password.changed, name="password_changed"),
    path("password/<str:who>/<str:key>/", new_password.choose, name="new_password"),
]

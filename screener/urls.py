"""Addresses of the check; the answers never stand in them."""

from django.urls import path

from screener import views

app_name = "screener"
urlpatterns = [
    path("", views.start, name="start"),
    path("answers/", views.answers, name="answers"),
    path("result/", views.result, name="result"),
    path("clear/", views.clear, name="clear"),
    path("<str:name>/", views.step, name="step"),
]

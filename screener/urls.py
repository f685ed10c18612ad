"""Addresses of the check; the answers never stand in them."""

from django.urls import path

from screener import table_views, views

app_name = "screener"
urlpatterns = [
    path("", views.start, name="start"),
    path("answers/", views.answers, name="answers"),
    path("result/", views.result, name="result"),
    path("visit/", views.visit, name="visit"),
    path("clear/", views.clear, name="clear"),
    path("how-it-decides/", table_views.how_it_decides, name="how_it_decides"),
    path("how-it-decides/pack/", table_views.pack, name="pack"),
    path("<str:name>/", views.step, name="step"),
]

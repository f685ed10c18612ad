"""Addresses of the education pages; the pages' own paths come last and are looked up in the catalog."""

from django.urls import path, re_path

from content import search_views, views

app_name = "content"
urlpatterns = [
    path("", views.page, name="home"),
    path("emergency/", views.emergency, name="emergency"),
    path("sources/", views.sources, name="sources"),
    path("search/", search_views.search, name="search"),
    path("<path:path>/", views.page, name="page"),
    re_path(r"^(?P<path>.+[^/])$", views.with_slash, name="with_slash"),
]

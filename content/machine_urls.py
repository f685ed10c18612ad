"""Addresses that machines read: sitemap, robots, security contact, favicon."""

from django.urls import path

from content import machine_views

urlpatterns = [
    path("sitemap.xml", machine_views.sitemap, name="sitemap"),
    path("robots.txt", machine_views.robots, name="robots"),
    path(".well-known/security.txt", machine_views.security, name="security"),
    path("favicon.ico", machine_views.favicon, name="favicon"),
]

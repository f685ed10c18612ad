"""The front desk's pages. A status change is posted to the request's own address."""

from django.urls import path

from booking import desk_views, erasure_views

app_name = "desk"
urlpatterns = [
    path("", desk_views.queue, name="queue"),
    path("<int:pk>/", desk_views.request_page, name="request"),
    path("<int:pk>/erase/", erasure_views.erase, name="erase"),
    path("<int:pk>/link/", erasure_views.renew_link, name="renew_link"),
]

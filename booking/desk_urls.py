"""The front desk's pages. A status change is posted to the request's own address."""

from django.urls import path

from booking import desk_views, erasure_views, queue_views, reply_views, script_views, search_views

app_name = "desk"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("search/", search_views.search, name="search"),
    path("print/", queue_views.print_list, name="print"),
    path("export/", queue_views.export, name="export"),
    path("counts/", queue_views.counts, name="counts"),
    path("<int:pk>/", desk_views.request_page, name="request"),
    path("<int:pk>/write/", reply_views.write, name="write"),
    path("<int:pk>/script/", script_views.script, name="script"),
    path("<int:pk>/erase/", erasure_views.erase, name="erase"),
    path("<int:pk>/link/", erasure_views.renew_link, name="renew_link"),
]

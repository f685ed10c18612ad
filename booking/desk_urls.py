"""The front desk's pages. A status change is posted to the request's own address."""

from django.urls import path

from booking import (
    by_hand,
    chart_views,
    desk_views,
    erasure_views,
    merge_views,
    queue_views,
    reply_views,
    report_views,
    script_views,
    search_views,
    time_views,
    work_views,
)

app_name = "desk"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("search/", search_views.search, name="search"),
    path("print/", queue_views.print_list, name="print"),
    path("export/", queue_views.export, name="export"),
    path("counts/", queue_views.counts, name="counts"),
    path("new/", by_hand.add, name="add"),
    path("reports/", report_views.reports, name="reports"),
    path("reports/csv/", report_views.reports_csv, name="reports_csv"),
    path("<int:pk>/", desk_views.request_page_view, name="request"),
    path("<int:pk>/claim/", work_views.claim, name="claim"),
    path("<int:pk>/take-over/", work_views.take_over, name="take_over"),
    path("<int:pk>/release/", work_views.release, name="release"),
    path("<int:pk>/attempt/", work_views.attempt, name="attempt"),
    path("<int:pk>/replied/", work_views.replied, name="replied"),
    path("<int:pk>/wait/", work_views.wait, name="wait"),
    path("<int:pk>/close/", work_views.close, name="close"),
    path("<int:pk>/next-try/", time_views.next_try, name="next_try"),
    path("<int:pk>/time/", time_views.time, name="time"),
    path("<int:pk>/time/cancel/", time_views.cancel_time, name="cancel_time"),
    path("<int:pk>/note/", work_views.note, name="note"),
    path("<int:pk>/merge/", merge_views.merge, name="merge"),
    path("<int:pk>/write/", reply_views.write, name="write"),
    path("<int:pk>/chart-sheet/", chart_views.chart_sheet, name="chart_sheet"),
    path("<int:pk>/script/", script_views.script, name="script"),
    path("<int:pk>/erase/", erasure_views.erase, name="erase"),
    path("<int:pk>/link/", erasure_views.renew_link, name="renew_link"),
]

"""Addresses of the editors' rooms, below those of pages in the admin."""

from django.urls import path

from content import (
    editing_views,
    notice_views,
    preview_views,
    restore_views,
    reviewing_views,
    revision_views,
    settling_views,
    work_views,
)

urlpatterns = [
    path("", work_views.work, name="content_page_changelist"),
    path("add/", work_views.add, name="content_page_add"),
    path("repository/", work_views.to_repository, name="content_page_repository"),
    path("repository/patch/", work_views.patch, name="content_page_patch"),
    path("notice/", notice_views.notice, name="content_page_notice"),
    path("deputies/", reviewing_views.deputies, name="content_page_deputies"),
    path("<int:pk>/change/", editing_views.change, name="content_page_change"),
    path("<int:pk>/preview/", preview_views.preview, name="content_page_preview"),
    path("<int:pk>/revisions/", revision_views.revisions, name="content_page_revisions"),
    path("<int:pk>/compare/", revision_views.compare, name="content_page_compare"),
    path("<int:pk>/restore/", restore_views.restore, name="content_page_restore"),
    path("<int:pk>/put-away/", revision_views.put_away, name="content_page_put_away"),
    path("<int:pk>/withdraw/", revision_views.withdraw, name="content_page_withdraw"),
    path("<int:pk>/review/", reviewing_views.review, name="content_page_review"),
    path("<int:pk>/notes/", reviewing_views.write_note, name="content_page_note"),
    path("<int:pk>/settle/", settling_views.settle, name="content_page_settle"),
]

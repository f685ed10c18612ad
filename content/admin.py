"""The list of pages in Django's admin. Their words are files of the repository, so nothing is changed here."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from content import catalog
from content.documents import Page as PageText
from content.models import Page
from content.where_used import used_on


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    list_display = ("title", "lang", "kind", "address", "sources", "reviewed")
    list_filter = ("lang",)
    readonly_fields = (
        "title",
        "page_id",
        "lang",
        "kind",
        "address",
        "summary",
        "sources",
        "reviewed",
        "file",
    )
    fields = readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False

    def _text(self, row: Page) -> PageText | None:
        return catalog.current().by_id.get((row.page_id, row.lang))

    @admin.display(description=_("title"))
    def title(self, row: Page) -> str:
        text = self._text(row)
        return text.title if text else str(_("(its file is gone)"))

    @admin.display(description=_("kind"))
    def kind(self, row: Page) -> str:
        text = self._text(row)
        return text.kind if text else "–"

    @admin.display(description=_("address"))
    def address(self, row: Page) -> SafeString | str:
        text = self._text(row)
        return format_html('<a href="{}">{}</a>', text.path, text.path) if text else "–"

    @admin.display(description=_("summary"))
    def summary(self, row: Page) -> str:
        text = self._text(row)
        return text.summary if text else "–"

    @admin.display(description=_("sources cited"))
    def sources(self, row: Page) -> int:
        return sum(1 for pages in used_on(row.lang).values() if any(page.id == row.page_id for page in pages))

    @admin.display(description=_("review"))
    def reviewed(self, row: Page) -> str:
        return str(_("Not yet reviewed by a clinician"))

    @admin.display(description=_("file"))
    def file(self, row: Page) -> str:
        text = self._text(row)
        return text.document.name if text else "–"

"""The list of pages in Django's admin. Their words are files of the repository, so nothing is changed here."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clinic import snapshot
from clinic.signatures import SIGN, sign
from clinic.staff import StaffMember
from content import catalog
from content.documents import Page as PageText
from content.forms import SignForm, next_review
from content.models import Page
from content.review import review_of
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

    change_form_template = "content/admin_page.html"

    def get_urls(self) -> list[URLPattern]:
        sign = self.admin_site.admin_view(self.sign_view)
        return [path("<int:pk>/sign/", sign, name="content_page_sign"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        row: Page = context["original"]
        text = self._text(row)
        if text and request.user.has_perm(SIGN):
            context["sign_form"] = SignForm(initial={"digest": text.document.digest, **next_review(text)})
        return super().render_change_form(request, context, *args, **kwargs)

    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A reviewer signs the text that was shown; if it changed since, nothing is signed."""
        if not isinstance(request.user, StaffMember) or not request.user.has_perm(SIGN):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(Page, pk=pk)
        text = self._text(row)
        form = SignForm(request.POST)
        try:
            if text is None or not form.is_valid():
                raise ValueError(_("Choose a day that lies ahead for the next review."))
            if form.cleaned_data["digest"] != text.document.digest:
                raise ValueError(_("The text has changed since you opened it. Please read it again."))
            sign(by=request.user, subject="page", key=row.page_id, lang=row.lang, **form.cleaned_data)
            self.message_user(request, _("Signed. The page says so from now on."))
        except ValueError as fault:
            self.message_user(request, str(fault), messages.ERROR)
        snapshot.refresh()
        return redirect("admin:content_page_change", pk)

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
        text = self._text(row)
        return review_of(text).sentence if text else "–"

    @admin.display(description=_("file"))
    def file(self, row: Page) -> str:
        text = self._text(row)
        return text.document.name if text else "–"

"""Pages and sources in Django's admin: the rooms of the editors, and where a reviewer signs a page."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from clinic import snapshot
from clinic.admin_site import waiting
from clinic.signatures import SIGN, sign
from clinic.staff import StaffMember
from content import catalog, editing_urls, front_page
from content.forms import SignForm
from content.models import Page

waiting.append(front_page.waiting)


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    """The addresses below those of pages lead to views of our own; history and deletion have no place here."""

    def get_urls(self) -> list[URLPattern]:
        sign = path("<int:pk>/sign/", self.admin_site.admin_view(self.sign_view), name="content_page_sign")
        return [*editing_urls.urlpatterns, sign, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        return redirect(reverse("admin:content_page_revisions", args=[object_id]))

    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A reviewer signs the text that was shown; if it changed since, nothing is signed."""
        if not isinstance(request.user, StaffMember) or not request.user.has_perm(SIGN):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(Page, pk=pk)
        text = catalog.current().by_id.get((row.page_id, row.lang))
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
        return redirect("admin:content_page_review", pk)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False

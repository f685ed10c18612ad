"""The audit log and the outbox in Django's admin: to look at; no value and no address of anybody stands in them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic import audit, outbox
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.staff import ACCOUNT, who

# By what each room's records are found in the log: from what was typed to the subject and its number, or None.
finders: list[Callable[[str], tuple[str, int] | None]] = []
# A log of years holds millions of rows: its words are listed here, not looked up.
ACTIONS = (
    ("viewed", _("viewed")),
    ("listed", _("listed")),
    ("added", _("added")),
    ("changed", _("changed")),
    ("exported", _("exported")),
    ("erased", _("erased or purged")),
    ("account", _("accounts and sign-in")),
    ("other", _("anything else")),
)
MEANT: dict[str, Q] = {
    "erased": Q(action__startswith="erased") | Q(action="purged"),
    "account": Q(subject=ACCOUNT),
    **{word: Q(action=word) for word in ("viewed", "listed", "added", "changed", "exported")},
}


class ActionFilter(admin.SimpleListFilter):
    title = _("what was done")
    parameter_name = "did"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ACTIONS

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        wanted = self.value()
        if wanted == "other":
            for meant in MEANT.values():
                queryset = queryset.exclude(meant)
            return queryset
        return queryset.filter(MEANT[wanted]) if wanted in MEANT else queryset


class PersonFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = str(_("person"))


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin[AuditEntry]):
    """Who saw or changed what; numbers only. Nothing of it can be changed or taken along."""

    list_display = ("at", "person", "action", "subject", "numbers")
    list_display_links = None
    list_filter = (ActionFilter, ("by", PersonFilter))
    list_select_related = ("by",)
    search_fields = ("subject",)
    search_help_text = _("The reference or the number of one record. Names are not in the log.")
    date_hierarchy = "at"
    show_full_result_count = False
    actions = None
    list_per_page = 50

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        found = next((each for finder in finders if (each := finder(typed)) is not None), None)
        if found is not None:
            return about(queryset.filter(subject=found[0]), found[1]), False
        if typed.isdecimal() and len(typed) < 19:
            return about(queryset, int(typed)), False
        return queryset.none(), False

    @admin.display(description=_("who"), ordering="by")
    def person(self, row: AuditEntry) -> str:
        return row.by.get_username() if row.by else str(_("nobody signed in"))

    @admin.display(description=_("numbers"))
    def numbers(self, row: AuditEntry) -> str:
        shown = ", ".join(str(each) for each in row.subject_ids[:5])
        more = len(row.subject_ids) - 5
        return f"{shown} +{more}" if more > 0 else shown

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False


def about(entries: QuerySet[AuditEntry], number: int) -> QuerySet[AuditEntry]:
    """The rows that name this record, also among many others."""
    if connection.vendor == "postgresql":
        return entries.filter(subject_ids__contains=[number])
    names = RawSQL("EXISTS (SELECT 1 FROM json_each(subject_ids) WHERE value = %s)", [number])
    return entries.alias(named=names).filter(named=True)


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """Which mails wait, went out or were given up; never to whom, and never what they say."""

    list_display = ("kind", "about", "state", "created", "due", "attempts", "fault")
    list_filter = ("state", "kind")
    ordering = ("-created", "-pk")
    fields = ("kind", "about", "state", ("created", "due", "sent"), "attempts", "fault")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).defer("to", "subject", "text", "html", "calendar")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        again = outbox.try_again(queryset)
        audit.record(by=who(request), action="tried again", subject="message", subject_ids=again)
        self.message_user(
            request,
            ngettext(
                "%(count)s mail will be tried again.", "%(count)s mails will be tried again.", len(again)
            )
            % {"count": len(again)},
        )

"""The values of a page's or a source's front matter as fields with labels and help, in the order an editor meets them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.documents import SOURCE_TEXTS
from content.source_kinds import SOURCE_KINDS

KINDS = (
    ("guide", _("guide: explains, advises nothing clinical")),
    ("clinical", _("clinical: a clinician must approve each change")),
    ("faq", _("questions and answers")),
    ("glossary", _("glossary")),
    ("contact", _("contact page")),
    ("home", _("home page")),
    ("emergency", _("emergency page")),
    ("legal", _("legal text")),
)
READ = (
    ("whole", _("the whole text")),
    ("abstract", _("the summary at its start")),
    ("excerpt", _("parts of it")),
    ("citation", _("how others cite it")),
)
TEXTS: dict[str, Any] = {
    "label": _("Short name"),
    "design": _("What it is"),
    "size": _("How many people"),
    "length": _("How long"),
    "comparison": _("What was compared"),
    "limits": _("Limits"),
    "paid_by": _("Who paid"),
}
LANGUAGES: tuple[tuple[str, Any], ...] = (("en", _("in English")), ("es", _("in Spanish")))


@dataclass(frozen=True)
class FrontField:
    """`name` is the name in the text, such as label.en; `code` the one in the form; `aside` fields stand folded away."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    make: Callable[..., forms.Field] = forms.CharField
    widget: Callable[[], forms.Widget] = forms.TextInput
    choices: tuple[tuple[str, Any], ...] = ()
    aside: bool = False

    @property
    def code(self) -> str:
        return "front_" + self.name.replace(".", "_")

    def field(self) -> forms.Field:
        """Lenient: what is wrong with a value is found by the same checks as in the repository, and said there."""
        options: dict[str, Any] = {"label": self.label, "help_text": self.help, "required": False}
        if self.choices:
            return forms.CharField(widget=forms.Select(choices=self.choices), **options)
        return forms.CharField(widget=self.widget(), **options)


def _few_lines() -> forms.Widget:
    return forms.Textarea(attrs={"rows": 3})


def _day() -> forms.Widget:
    return forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "2026-01-31"})


def _number() -> forms.Widget:
    return forms.TextInput(attrs={"inputmode": "numeric"})


PAGE_FIELDS = (
    FrontField("title", _("Title"), _("The heading at the top of the page.")),
    FrontField(
        "main_message",
        _("Main message"),
        _("The one thing to take away. It stands first, in larger letters."),
        widget=_few_lines,
    ),
    FrontField(
        "summary",
        _("Summary"),
        _("One sentence for search results and cards, up to 150 letters."),
        widget=_few_lines,
        aside=True,
    ),
    FrontField("nav", _("Name in menus"), _("One to three words."), aside=True),
    FrontField(
        "path",
        _("Address"),
        _("Small letters, digits, - and /. If you change it, the old address leads to the new one."),
        aside=True,
    ),
    FrontField("kind", _("Kind of page"), choices=KINDS, aside=True),
    FrontField(
        "review_every",
        _("Months until the next review"),
        _("A whole number, such as 12."),
        widget=_number,
        aside=True,
    ),
)


def _source_texts() -> Iterator[FrontField]:
    for name in SOURCE_TEXTS:
        for lang, words in LANGUAGES:
            yield FrontField(f"{name}.{lang}", format_lazy("{}, {}", TEXTS[name], words), widget=_few_lines)


SOURCE_FIELDS = (
    FrontField(
        "title",
        _("Title as published"),
        _("Authors, title, journal, year and pages, exactly as they were published."),
        widget=_few_lines,
    ),
    FrontField("kind", _("Kind of source"), choices=SOURCE_KINDS),
    FrontField("link", _("Web address"), _("Starts with https://. Leave it empty if there is none.")),
    FrontField("checked_on", _("Last checked on"), _("A day, such as 2026-01-31."), widget=_day),
    FrontField("verified", _("What we have read"), choices=READ),
    *_source_texts(),
)


def fields_of(kind: str) -> tuple[FrontField, ...]:
    return SOURCE_FIELDS if kind == "source" else PAGE_FIELDS

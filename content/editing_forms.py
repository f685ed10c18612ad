"""What editors and reviewers fill in. The text of a document is taken in leniently: nothing typed is ever refused here."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.staff import StaffMember
from content.documents import BadDocument, normal_form
from content.editing_fields import FrontField, fields_of
from content.front_lines import Parts, lines_of, parts_of, values_of, with_values

# Shown for the one character that no text can hold, so that its writer finds it.
NUL, SEEN_NUL = "\0", "\u2400"


def seen_nul(words: str) -> str:
    return words.replace(NUL, SEEN_NUL)


class DocumentForm(forms.Form):
    """A document as fields and body; one whose front matter cannot be read, as its whole text in `whole`.

    `front` carries the raw front matter along: the fields are written into it, value by value.
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    front = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    body = forms.CharField(
        label=_("Text of the page"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    whole = forms.CharField(
        label=_("The whole text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 30})
    )

    def __init__(
        self, *, kind: str, text: str = "", stamp: str = "", twin_digest: str = "", **given: Any
    ) -> None:
        self.kind, self.twin_digest, self.fault = kind, twin_digest, None
        data = given.pop("data", None)
        if data is None:
            given["initial"] = {"stamp": stamp, **_initial(kind, text)}
        else:
            given["data"] = {name: seen_nul(words) for name, words in data.items()}
        self.had_nul = data is not None and any(NUL in words for words in data.values())
        super().__init__(**given)
        for each in fields_of(kind):
            self.fields[each.code] = each.field()

    @property
    def given(self) -> Mapping[str, Any]:
        return self.data if self.is_bound else self.initial

    @property
    def is_whole(self) -> bool:
        """Whether the text is edited as a whole, because its front matter cannot be read."""
        return not self.given.get("front")

    def text(self) -> str:
        """The document as it was typed. Raises BadDocument when a value cannot be written."""
        if self.is_whole:
            return normal_form(self.given.get("whole", ""))
        return normal_form(self._front() + self.given.get("body", ""))

    def _front(self) -> str:
        """The front matter with the fields written into it. Raises BadDocument when a value cannot be written."""
        wanted = {
            each.name: self.given[each.code] for each in fields_of(self.kind) if each.code in self.given
        }
        if self.given.get("up_to_date") and self.twin_digest:
            wanted["translates"] = self.twin_digest
        return with_values(normal_form(self.given["front"]), wanted)

    def _front_so_far(self) -> str:
        try:
            return self._front()
        except BadDocument:
            return normal_form(self.given["front"])

    def front_fields(self) -> list[tuple[FrontField, forms.BoundField]]:
        return [(each, self[each.code]) for each in fields_of(self.kind)]

    def says_to_be_up_to_date(self) -> bool:
        """Whether this Spanish text was made from the English one of today."""
        return bool(self.twin_digest) and self._value("translates") == self.twin_digest

    def body_line(self) -> int:
        """The line of the whole text on which the body starts."""
        return 1 if self.is_whole else self._front_so_far().count("\n") + 1

    def field_on(self, line: int) -> str:
        """The name of the field that holds a line of the front matter; "" for the body or an unknown one."""
        if self.is_whole:
            return ""
        try:
            places = lines_of(self._front_so_far())
        except BadDocument:
            return ""
        codes = {each.name: each.code for each in fields_of(self.kind)}
        return next((codes[name] for name, at in places.items() if at == line and name in codes), "")

    def _value(self, name: str) -> str:
        try:
            return values_of(normal_form(self.given["front"])).get(name, "") if not self.is_whole else ""
        except BadDocument:
            return ""


def _initial(kind: str, text: str) -> dict[str, str]:
    try:
        parts = parts_of(text)
        values = values_of(parts.front)
    except BadDocument:
        return {"whole": text}
    return {
        "front": parts.front,
        "body": parts.body.removesuffix("\n"),
        **{each.code: values.get(each.name, "") for each in fields_of(kind)},
    }


def joined(typed: Mapping[str, Any], kind: str) -> str:
    """What was typed as one text to be copied, whatever state it is in."""
    try:
        return DocumentForm(kind=kind, data=typed).text()
    except BadDocument:
        return Parts(str(typed.get("front", "")), str(typed.get("body", ""))).whole


class InsertForm(forms.Form):
    """What can be put into the text without knowing its marks: a source, a link, a picture."""

    source = forms.ChoiceField(label=_("Source"), required=False)
    page = forms.ChoiceField(label=_("Page to link to"), required=False)
    link_words = forms.CharField(label=_("Words of the link"), required=False)
    picture = forms.ChoiceField(label=_("Picture"), required=False)
    alt = forms.CharField(
        label=_("What the picture shows"),
        required=False,
        help_text=_("Read out to people who cannot see it. At least four words."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    caption = forms.CharField(label=_("Words under the picture"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sources: list[tuple[str, str]],
        pages: list[tuple[str, str]],
        pictures: list[str],
    ) -> None:
        super().__init__(data, prefix="insert")
        nothing = ("", gettext("Choose"))
        for name, choices in (
            ("source", sources),
            ("page", pages),
            ("picture", [(each, each) for each in pictures]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [nothing, *choices]


class NewDocumentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What will it be?"), choices=(("page", _("A page")), ("source", _("A source")))
    )
    document_id = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, digits and -. It never changes. Both languages of a page share it."),
    )
    lang = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=(("en", _("English")), ("es", _("Spanish"))),
        help_text=_("A source has both languages, so this does not matter for it."),
    )


class WithdrawForm(forms.Form):
    stamp = forms.CharField(widget=forms.HiddenInput)
    redirect_to = forms.ChoiceField(
        label=_("Send readers to"),
        required=False,
        help_text=_("With no page chosen, readers are told that the page is gone, and see the phone number."),
    )
    note = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is withdrawn.")},
    )

    def __init__(self, *args: Any, pages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["redirect_to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("No page")), *pages]


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(label=_("Deputy"), queryset=StaffMember.objects.none())
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

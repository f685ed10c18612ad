"""One form for every step, built from the questions of the step and their words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from screener import flow
from screener.answers import Ticked
from screener.flow import Answer, Walk
from screener.questions import Option, Question, Step
from screener.words import Words


class ChoiceLabel(str):
    """The words of one option; the template pack also reads `hint`, and `apart` for one that excludes the others."""

    hint: str
    apart: bool

    def __new__(cls, text: str, *, hint: str = "", apart: bool = False) -> "ChoiceLabel":
        label = super().__new__(cls, text)
        label.hint, label.apart = hint, apart
        return label


class Checkboxes(forms.CheckboxSelectMultiple):
    """Marks, for static/js/check.js, the options that stand alone and those that stay ticked beside them."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        made = super().create_option(name, value, *args, **kwargs)
        option = self.question.option(str(value))
        marks = {"data-alone": option.alone, "data-outweighs": option.outweighs}
        made["attrs"].update({mark: True for mark, is_so in marks.items() if is_so})
        return made


class StepForm(forms.Form):
    """`ticked`: what is shown in place of the answers kept, because it was ticked here and not yet sent."""

    def __init__(
        self,
        *,
        step: Step,
        walk: Walk,
        words: Words,
        data: Mapping[str, Any] | None = None,
        ticked: Ticked | None = None,
    ) -> None:
        self.walk, self.words = walk, words
        self.questions = flow.questions_asked(step, walk.answers)
        super().__init__(data, initial=dict(walk.answers) | self._as_shown(ticked or {}))
        for question in self.questions:
            self.fields[question.key] = self._field(question, is_heading=len(self.questions) == 1)

    @property
    def answers(self) -> dict[str, Answer]:
        """What a valid form holds; an optional question without an answer is left out."""
        given = {key: self.cleaned_data[key] for key in self.fields if self.cleaned_data[key]}
        return {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}

    def _as_shown(self, ticked: Ticked) -> dict[str, str | tuple[str, ...]]:
        return {
            question.key: ticked[question.key]
            if question.kind == "many"
            else "".join(ticked[question.key][:1])
            for question in self.questions
            if question.key in ticked
        }

    def clean(self) -> None:
        for question in self.questions:
            values = self.cleaned_data.get(question.key)
            if question.kind == "many" and values and flow.excludes_others(question, values):
                self.add_error(question.key, self._conflict(question, values))

    def _field(self, question: Question, *, is_heading: bool) -> forms.Field:
        said = self.words.questions[question.key]
        kind, widget = (
            (forms.ChoiceField, forms.RadioSelect())
            if question.kind == "one"
            else (forms.MultipleChoiceField, Checkboxes(question))
        )
        field = kind(
            label=said.ask.to(self.walk.answers.get("who")),
            help_text=self._help(question),
            choices=self._choices(question),
            widget=widget,
            required=question.required,
            error_messages=_messages(question),
        )
        # The template pack asks the field for it.
        field.legend_is_heading = is_heading  # type: ignore[attr-defined]
        return field

    def _choices(self, question: Question) -> list[tuple[str, ChoiceLabel]]:
        offered = flow.options_offered(question, self.walk.answers)
        first_alone = next((option for option in offered if option.alone), None)
        return [
            (option.value, self._label(question, option, apart=option is first_alone)) for option in offered
        ]

    def _label(self, question: Question, option: Option, *, apart: bool) -> ChoiceLabel:
        said, who = self.words.questions[question.key].options[option.value], self.walk.answers.get("who")
        return ChoiceLabel(said.text.to(who), hint=said.note.to(who), apart=apart)

    def _help(self, question: Question) -> SafeString:
        said, who = self.words.questions[question.key], self.walk.answers.get("who")
        lines = [said.hint.to(who), _("Choose all that fit.") if question.kind == "many" else ""]
        warning = said.warning.to(who)
        strong = format_html("<p><strong>{}</strong></p>", warning) if warning else SafeString("")
        return strong + format_html_join("", "<p>{}</p>", ((line,) for line in lines if line))

    def _conflict(self, question: Question, values: list[str]) -> str:
        alone = flow.excludes_others(question, values) or ""
        words = self.words.questions[question.key].options[alone].text.to(self.walk.answers.get("who"))
        return _("You chose “%(option)s” and something else. Take one of them away.") % {"option": words}


def _messages(question: Question) -> dict[str, str]:
    unknown = _("Choose an answer from the list.")
    missing = _("Choose the answer that fits.") if question.kind == "one" else _("Choose one answer or more.")
    return {"required": missing, "invalid_choice": unknown, "invalid_list": unknown}

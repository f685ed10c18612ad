"""Changes of the data: every value, key, outcome, order and flag of the questions, steps and rules, one at a time."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from screener import questions
from screener.conditions import AnyOf, Only, When, any_of, when
from screener.questions import BY_KEY, EMERGENCY_SIGNS, QUESTIONS, STEPS, WARNING_SIGNS, Question, Step
from screener.rules import RULES, Outcome, Rule
from tests.audit.loading import Change, Mutant

FLAGS = ("alone", "ends", "outweighs", "supports")
Changed = Iterator[tuple[str, Any]]


def made() -> Iterator[Mutant]:
    for words, table in changed_rules():
        yield Mutant("rules", words, change={"rules": set_to(RULES=table)})
    for words, table in changed_questions():
        yield Mutant("questions", words, change={"questions": with_questions(table)})
    for words, table in changed_steps():
        yield Mutant("steps", words, change={"questions": with_steps(table)})
    for name, values in (("EMERGENCY_SIGNS", EMERGENCY_SIGNS), ("WARNING_SIGNS", WARNING_SIGNS)):
        for words, fewer in dropped(values, str):
            yield Mutant("signs", f"{name} {words}", change={"questions": set_to(**{name: fewer})})
    for words, fewer in dropped(questions.BESIDE_THE_WALK, str):
        yield Mutant("steps", f"beside the walk {words}", change={"questions": set_to(BESIDE_THE_WALK=fewer)})


# Each module is loaded anew, so the classes of the copy are not ours: data is rebuilt with the copy's own.


def set_to(**values: Any) -> Change:
    def change(module: Any) -> None:
        for name, value in values.items():
            setattr(module, name, remade(value))

    return change


def with_questions(table: Sequence[Question]) -> Change:
    def change(module: Any) -> None:
        module.QUESTIONS = remade(table)
        module.BY_KEY.clear()
        module.BY_KEY.update({question.key: question for question in module.QUESTIONS})

    return change


def with_steps(table: Sequence[Step]) -> Change:
    def change(module: Any) -> None:
        module.STEPS = remade(table)
        module.STEP_BY_NAME = {step.name: step for step in module.STEPS}
        module.STEP_OF = {key: step for step in module.STEPS for key in step.keys}

    return change


def remade(value: Any) -> Any:
    """The same data in the classes of the copy, which stand in sys.modules while it is loaded."""
    if isinstance(value, tuple):
        return tuple(remade(each) for each in value)
    if isinstance(value, MappingProxyType):
        return sys.modules["screener.conditions"].when(**{key: remade(test) for key, test in value.items()})
    if isinstance(value, Outcome):
        return sys.modules["screener.rules"].Outcome(str(value))
    if is_dataclass(value):
        kind = getattr(sys.modules[type(value).__module__], type(value).__name__)
        return kind(**{each.name: remade(getattr(value, each.name)) for each in fields(value)})
    return value


# One change at a time


def changed_rules() -> Changed:
    yield from dropped(RULES, lambda rule: rule.id)
    yield from swapped(RULES, lambda rule: rule.id)
    for place, rule in enumerate(RULES):
        for words, other in changes_of(rule):
            yield f"{rule.id} {words}", put(RULES, place, other)


def changes_of(rule: Rule) -> Changed:
    yield "another id", replace(rule, id=f"{rule.id}x")
    yield "soon turned", replace(rule, soon=not rule.soon)
    for outcome in Outcome:
        if outcome is not rule.outcome:
            yield f"becomes {outcome}", replace(rule, outcome=outcome)
    for words, condition in changed_conditions(rule.when):
        yield words, replace(rule, when=condition)


def changed_conditions(condition: When) -> Changed:
    for key, test in condition.items():
        others = {other: each for other, each in condition.items() if other != key}
        yield f"no longer reads {key}", when(**others)
        # One value alone is the same to a radio group, whether any of it or only it.
        if BY_KEY[key].kind == "many":
            other_kind = Only(test.values) if isinstance(test, AnyOf) else AnyOf(test.values)
            yield f"{key} any_of and only exchanged", when(**others, **{key: other_kind})
        for value in BY_KEY[key].values:
            if value in test.values:
                fewer = tuple(each for each in test.values if each != value)
                yield f"{key} without {value}", when(**others, **{key: type(test)(fewer)})
            else:
                yield f"{key} also {value}", when(**others, **{key: type(test)((*test.values, value))})
        for other in BY_KEY:
            if other not in condition and set(test.values) <= set(BY_KEY[other].values):
                yield f"reads {other} instead of {key}", when(**others, **{other: test})
    for key in BY_KEY:
        if key not in condition and not BY_KEY[key].information:
            yield f"reads {key} as well", when(**condition, **{key: any_of(BY_KEY[key].values[0])})


def changed_questions() -> Changed:
    yield from dropped(QUESTIONS, lambda question: question.key)
    for place, question in enumerate(QUESTIONS):
        for words, other in changes_of_question(question):
            yield f"{question.key} {words}", put(QUESTIONS, place, other)


def changes_of_question(question: Question) -> Changed:
    yield "another key", replace(question, key=f"{question.key}x")
    yield "another kind", replace(question, kind="one" if question.kind == "many" else "many")
    yield "information turned", replace(question, information=not question.information)
    for words, condition in changed_asking(question.ask_when, question):
        yield words, replace(question, ask_when=condition)
    for change in (dropped, swapped):
        for words, options in change(question.options, lambda option: option.value):
            yield words, replace(question, options=options)
    for place, option in enumerate(question.options):
        for flag in FLAGS:
            if can_matter(question, flag):
                flags: dict[str, Any] = {flag: not getattr(option, flag)}
                turned = replace(option, **flags)
                yield (
                    f"{option.value} {flag} turned",
                    replace(question, options=put(question.options, place, turned)),
                )
        renamed = replace(option, value=f"{option.value}x")
        yield f"{option.value} renamed", replace(question, options=put(question.options, place, renamed))
        for words, condition in changed_asking(option.ask_when, question):
            other = replace(option, ask_when=condition)
            yield f"{option.value} {words}", replace(question, options=put(question.options, place, other))


def changed_asking(condition: When, question: Question) -> Changed:
    if condition:
        yield "always asked", when()
        yield from changed_conditions(condition)
    elif question.key not in ("age", "emerg", "today", *questions.BESIDE_THE_WALK):
        yield "asked only of the older", when(age=any_of("50_plus"))


def can_matter(question: Question, flag: str) -> bool:
    """A radio group has one answer, which excludes nothing; what stands beside the walk cannot end it."""
    if flag in ("alone", "outweighs"):
        return question.kind == "many" and (
            flag == "alone" or any(option.alone for option in question.options)
        )
    return flag != "ends" or question.key not in questions.BESIDE_THE_WALK


def changed_steps() -> Changed:
    yield from dropped(STEPS, lambda step: step.name)
    yield from swapped(STEPS, lambda step: step.name)
    for place, step in enumerate(STEPS):
        yield f"{step.name} renamed", put(STEPS, place, replace(step, name=f"{step.name}x"))
        for change in (dropped, swapped):
            for words, keys in change(step.keys, str):
                yield f"{step.name} {words}", put(STEPS, place, replace(step, keys=keys))


def dropped(table: Sequence[Any], name: Callable[[Any], str]) -> Changed:
    for place, each in enumerate(table):
        yield f"without {name(each)}", (*table[:place], *table[place + 1 :])


def swapped(table: Sequence[Any], name: Callable[[Any], str]) -> Changed:
    for place in range(len(table) - 1):
        one, other = table[place : place + 2]
        yield f"{name(other)} before {name(one)}", (*table[:place], other, one, *table[place + 2 :])


def put(table: Sequence[Any], place: int, other: Any) -> tuple[Any, ...]:
    return (*table[:place], other, *table[place + 1 :])

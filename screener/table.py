"""The questions and the rules as a table in words, for everything that is generated from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from screener.conditions import Only, When
from screener.questions import QUESTIONS, STEP_OF, STEPS, Question
from screener.rules import RULES, Outcome, Rule
from screener.words import Text, Words


@dataclass(frozen=True)
class Condition:
    """One question and the answers that count. `only`: these and no other."""

    key: str
    question: str
    values: tuple[str, ...]
    answers: tuple[str, ...]
    only: bool


@dataclass(frozen=True)
class RuleRow:
    id: str
    conditions: tuple[Condition, ...]
    outcome: Outcome
    soon: bool
    reason: Text
    warning: str
    do: Text
    sources: tuple[str, ...]
    seeds: tuple[str, ...]


@dataclass(frozen=True)
class OptionRow:
    """`rules`: those that read this answer."""

    value: str
    text: Text
    note: Text
    ends: bool
    offered_when: tuple[Condition, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class QuestionRow:
    """`number`: of its step in the walk; 0 beside the walk. `topic`: of its step, or ""."""

    key: str
    number: int
    topic: str
    ask: Text
    hint: Text
    warning: Text
    why: Text
    many: bool
    information: bool
    asked_when: tuple[Condition, ...]
    options: tuple[OptionRow, ...]
    sources: tuple[str, ...]
    seeds: tuple[str, ...]


def rule_rows(words: Words) -> tuple[RuleRow, ...]:
    return tuple(
        RuleRow(
            id=rule.id,
            conditions=conditions(rule.when, words),
            outcome=rule.outcome,
            soon=rule.soon,
            reason=_without_items(words.reasons[rule.id].text),
            warning=words.reasons[rule.id].warning,
            do=words.reasons[rule.id].do,
            sources=rule.sources,
            seeds=rule.seed_lines,
        )
        for rule in RULES
    )


def _without_items(text: Text) -> Text:
    return Text(
        *(each.replace("{items}.", "…").replace("{items}", "…") for each in (text.to_self, text.to_other))
    )


def question_rows(words: Words) -> tuple[QuestionRow, ...]:
    return tuple(_question_row(question, words) for question in QUESTIONS)


def conditions(when: When, words: Words) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            key=key,
            question=words.questions[key].ask.to_self,
            values=test.values,
            answers=tuple(words.questions[key].options[value].text.to_self for value in test.values),
            only=isinstance(test, Only),
        )
        for key, test in when.items()
    )


def step_that_settles(rule: Rule) -> str:
    """The step after which this rule can fire: the last one that it reads."""
    names = [step.name for step in STEPS]
    return max((STEP_OF[key].name for key in rule.when), key=names.index)


def runs(ids: Iterable[str]) -> str:
    """V1, V2, V3, V7 → V1–V3 V7."""
    parts: list[list[str]] = []
    for each in ids:
        if parts and parts[-1][-1][0] == each[0] and int(each[1:]) == int(parts[-1][-1][1:]) + 1:
            parts[-1].append(each)
        else:
            parts.append([each])
    return " ".join(part[0] if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def _question_row(question: Question, words: Words) -> QuestionRow:
    said, step = words.questions[question.key], STEP_OF.get(question.key)
    return QuestionRow(
        key=question.key,
        number=STEPS.index(step) + 1 if step else 0,
        topic=words.topics[step.name] if step else "",
        ask=said.ask,
        hint=said.hint,
        warning=said.warning,
        why=said.why,
        many=question.kind == "many",
        information=question.information,
        asked_when=conditions(question.ask_when, words),
        options=tuple(
            OptionRow(
                value=option.value,
                text=said.options[option.value].text,
                note=said.options[option.value].note,
                ends=option.ends,
                offered_when=conditions(option.ask_when, words),
                rules=tuple(rule.id for rule in RULES if _reads(rule, question.key, option.value)),
            )
            for option in question.options
        ),
        sources=question.sources,
        seeds=question.seeds,
    )


def _reads(rule: Rule, key: str, value: str) -> bool:
    return key in rule.when and value in rule.when[key].values

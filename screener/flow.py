"""PURE. What leads where: the walk is replayed from the answers, and nothing but the walk is believed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screener.conditions import When, holds
from screener.questions import BESIDE_THE_WALK, BY_KEY, STEPS, Option, Question, Step
from screener.rules import Decision, decide

Answer = str | tuple[str, ...]
Kept = Mapping[str, Answer]


@dataclass(frozen=True)
class Walk:
    """`answers`: those on the present path. `path`: its steps, up to the first unanswered one or the end.
    `ended`: an answer ended the walk early. A walk without an `unanswered` step has a result.
    """

    answers: Kept
    path: tuple[Step, ...]
    unanswered: Step | None
    ended: bool = False

    @property
    def complete(self) -> bool:
        return self.unanswered is None

    def number(self, step: Step) -> int:
        return self.path.index(step) + 1

    def before(self, step: Step) -> Step | None:
        place = self.path.index(step)
        return self.path[place - 1] if place else None

    def after(self, step: Step) -> Step | None:
        """The next step of the path; none after the last, or after the step that ended the walk."""
        place = self.path.index(step) + 1
        return self.path[place] if place < len(self.path) else None


def replay(given: Mapping[str, object]) -> Walk:
    """Walks from the first step with whatever was given, hostile or out of date; raises nothing.

    Keeps only answers on the path, and of them only options that exist and are offered there.
    """
    kept: dict[str, Answer] = {}
    for key in BESIDE_THE_WALK:
        _keep(kept, BY_KEY[key], given)
    path: list[Step] = []
    unanswered: Step | None = None
    for step in STEPS:
        asked = questions_asked(step, kept)
        if asked and not unanswered:
            path.append(step)
        for question in asked:
            _keep(kept, question, given)
        # What lies behind a question that a change has opened is kept, so that it is not asked again.
        if not unanswered and any(question.required and question.key not in kept for question in asked):
            unanswered = step
        if any(_ends(question, kept) for question in asked):
            return Walk(MappingProxyType(kept), tuple(path), unanswered, ended=not unanswered)
    return Walk(MappingProxyType(kept), tuple(path), unanswered)


def outcome(answers: Mapping[str, object]) -> Decision | None:
    """The decision over the answers on the path; None while a required one is missing."""
    walk = replay(answers)
    return decide(walk.answers) if walk.complete else None


def cut_short(walk: Walk, step: Step, answers: Kept) -> Walk | None:
    """The end that these answers to a later step make of an unfinished walk, whatever is still missing before it."""
    if walk.complete or not any(_ends(question, answers) for question in questions_asked(step, walk.answers)):
        return None
    merged = MappingProxyType({**walk.answers, **answers})
    return Walk(merged, (step,), unanswered=None, ended=True)


def questions_asked(step: Step, answers: Kept) -> tuple[Question, ...]:
    """The questions of a step that these earlier answers call for."""
    return tuple(question for question in step.questions if _met(question.ask_when, answers))


def options_offered(question: Question, answers: Kept) -> tuple[Option, ...]:
    return tuple(option for option in question.options if _met(option.ask_when, answers))


def excludes_others(question: Question, values: Collection[str]) -> str | None:
    """The value that may not stand beside the others given, or None when they agree."""
    chosen = [question.option(value) for value in dict.fromkeys(values)]
    if len(chosen) < 2 or any(option.outweighs for option in chosen):
        return None
    return next((option.value for option in chosen if option.alone), None)


def _keep(kept: dict[str, Answer], question: Question, given: Mapping[str, object]) -> None:
    offered = options_offered(question, kept)
    answer = given.get(question.key)
    if question.kind == "one":
        if isinstance(answer, str) and any(option.value == answer for option in offered):
            kept[question.key] = answer
        return
    if not isinstance(answer, Collection) or isinstance(answer, str | bytes | bytearray | Mapping):
        return
    values = tuple(option.value for option in offered if option.value in answer)
    lost = any(value not in values for value in answer)
    # "None of these" beside an option that is gone may no longer be what the visitor means: ask again.
    if lost and all(question.option(value).alone for value in values):
        return
    if values and not excludes_others(question, values):
        kept[question.key] = values


def _ends(question: Question, kept: Kept) -> bool:
    return any(question.option(value).ends for value in _chosen(question.key, kept))


def _met(condition: When, kept: Kept) -> bool:
    return holds(condition, {key: frozenset(_chosen(key, kept)) for key in condition})


def _chosen(key: str, kept: Kept) -> tuple[str, ...]:
    answer = kept.get(key, ())
    return (answer,) if isinstance(answer, str) else answer

"""What each answer means for the result, point by point, with its sources."""

from dataclasses import dataclass

from screener.flow import Walk
from screener.questions import BY_KEY, STEP_OF, Question
from screener.rules import Decision, Outcome, Rule
from screener.words import Words

AGAINST = (Outcome.NOT_FIT, Outcome.NOT_NOW)
# Their good answers only rule something out, and say nothing for MILD.
SIGNS = ("emerg", "today", "weaker", "balance")
BARS = ("surg", "told", "before")


@dataclass(frozen=True)
class Point:
    """`effect` is one of words_faults.EFFECTS. `topic` names what was asked, `text` says what the `answer` means, `why`
    why it was asked, `do` what to do about it. `opening` and `items` name what was checked, where a reason does so.
    `step` says where the answer can be changed.
    """

    effect: str
    effect_in_words: str
    text: str
    topic: str
    answer: str
    step: str
    why: str = ""
    do: str = ""
    sources: tuple[str, ...] = ()
    opening: str = ""
    items: tuple[str, ...] = ()
    warning: str = ""


@dataclass(frozen=True)
class Explanation:
    """`leading`: reasons of the outcome shown. `others`: to be talked about as well. `rest`: all other answers."""

    leading: tuple[Point, ...]
    others: tuple[Point, ...]
    rest: tuple[Point, ...]


def explain(walk: Walk, decision: Decision, words: Words) -> Explanation:
    read = {key for rule in decision.reasons for key in rule.when}
    unread = [BY_KEY[key] for key in walk.answers if key not in read and not BY_KEY[key].information]
    return Explanation(
        leading=tuple(_reason(rule, walk, words) for rule in decision.leading),
        others=tuple(_reason(rule, walk, words) for rule in decision.others),
        rest=() if walk.ended else tuple(_answer(question, walk, words) for question in unread),
    )


def chosen(question: Question, walk: Walk) -> tuple[str, ...]:
    answer = walk.answers.get(question.key, ())
    return (answer,) if isinstance(answer, str) else answer


def in_words(question: Question, values: tuple[str, ...], walk: Walk, words: Words) -> tuple[str, ...]:
    options = words.questions[question.key].options
    return tuple(options[value].text.to(walk.answers.get("who")) for value in values)


def _reason(rule: Rule, walk: Walk, words: Words) -> Point:
    question, who = BY_KEY[rule.key], walk.answers.get("who")
    said, why = words.reasons[rule.id], words.questions[rule.key].why
    fitting = tuple(value for value in chosen(question, walk) if value in rule.when[rule.key].values)
    effect = _effect_of(rule, fitting)
    named = in_words(question, fitting, walk, words)
    return Point(
        effect=effect,
        effect_in_words=words.effects[effect],
        text=said.rest(who),
        topic=words.topics[STEP_OF[rule.key].name],
        answer=", ".join(named),
        step=STEP_OF[rule.key].name,
        why=why.to(who),
        do=said.do.to(who),
        sources=rule.sources,
        opening=said.opening(who),
        items=named if said.opening(who) else (),
        warning=said.warning,
    )


def _effect_of(rule: Rule, fitting: tuple[str, ...]) -> str:
    if rule.outcome in AGAINST:
        return "against"
    return "unknown" if fitting == ("not_sure",) else "check"


def _answer(question: Question, walk: Walk, words: Words) -> Point:
    said, who = words.questions[question.key], walk.answers.get("who")
    supports = any(question.option(value).supports for value in chosen(question, walk))
    effect = _effect_without_a_rule(question, supports)
    return Point(
        effect=effect,
        effect_in_words=words.effects[effect],
        text=(said.toward if supports else said.against).to(who),
        topic=words.topics[STEP_OF[question.key].name],
        answer=", ".join(in_words(question, chosen(question, walk), walk, words)),
        step=STEP_OF[question.key].name,
        why=said.why.to(who),
        sources=question.sources,
    )


def _effect_without_a_rule(question: Question, supports: bool) -> str:
    if not supports:
        return "against"
    if question.key in SIGNS:
        return "no_sign"
    return "no_bar" if question.key in BARS else "toward"

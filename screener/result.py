"""What a result page shows: the outcome in words, its points with sources, and where to call when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clinic import snapshot
from content import catalog
from screener import explanation, words
from screener.explanation import Point
from screener.flow import Walk
from screener.questions import BY_KEY, VISIT
from screener.rules import RULES_VERSION, Decision, Outcome

SOURCES_NAMED = 3
MAY_BE_AN_OPTION = (Outcome.ASSESS, Outcome.REVIEW, Outcome.OPTION)


@dataclass(frozen=True)
class ShownPoint:
    """`numbers`: of its sources in the list that is printed below."""

    point: Point
    source: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class WhereToCall:
    """`line` says whom to call now; `is_answered`: somebody answers our `phone` at this hour."""

    line: str
    phone: str
    phone_display: str
    is_answered: bool
    emergency_room: str


def context_of(decision: Decision, walk: Walk, lang: str) -> dict[str, Any]:
    """The context of screener/result.html and its outcome parts."""
    spoken, who = words.of(lang), walk.answers.get("who")
    explained = explanation.explain(walk, decision, spoken)
    fired = {rule.id for rule in decision.reasons}
    listed = sources_of((*explained.leading, *explained.others, *explained.rest))
    return {
        "code": str(decision.outcome),
        "said": spoken.outcomes[decision.outcome].to(who),
        "lines": spoken.lines_to(who),
        "leading": shown(explained.leading, listed, lang),
        "others": shown(explained.others, listed, lang),
        "rest": in_groups(explained.rest, listed, lang),
        "sources": [catalog.current().sources[key].label(lang) for key in listed],
        "soon": decision.soon,
        "soon_about": [spoken.reasons[rule.id].text.to(who) for rule in decision.reasons if rule.soon],
        "may_be_an_option": decision.outcome in MAY_BE_AN_OPTION,
        "for_someone_else": who == "other",
        "for_a_child": "N1" in fired,
        "warned": bool(fired & {"T2", "T3"}),
        "other_care": words.said(spoken.other_care, who),
        "consultation": words.said(spoken.consultation, who),
        "questions_to_ask": words.said(spoken.ask_your_clinician, who),
        "pages": spoken.pages,
        "call": where_to_call(lang, who, doubt_about_emergency="T1" in fired),
        "door": door(lang, who, soon=decision.soon),
        "for_the_visit": visit_answers(walk, lang),
        "may_add": not walk.ended,
        "rules_version": RULES_VERSION,
    }


def emergency_context(signs: tuple[str, ...], who: object, lang: str) -> dict[str, Any]:
    """The emergency page, once per language that the emergency staff may read."""
    languages = [lang] if lang == "en" else [lang, "en"]
    return {
        "code": str(Outcome.EMERGENCY),
        "tellings": [
            {
                "lang": each,
                "said": words.of(each).outcomes[Outcome.EMERGENCY].to(who),
                "opening": words.of(each).reasons["E1"].opening(who),
                "items": [words.of(each).questions["emerg"].options[sign].text.to(who) for sign in signs],
            }
            for each in languages
        ],
        "lines": words.of(lang).lines_to(who),
    }


def sources_of(points: Iterable[Point]) -> tuple[str, ...]:
    """The keys of the sources that are on file, each once."""
    on_file = catalog.current().sources
    return tuple(dict.fromkeys(key for point in points for key in point.sources if key in on_file))


def shown(points: Iterable[Point], listed: tuple[str, ...], lang: str) -> list[ShownPoint]:
    return [
        ShownPoint(
            point=point,
            source=source_in_words(point.sources, lang),
            numbers=tuple(sorted(listed.index(key) + 1 for key in point.sources if key in listed)),
        )
        for point in points
    ]


def in_groups(points: tuple[Point, ...], listed: tuple[str, ...], lang: str) -> list[dict[str, Any]]:
    """The points with one effect under that effect, in the order of the effects."""
    return [
        {
            "effect": effect,
            "words": said,
            "points": shown((point for point in points if point.effect == effect), listed, lang),
        }
        for effect, said in words.of(lang).effects.items()
        if any(point.effect == effect for point in points)
    ]


def source_in_words(keys: tuple[str, ...], lang: str) -> str:
    """The labels of these sources; "" when none is named or none is on file."""
    on_file = catalog.current().sources
    labels = [on_file[key].label(lang) for key in keys if key in on_file]
    named = " · ".join(labels[:SOURCES_NAMED])
    more = len(labels) - SOURCES_NAMED
    return _("%(named)s and %(count)d more") % {"named": named, "count": more} if more > 0 else named


def where_to_call(lang: str, who: object, *, doubt_about_emergency: bool) -> WhereToCall:
    practice, lines = snapshot.current().practice, words.of(lang).lines_to(who)
    phone, display, is_answered = practice.phone, practice.phone_display, True
    if practice.is_open:
        line = _filled(lines["call_today"], display, practice.hours_text)
    elif practice.after_hours_phone:
        phone, display = practice.after_hours_phone, practice.after_hours_phone_display
        line = lines["call_after_hours"].replace("{phone}", display)
    else:
        is_answered = False
        line = lines["closed_in_doubt" if doubt_about_emergency else "call_own_doctor"]
    emergency_room = lines["emergency_room"] if doubt_about_emergency else ""
    return WhereToCall(line, phone, display, is_answered, emergency_room)


def door(lang: str, who: object, *, soon: bool) -> str:
    """How to reach us at this hour without a form: the phone while somebody answers, else when they will."""
    practice, lines = snapshot.current().practice, words.of(lang).lines_to(who)
    if not practice.phone:
        return ""
    if practice.is_open:
        line = lines["soon_open" if soon else "or_call"]
    else:
        line = lines["soon_closed" if soon else "or_call_later"]
    return _filled(line, practice.phone_display, practice.hours_text)


def _filled(line: str, phone: str, hours: str) -> str:
    with_hours = line.replace("{hours}", hours) if hours else line.replace(" ({hours})", "")
    return with_hours.replace("{phone}", phone)


def answers_in_words(walk: Walk, lang: str) -> list[dict[str, Any]]:
    """Every question of the walk with its answers, for check-your-answers."""
    return [_given(key, step.name, walk, lang) for step in walk.path for key in step.keys]


def visit_answers(walk: Walk, lang: str) -> list[dict[str, Any]]:
    """What the visitor added for the visit; nothing of it is read by a rule."""
    return [_given(key, VISIT.name, walk, lang) for key in VISIT.keys if key in walk.answers]


def _given(key: str, step: str, walk: Walk, lang: str) -> dict[str, Any]:
    spoken, question = words.of(lang), BY_KEY[key]
    return {
        "question": spoken.questions[key].ask.to(walk.answers.get("who")),
        "answers": explanation.in_words(question, explanation.chosen(question, walk), walk, spoken),
        "step": step,
    }

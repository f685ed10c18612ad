"""How the check decides, for everybody, and the pack that a clinician prints, marks up and signs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content import catalog
from screener import explanation, rules, signing, stories, words
from screener.explanation import chosen, in_words
from screener.printed import DRAWINGS
from screener.questions import BY_KEY
from screener.result import source_in_words
from screener.rules import RULES_VERSION, Outcome
from screener.stories import Story
from screener.table import question_rows, rule_rows
from screener.words import Words

# As long as education pages: a change is seen within five seconds.
FRESH = "public, max-age=5"


def for_everybody(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """These pages hold nothing of the visitor, and stay open while the check is closed: a reviewer reads them first."""

    @wraps(view)
    def shared(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["Cache-Control"] = FRESH
        return response

    return shared


@require_safe
@for_everybody
def how_it_decides(request: HttpRequest) -> HttpResponse:
    return render(request, "screener/how_it_decides.html", _table(words.of(get_language() or "en")))


@require_safe
@for_everybody
def pack(request: HttpRequest) -> HttpResponse:
    said = words.of(get_language() or "en")
    told = [_told(story, said) for story in stories.all_stories()]
    return render(request, "screener/pack.html", _table(said) | {"stories": told, "words": said})


def _table(said: Words) -> dict[str, Any]:
    rows = rule_rows(said)
    return {
        "version": RULES_VERSION,
        "digest": rules.digest(),
        "signables": signing.signables(),
        "drawing": catalog.picture(DRAWINGS[said.lang]),
        "drawing_in_the_dark": static(f"img/dark/{DRAWINGS[said.lang]}"),
        "drawing_words": said.drawing,
        "questions": [
            {"row": row, "source": source_in_words(row.sources, said.lang)} for row in question_rows(said)
        ],
        "outcomes": [
            {
                "code": str(outcome),
                "rank": outcome.rank + 1,
                "said": said.outcomes[outcome],
                "rules": [
                    {"row": row, "source": source_in_words(row.sources, said.lang)}
                    for row in rows
                    if row.outcome is outcome
                ],
            }
            for outcome in Outcome
        ],
        "lines": said.lines_to("self"),
    }


def _told(story: Story, said: Words) -> dict[str, Any]:
    walk, decision = story.walk, story.decision
    explained = explanation.explain(walk, decision, said)
    return {
        "told": story.told[said.lang],
        "answers": [
            {
                "question": said.questions[key].ask.to_self,
                "answers": in_words(BY_KEY[key], chosen(BY_KEY[key], walk), walk, said),
            }
            for key in story.changed
            if key in walk.answers
        ],
        "heading": said.outcomes[decision.outcome].heading,
        "soon": decision.soon,
        "reasons": [
            {"id": rule.id, "text": point.text, "opening": point.opening, "items": point.items}
            for rule, point in zip(
                (*decision.leading, *decision.others), (*explained.leading, *explained.others), strict=True
            )
        ],
    }

"""Draws the walk and what each step can lead to, from the data: a picture that a clinician can check by eye."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from screener.questions import BY_KEY, STEPS, Step
from screener.rules import RULES, Outcome
from screener.table import runs, step_that_settles
from screener.words import Words

WIDTH, BOX, GAP, LINE, PAD = 420, 172, 18, 26, 10
CHIPS = BOX + GAP + 8
TONES = {
    Outcome.EMERGENCY: "r",
    Outcome.CALL_TODAY: "r",
    Outcome.NOT_FIT: "n",
    Outcome.NOT_NOW: "n",
    Outcome.ASSESS: "c",
    Outcome.REVIEW: "c",
    Outcome.OPTION: "o",
}
STYLE = (
    "text{font:14px Arial,'Liberation Sans',Helvetica,sans-serif;fill:#1c2a30}"
    ".b{font-weight:700}.s{font-size:12.5px;fill:#4a5a61}"
    ".p{fill:#fbf8f2}.box{fill:#fff;stroke:#76848a;stroke-width:1.5}.k{stroke-dasharray:4 3}"
    ".w{stroke:#76848a;stroke-width:2;fill:none}.r{fill:#fbe6e4;stroke:#a3171d}.n{fill:#f1e9d9;stroke:#76848a}"
    ".c{fill:#fdf1d8;stroke:#c98a0b}.o{fill:#e3efec;stroke:#0b5a57}.e{stroke-width:4}"
    "@media (prefers-color-scheme:dark){text{fill:#f3efe6}.s{fill:#b9c4c8}.p{fill:#11191d}.box{fill:#1a252a;stroke:#87969c}"
    ".w{stroke:#87969c}.r{fill:#3b1a1b;stroke:#ff9d97}.n{fill:#24302f;stroke:#87969c}"
    ".c{fill:#37290f;stroke:#d99c24}.o{fill:#17322f;stroke:#7fd0c8}}"
)


@dataclass(frozen=True)
class Leads:
    """What one step can lead to: an outcome, the rules that say so, and whether the walk ends with it."""

    outcome: Outcome
    rules: tuple[str, ...]
    ends: bool


def leads_of(step: Step) -> tuple[Leads, ...]:
    """By rank. A rule stands at the last step that it reads."""
    mine = [rule for rule in RULES if step_that_settles(rule) == step.name]
    ending = {(key, option.value) for key in step.keys for option in BY_KEY[key].options if option.ends}
    found = []
    for outcome in Outcome:
        rules = [rule for rule in mine if rule.outcome is outcome]
        ends = any(
            (key, value) in ending for rule in rules for key in rule.when for value in rule.when[key].values
        )
        if rules:
            found.append(Leads(outcome, tuple(rule.id for rule in rules), ends))
    return tuple(found)


def draw(words: Words) -> str:
    says, parts, y = words.drawing, list[str](), 14
    for number, step in enumerate(STEPS, 1):
        leads = leads_of(step)
        height = max(1, len(leads)) * LINE + PAD
        parts += _step(number, step, leads, y, height, words)
        y += height + 14
        parts.append(f'<path class="w" d="M{8 + BOX / 2:g} {y - 14}v14m-4 -5l4 5 4 -5"/>')
    parts.append(
        _text(8, y + 18, says["decides"], "b") + _text(WIDTH - 8, y + 18, says["ends"], "s", end=True)
    )
    y += 30
    for outcome in Outcome:
        parts.append(_chip(8, y, WIDTH - 16, outcome, ends=False))
        ids = runs(rule.id for rule in RULES if rule.outcome is outcome) or says["none"]
        parts.append(_text(16, y + 16, f"{outcome.rank + 1}. {words.outcomes[outcome].short}", "b"))
        parts.append(_text(WIDTH - 16, y + 16, ids, "s", end=True))
        y += LINE
    return _picture(parts, y + 8, says)


def _step(number: int, step: Step, leads: tuple[Leads, ...], y: int, height: int, words: Words) -> list[str]:
    sometimes = any(BY_KEY[key].ask_when for key in step.keys)
    edge = "box k" if sometimes else "box"
    parts = [f'<rect class="{edge}" x="8" y="{y}" width="{BOX}" height="{height}" rx="8"/>']
    parts.append(_text(16, y + 22, f"{number}. {words.topics[step.name]}", "b"))
    if sometimes:
        parts.append(_text(16, y + 39, words.drawing["sometimes"], "s"))
    for place, lead in enumerate(leads):
        top = y + PAD / 2 + place * LINE
        middle = f"{top + LINE / 2 - 1:g}"
        parts.append(f'<path class="w" d="M{8 + BOX} {middle}h{GAP}m-5 -4l5 4 -5 4"/>')
        parts.append(_chip(CHIPS, top, WIDTH - CHIPS - 8, lead.outcome, ends=lead.ends))
        parts.append(_text(CHIPS + 8, top + 16, words.outcomes[lead.outcome].short))
        parts.append(_text(WIDTH - 15, top + 16, runs(lead.rules), "s", end=True))
    return parts


def _chip(x: float, y: float, width: float, outcome: Outcome, *, ends: bool) -> str:
    edge = " e" if ends else ""
    return f'<rect class="{TONES[outcome]}{edge}" x="{x:g}" y="{y:g}" width="{width:g}" height="{LINE - 4}" rx="6"/>'


def _text(x: float, y: float, text: str, kind: str = "", *, end: bool = False) -> str:
    marks = (f' class="{kind}"' if kind else "") + (' text-anchor="end"' if end else "")
    return f'<text x="{x:g}" y="{y:g}"{marks}>{escape(text)}</text>'


def _picture(parts: list[str], height: int, says: Mapping[str, str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="t d"><title id="t">{escape(says["title"])}</title>',
            f'<desc id="d">{escape(says["desc"])}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="p" width="{WIDTH}" height="{height}" rx="14"/>',
            *parts,
            "</svg>\n",
        ]
    )

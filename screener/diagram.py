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
# Of a chip: its filling and its edge. Attributes of each shape say so, never a <style>: a browser that opens the file
# alone keeps to our Content-Security-Policy, which allows none.
Chip = tuple[str, str]


@dataclass(frozen=True)
class Ink:
    """Colours of one drawing. `grave`, `no`, `care` and `open` are chips of outcomes."""

    paper: str
    card: str
    line: str
    text: str
    soft: str
    grave: Chip
    no: Chip
    care: Chip
    open: Chip

    def chip(self, outcome: Outcome) -> Chip:
        if outcome in (Outcome.EMERGENCY, Outcome.CALL_TODAY):
            return self.grave
        if outcome in (Outcome.NOT_FIT, Outcome.NOT_NOW):
            return self.no
        return self.open if outcome is Outcome.OPTION else self.care


LIGHT = Ink(
    paper="#fbf8f2",
    card="#fff",
    line="#76848a",
    text="#1c2a30",
    soft="#4a5a61",
    grave=("#fbe6e4", "#a3171d"),
    no=("#f1e9d9", "#76848a"),
    care=("#fdf1d8", "#c98a0b"),
    open=("#e3efec", "#0b5a57"),
)
DARK = Ink(
    paper="#11191d",
    card="#1a252a",
    line="#87969c",
    text="#f3efe6",
    soft="#b9c4c8",
    grave=("#3b1a1b", "#ff9d97"),
    no=("#24302f", "#87969c"),
    care=("#37290f", "#d99c24"),
    open=("#17322f", "#7fd0c8"),
)
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"


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


def draw(words: Words, ink: Ink = LIGHT) -> str:
    says, parts, y = words.drawing, list[str](), 14
    for number, step in enumerate(STEPS, 1):
        leads = leads_of(step)
        height = max(1, len(leads)) * LINE + PAD
        parts += _step(number, step, leads, y, height, words, ink)
        y += height + 14
        parts.append(_arrow(f"M{8 + BOX / 2:g} {y - 14}v14m-4 -5l4 5 4 -5", ink))
    parts.append(_text(8, y + 18, says["decides"], bold=True))
    parts.append(_text(WIDTH - 8, y + 18, says["ends"], soft=ink.soft, end=True))
    y += 30
    for outcome in Outcome:
        parts.append(_chip(8, y, WIDTH - 16, ink.chip(outcome), ends=False))
        ids = runs(rule.id for rule in RULES if rule.outcome is outcome) or says["none"]
        parts.append(_text(16, y + 16, f"{outcome.rank + 1}. {words.outcomes[outcome].short}", bold=True))
        parts.append(_text(WIDTH - 16, y + 16, ids, soft=ink.soft, end=True))
        y += LINE
    return _picture(parts, y + 8, says, ink)


def _step(
    number: int, step: Step, leads: tuple[Leads, ...], y: int, height: int, words: Words, ink: Ink
) -> list[str]:
    sometimes = any(BY_KEY[key].ask_when for key in step.keys)
    dashes = ' stroke-dasharray="4 3"' if sometimes else ""
    parts = [
        f'<rect x="8" y="{y}" width="{BOX}" height="{height}" rx="8" fill="{ink.card}" stroke="{ink.line}"'
        f' stroke-width="1.5"{dashes}/>',
        _text(16, y + 22, f"{number}. {words.topics[step.name]}", bold=True),
    ]
    if sometimes:
        parts.append(_text(16, y + 39, words.drawing["sometimes"], soft=ink.soft))
    for place, lead in enumerate(leads):
        top = y + PAD / 2 + place * LINE
        parts.append(_arrow(f"M{8 + BOX} {top + LINE / 2 - 1:g}h{GAP}m-5 -4l5 4 -5 4", ink))
        parts.append(_chip(CHIPS, top, WIDTH - CHIPS - 8, ink.chip(lead.outcome), ends=lead.ends))
        parts.append(_text(CHIPS + 8, top + 16, words.outcomes[lead.outcome].short))
        parts.append(_text(WIDTH - 15, top + 16, runs(lead.rules), soft=ink.soft, end=True))
    return parts


def _arrow(way: str, ink: Ink) -> str:
    return f'<path d="{way}" fill="none" stroke="{ink.line}" stroke-width="2"/>'


def _chip(x: float, y: float, width: float, chip: Chip, *, ends: bool) -> str:
    filling, edge = chip
    thick = ' stroke-width="4"' if ends else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{LINE - 4}" rx="6" fill="{filling}"'
        f' stroke="{edge}"{thick}/>'
    )


def _text(x: float, y: float, text: str, *, bold: bool = False, soft: str = "", end: bool = False) -> str:
    """`soft`: the colour of what is only beside the point, which is smaller too."""
    marks = ' font-weight="700"' if bold else ""
    marks += f' font-size="12.5" fill="{soft}"' if soft else ""
    marks += ' text-anchor="end"' if end else ""
    return f'<text x="{x:g}" y="{y:g}"{marks}>{escape(text)}</text>'


def _picture(parts: list[str], height: int, says: Mapping[str, str], ink: Ink) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="t d" font-family="{FONT}" font-size="14" '
            f'fill="{ink.text}"><title id="t">{escape(says["title"])}</title>',
            f'<desc id="d">{escape(says["desc"])}</desc>',
            f'<rect width="{WIDTH}" height="{height}" rx="14" fill="{ink.paper}"/>',
            *parts,
            "</svg>\n",
        ]
    )

"""What the rule for sources makes of the labelled sentences. `python -m tests.content.claim_numbers` writes it down."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from content.claims import claims
from content.prose import read
from content.second_reader import needs_second_reader

SAMPLE = yaml.safe_load((Path(__file__).parent / "claims_sample.yaml").read_text(encoding="utf-8"))
RULES = Path(__file__).resolve().parents[2] / "docs" / "text-rules.md"
START, END = (
    "<!-- claim numbers: written by tests/content/claim_numbers.py -->\n",
    "<!-- end of claim numbers -->\n",
)
NAMES = {"sample": "Sample", "harder": "Harder", "unseen": "Unseen"}
LANGUAGES = {"en": "English", "es": "Spanish"}


def unsourced(body: str, lang: str = "en", kind: str = "clinical") -> list[str]:
    return [sentence.text for sentence, sourced in claims(read(body), lang, kind) if not sourced]


@dataclass(frozen=True)
class Measured:
    """One part of the sample in one language. `let_by`: claims that one person alone could publish."""

    part: str
    lang: str
    claims: int
    not_claims: int
    missed: tuple[str, ...]
    alarms: tuple[str, ...]
    let_by: int
    read_twice: int


def measured(part: str, lang: str) -> Measured:
    stated, others = SAMPLE[part][lang]["claims"], SAMPLE[part][lang]["not_claims"]
    return Measured(
        part=part,
        lang=lang,
        claims=len(stated),
        not_claims=len(others),
        missed=tuple(each for each in stated if not unsourced(f"- {each}", lang)),
        alarms=tuple(each for each in others if unsourced(f"- {each}", lang)),
        let_by=sum(not needs_second_reader(each, lang) for each in stated),
        read_twice=sum(needs_second_reader(each, lang) for each in others),
    )


def all_measured() -> list[Measured]:
    return [measured(part, lang) for part in NAMES for lang in LANGUAGES]


def told(found: list[Measured]) -> str:
    """The table, then every miss and every false alarm."""
    lines = [
        "| | Claims | Missed | One person could publish | No claims | False alarms | Read by a second person |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for each in found:
        numbers = (
            each.claims,
            len(each.missed),
            each.let_by,
            each.not_claims,
            len(each.alarms),
            each.read_twice,
        )
        name = f"{NAMES[each.part]}, {LANGUAGES[each.lang]}"
        lines.append(f"| {name} | {' | '.join(map(str, numbers))} |")
    missed = [f'- "{words}"' for each in found for words in each.missed]
    alarms = [f'- "{words}"' for each in found for words in each.alarms]
    return "\n".join([*lines, "", "Missed:", "", *missed, "", "False alarms:", "", *alarms, ""])


def kept() -> str:
    """docs/text-rules.md with today's numbers."""
    text = RULES.read_text(encoding="utf-8")
    head, rest = text.split(START)
    return f"{head}{START}\n{told(all_measured())}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    RULES.write_text(kept(), encoding="utf-8")

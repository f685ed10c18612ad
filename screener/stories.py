"""Twenty made-up patients for the reviewer's paper, read from stories.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from screener import flow
from screener.flow import Walk
from screener.rules import Decision, decide

FILE = Path(__file__).parent / "stories.yaml"


@dataclass(frozen=True)
class Story:
    """`changed`: the keys in which this patient differs from the typical one. `outcome` and `rules`: as written down."""

    told: Mapping[str, str]
    answers: Mapping[str, Any]
    changed: tuple[str, ...]
    outcome: str
    rules: tuple[str, ...]

    @property
    def walk(self) -> Walk:
        return flow.replay(self.answers)

    @property
    def decision(self) -> Decision:
        """What the running rules say, whatever is written down."""
        return decide(self.walk.answers)


@lru_cache(maxsize=1)
def all_stories() -> tuple[Story, ...]:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(_story(each, raw["typical"]) for each in raw["stories"])


def _story(raw: Mapping[str, Any], typical: Mapping[str, Any]) -> Story:
    answers = {key: answer for key, answer in {**typical, **raw["changes"]}.items() if answer is not None}
    return Story(
        told={lang: raw[lang] for lang in ("en", "es")},
        answers=answers,
        changed=tuple(key for key in raw["changes"] if key in answers),
        outcome=raw["outcome"],
        rules=tuple(raw["rules"]),
    )

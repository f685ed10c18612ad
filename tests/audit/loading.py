"""Loads a copy of the four pure modules of the check, changed in one place, beside the real ones."""

import ast
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tests.screener.space import Screener

FOLDER = Path(__file__).resolve().parents[2] / "screener"
NAMES = ("conditions", "questions", "rules", "flow")
Change = Callable[[Any], None]


@dataclass(frozen=True)
class Mutant:
    """`code`: other source for a module. `change`: what is done to a module once it is loaded, before the next one is."""

    place: str
    words: str
    code: Mapping[str, ast.Module] = field(default_factory=dict, hash=False)
    change: Mapping[str, Change] = field(default_factory=dict, hash=False)

    def load(self) -> Screener:
        full = {name: f"screener.{name}" for name in NAMES}
        real = {path: sys.modules[path] for path in full.values()}
        made = {}
        try:
            for name, path in full.items():
                module = made[name] = sys.modules[path] = ModuleType(path)
                exec(self._compiled(name), module.__dict__)
                if name in self.change:
                    self.change[name](module)
            return Screener(**made)
        finally:
            sys.modules.update(real)

    def _compiled(self, name: str) -> CodeType:
        if name in self.code:
            return compile(self.code[name], f"{name}.py", "exec")
        return _original(name)


def source(name: str) -> str:
    return (FOLDER / f"{name}.py").read_text(encoding="utf-8")


@cache
def _original(name: str) -> CodeType:
    return compile(source(name), f"{name}.py", "exec")

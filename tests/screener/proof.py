"""What was proved, in a few lines, and the one small file that holds the rules to their version.

Use: python -m tests.screener.proof            prints the size of the space and the counts
     python -m tests.screener.proof --write    writes proof.json anew, once RULES_VERSION was raised
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from screener import rules
from tests.screener.space import OURS, PARTS, Counts, answers_to, count

FILE = Path(__file__).parent / "proof.json"
COMMAND = ".venv/bin/python -m tests.screener.proof --write"
INVARIANT = re.compile(r"::test_invariant_(\d\d)_(\w+)")

# Whatever belongs to the proof: over all answers, over the whole walk, and the invariants.
PROOF = re.compile(r"tests/screener/test_(proof|proof_flow|invariants)\.py::")

_passed: dict[int, list[str]] = {}
_seconds: list[float] = []


@cache
def counted() -> Counts:
    return count(OURS)


def present() -> dict[str, Any]:
    return {"version": rules.RULES_VERSION, "digest": rules.digest(), **asdict(counted())}


def committed() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return held


def fault(held: dict[str, Any], now: dict[str, Any]) -> str:
    """What to do about rules that are not the committed ones; "" when they are."""
    if held == now:
        return ""
    if held["version"] == now["version"]:
        return (
            f"Questions or rules have changed, but the version is still {now['version']}. "
            f"Raise RULES_VERSION in screener/rules.py, run {COMMAND}, and have a clinician sign the new rules."
        )
    return f"These are rules of a new version, {now['version']}. Run {COMMAND} and commit tests/screener/proof.json."


def passed(node: str, seconds: float = 0.0) -> None:
    if PROOF.search(node):
        _seconds.append(seconds)
    found = INVARIANT.search(node)
    if found:
        shown, words = _passed.setdefault(int(found[1]), []), found[2].replace("_", " ")
        shown += [] if words in shown else [words]


def was_run() -> bool:
    return bool(_passed)


def summary() -> Iterator[str]:
    counts = counted()
    yield f"rules {rules.RULES_VERSION}, digest {rules.digest()[:16]}…"
    yield f"complete answer sets past the red flags: {counts.sets:,}"
    yield f"walks that end in a result:              {counts.walks:,}"
    yield f"answer sets looked at, in {len(PARTS)} parts:      {sum(len(answers_to(part)) for part in PARTS):,}"
    for outcome, many in counts.outcomes.items():
        yield f"  {outcome:<11}{many:>20,}"
    for number, words in sorted(_passed.items()):
        yield f"  invariant {number:>2} holds: {'; '.join(words)}"
    if _seconds:
        yield f"time of the proof: {sum(_seconds):.1f} seconds in {len(_seconds)} tests, added up"


def main(arguments: list[str]) -> int:
    if arguments == ["--write"]:
        held = committed() if FILE.exists() else {"version": ""}
        if held["version"] == rules.RULES_VERSION and held != present():
            print(fault(held, present()))
            return 1
        FILE.write_text(json.dumps(present(), indent=2) + "\n", encoding="utf-8")
    print(*summary(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

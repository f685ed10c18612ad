"""Mutation check: the clinical judgement is changed in one place at a time, and the proof must notice each change.

Use: python -m tests.audit.mutants            prints mutants made and killed; ends with 1 if one survived
     python -m tests.audit.mutants SOME_WORD  only the mutants whose description holds the word

The digest of the rules would notice any change of the data; it is left out, so that it is the proof that kills.
Sources and seed lines judge nothing and are left as they are.
"""

import inspect
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.audit import code_mutants, data_mutants
from tests.audit.loading import Mutant
from tests.screener import test_invariants, test_proof, test_proof_flow
from tests.screener.space import OURS, Screener

Check = Callable[[Screener], None]


def checks() -> list[Check]:
    """Every test of the proof that takes the check as its subject."""
    return [
        test
        for module in (test_proof, test_invariants, test_proof_flow)
        for name, test in vars(module).items()
        if name.startswith("test_") and list(inspect.signature(test).parameters) == ["screener"]
    ]


def seconds(check: Check) -> float:
    """How long it takes on the original, where it must pass."""
    began = time.monotonic()
    check(OURS)
    return time.monotonic() - began


def killer(mutant: Mutant, costs: dict[Check, float]) -> str:
    """The name of the test that notices the mutant; "" when none does. What is cheap and has often killed goes first."""
    try:
        screener = mutant.load()
    except Exception:  # a mutant that does not start harms nobody
        return "it does not load"
    killed = _killed[mutant.place]
    for check in sorted(costs, key=lambda check: costs[check] / (1 + killed[check.__name__])):
        try:
            check(screener)
        except (Exception, pytest.fail.Exception):
            killed[check.__name__] += 1
            return check.__name__
    return ""


def killers_of(mutants: list[Mutant], costs: dict[Check, float]) -> Iterator[str]:
    """One process per core, each a copy of this one: a mutant cannot be sent to another process, its number can."""
    _waiting[:] = mutants
    _costs.update(costs)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        yield from pool.map(_killer_of_number, range(len(mutants)), chunksize=8)


_waiting: list[Mutant] = []
_costs: dict[Check, float] = {}
_killed: defaultdict[str, Counter[str]] = defaultdict(Counter)


def _killer_of_number(number: int) -> str:
    return killer(_waiting[number], _costs)


def all_mutants() -> Iterator[Mutant]:
    yield from data_mutants.made()
    yield from code_mutants.made()


def main(arguments: list[str]) -> int:
    costs = {check: seconds(check) for check in checks()}
    wanted = [
        mutant
        for mutant in all_mutants()
        if all(word in f"{mutant.place}: {mutant.words}" for word in arguments)
    ]
    made, killed, killers, began = Counter[str](), Counter[str](), Counter[str](), time.monotonic()
    survivors: list[Mutant] = []
    for number, (mutant, by) in enumerate(zip(wanted, killers_of(wanted, costs), strict=True), start=1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(wanted)}", end="", file=sys.stderr)
        elif number % 250 == 0:
            print(f"{number} of {len(wanted)}, {len(survivors)} survived", file=sys.stderr, flush=True)
        made[mutant.place] += 1
        killed[mutant.place] += bool(by)
        killers[by] += 1
        if not by:
            survivors.append(mutant)
            print(f"SURVIVED  {mutant.place}: {mutant.words}", flush=True)
    for place, many in made.items():
        print(f"{place:<24}{many:>6} mutants made, {killed[place]:>6} killed")
    for name, many in killers.most_common():
        print(f"  {many:>5} by {name}")
    score = f"{made.total()} mutants made, {killed.total()} killed, {len(survivors)} survived"
    print(f"{score} ({time.monotonic() - began:.0f} s).")
    for words, why in code_mutants.EQUIVALENT.items():
        print(f"Not made: {words} ({why}).")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

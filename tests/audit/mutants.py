"""Mutation check: the clinical judgement is changed in one place at a time, and the proof must notice each change.

Use: python -m tests.audit.mutants            prints mutants made and killed; ends with 1 if one survived
     python -m tests.audit.mutants SOME_WORD  only the mutants whose description holds the word

The digest of the rules would notice any change of the data; it is left out, so that it is the proof that kills.
Sources and seed lines judge nothing and are left as they are.
"""

import inspect
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.audit import code_mutants, data_mutants
from tests.audit.loading import Mutant
from tests.screener import test_invariants, test_proof, test_proof_flow
from tests.screener.space import OURS, Screener

Check = Callable[[Screener], None]

# What ends first comes first: most mutants die at once.
QUICK = (
    test_proof.test_questions_and_options_are_those_of_the_paper,
    test_proof.test_no_rule_reads_across_two_parts,
    test_proof.test_unknown_keys_values_and_shapes_are_refused_with_value_error,
    test_proof_flow.test_earlier_answers_are_read_by_the_named_conditions_alone,
    test_proof_flow.test_ending_answer_to_a_later_step_cuts_an_unfinished_walk_short,
    test_proof.test_all_answers_are_judged_as_the_reference_does,
    test_proof_flow.test_answers_that_exclude_each_other_are_named_and_signs_outweigh_them,
)


def checks() -> list[Check]:
    """Every test of the proof that takes the check as its subject."""
    found = [
        test
        for module in (test_proof, test_invariants, test_proof_flow)
        for name, test in vars(module).items()
        if name.startswith("test_") and list(inspect.signature(test).parameters) == ["screener"]
    ]
    return [*QUICK, *(test for test in found if test not in QUICK)]


def killer(mutant: Mutant) -> str:
    """The name of the test that notices the mutant; "" when none does."""
    try:
        screener = mutant.load()
    except Exception:  # a mutant that does not start harms nobody
        return "it does not load"
    for check in checks():
        try:
            check(screener)
        except (Exception, pytest.fail.Exception):
            return check.__name__
    return ""


def all_mutants() -> Iterator[Mutant]:
    yield from data_mutants.made()
    yield from code_mutants.made()


def main(arguments: list[str]) -> int:
    for check in checks():
        check(OURS)
    wanted = [
        mutant
        for mutant in all_mutants()
        if all(word in f"{mutant.place}: {mutant.words}" for word in arguments)
    ]
    made, killed, killers, began = Counter[str](), Counter[str](), Counter[str](), time.monotonic()
    survivors = []
    for number, mutant in enumerate(wanted, start=1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(wanted)}", end="", file=sys.stderr)
        by = killer(mutant)
        made[mutant.place] += 1
        killed[mutant.place] += bool(by)
        killers[by] += 1
        if not by:
            survivors.append(mutant)
    for place, many in made.items():
        print(f"{place:<24}{many:>6} mutants made, {killed[place]:>6} killed")
    for mutant in survivors:
        print(f"SURVIVED  {mutant.place}: {mutant.words}")
    for name, many in killers.most_common():
        print(f"  {many:>5} by {name}")
    score = f"{made.total()} mutants made, {killed.total()} killed, {len(survivors)} survived"
    print(f"{score} ({time.monotonic() - began:.0f} s).")
    for words, why in code_mutants.EQUIVALENT.items():
        print(f"Not made: {words} ({why}).")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

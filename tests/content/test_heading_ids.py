"""Headings get the ids that Python-Markdown gives them, in as many steps as there are headings."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import unique

from content.heading_ids import Ids
from content.prose import read

WORDS = st.sampled_from(["", "a", "a_1", "a_2", "a_01", "a_1_1", "_1", "b", "_"])


@given(wanted=st.lists(WORDS, max_size=40))
def test_ids_are_those_of_the_finished_page(wanted: list[str]) -> None:
    theirs: set[str] = set()
    ours = Ids()

    assert [ours.unique(each) for each in wanted] == [unique(each, theirs) for each in wanted]


class Counting(set[str]):
    looks = 0

    def __contains__(self, name: object) -> bool:
        self.looks += 1
        return super().__contains__(name)


def looks(wanted: Iterable[str]) -> int:
    ids = Ids(taken=Counting())
    for each in wanted:
        ids.unique(each)
    assert isinstance(ids.taken, Counting)
    return ids.taken.looks


def test_four_thousand_equal_headings_take_a_few_looks_each() -> None:
    assert looks(["a"] * 4000) < 4000 * 10
    assert looks(["a"] * 2000 + [f"a_{number}" for number in range(1, 2001)]) < 4000 * 10


def test_a_heading_with_its_own_id_keeps_it_and_others_go_round_it() -> None:
    found = read("## Risks {: #risks_1 }\n\n## Risks\n\n## Risks\n")

    assert [each.id for each in found.headings] == ["risks_1", "risks", "risks_2"]

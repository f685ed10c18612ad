"""Each share of people that a page states is drawn in dots somewhere, and every page that states it leads there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from content import catalog
from content.checks import prose_of
from content.documents import Page
from content.frequencies import pairs

PAGES = [page for page in catalog.of_files().by_path.values() if page.kind != "legal"]
DOTS = re.compile(r"dots-(\d+)(?:-of-(\d+))?\.svg")
# Other ways to say a share, with numbers that no array could show.
PARTS = re.compile(r"\d\.\d+ (?:of|de)(?: every| cada)? \d")


class Stated(NamedTuple):
    """How many of how many, by which source: what is said with the same numbers by another study is another share."""

    part: int
    whole: int
    source: str


class Drawn(NamedTuple):
    """A picture, and what its words say."""

    part: int
    whole: int
    words: str

    def shows(self, said: Stated) -> bool:
        """Dots out of 100 show the rounded share; the other side (88) is shown by the empty ones."""
        if self.whole == said.whole:
            return self.part in (said.part, said.whole - said.part)
        share = round(100 * said.part / said.whole)
        return self.whole == 100 and self.part in (share, 100 - share)


def stated(page: Page) -> Iterator[Stated]:
    for block in prose_of(page).blocks:
        if block.kind in ("alt", "caption"):
            continue
        for sentence in block.sentences:
            # A sentence without a source of its own ("The other 88 did not") goes on from its block.
            for part, whole in pairs(block, sentence, page.lang):
                for source in sentence.sources or block.sources:
                    yield Stated(part, whole, source)


def drawn(page: Page) -> Iterator[Drawn]:
    for each in prose_of(page).drawings:
        if found := DOTS.fullmatch(each.file):
            yield Drawn(int(found[1]), int(found[2] or 100), f"{each.alt} {each.caption}")


def shown_on(page: Page) -> set[Stated]:
    """The shares that stand and are drawn on one page."""
    return {said for said in stated(page) if any(picture.shows(said) for picture in drawn(page))}


def same(one: Stated, other: Stated) -> bool:
    """9 of 75, 12 of 100 and 88 of 100 of one source are one share."""
    shares = [round(100 * said.part / said.whole) for said in (one, other)]
    return one.source == other.source and (shares[0] == shares[1] or sum(shares) == 100)


def leads_to(page: Page) -> list[Page]:
    """The page itself, and those that it links to."""
    known = catalog.of_files().by_path
    addresses = {link.address.partition("#")[0] for link in prose_of(page).links}
    return [page, *(known[address] for address in sorted(addresses & known.keys()))]


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_each_share_a_page_states_is_drawn_on_it_or_where_it_leads(text: Page) -> None:
    there = {said for each in leads_to(text) for said in shown_on(each)}

    undrawn = {said for said in stated(text) if not any(same(said, each) for each in there)}

    assert undrawn == set()


def test_the_pages_state_the_shares_that_we_know_of() -> None:
    shares = {(said.part, said.whole, said.source) for page in PAGES for said in stated(page)}

    assert {
        (1, 100, "enc2"), (6, 100, "mot3"), (8, 100, "vert-1y"), (9, 75, "mek21"), (12, 100, "mek21"), (5, 42, "lg10"),
        (21, 361, "bal16"),
    } <= shares  # fmt: skip


@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.path)
def test_a_share_stands_in_whole_people(text: Page) -> None:
    assert PARTS.search(text.body) is None


@pytest.mark.parametrize("text", [text for text in PAGES if any(drawn(text))], ids=lambda text: text.path)
def test_dots_belong_to_a_share_on_their_page_and_say_it_in_words(text: Page) -> None:
    for picture in drawn(text):
        name = f"dots-{picture.part}{'' if picture.whole == 100 else f'-of-{picture.whole}'}.svg"

        assert (Path(settings.BASE_DIR) / "static" / "img" / name).is_file()
        assert any(picture.shows(said) for said in stated(text)), name
        assert re.search(rf"\b{picture.part} (?:of|de)(?: cada)? {picture.whole}\b", picture.words), name
        assert re.search(rf"\b{picture.whole - picture.part}\b", picture.words), name

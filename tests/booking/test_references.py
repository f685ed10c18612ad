"""References: read from paper and on the phone, never mistaken for one another by their looks, and never lost."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from booking.references import ALPHABET, ONCE_DRAWN, new_reference
from booking.search_text import REFERENCE, meanings
from clinic.practice import Practice
from clinic.staff import StaffMember
from tests.booking.conftest import asked, text_of

LOOK_ALIKE = ("0OQ", "1IL", "2Z", "5S", "6G", "8B", "UV")


@pytest.mark.parametrize("alike", LOOK_ALIKE)
def test_of_signs_that_look_alike_only_one_is_drawn(alike: str) -> None:
    assert len(set(alike) & set(ALPHABET)) <= 1


def test_there_are_enough_of_them_and_none_spells_a_word() -> None:
    drawn = {new_reference() for _ in range(2000)}

    assert len(ALPHABET) ** 6 > 190_000_000
    assert len(drawn) >= 1999
    assert not set("AEIOU") & set(ALPHABET)
    assert all(REFERENCE.fullmatch(each.replace("-", "")) for each in drawn)


@pytest.mark.parametrize("typed", ["BGS-ZB8", "bgs-zb8", "BGSZB8", " bgs zb8 "])
def test_one_drawn_earlier_is_still_found(
    practice: Practice, dana: StaffMember, client_for: Callable[[StaffMember], Client], typed: str
) -> None:
    asked(reference="BGS-ZB8", name="Rosa Sample")

    page = client_for(dana).post("/desk/search/", {"find": typed})

    assert "Rosa Sample" in text_of(page)


def test_every_sign_that_was_ever_drawn_is_read_as_a_reference() -> None:
    for sign in ALPHABET + ONCE_DRAWN:
        assert meanings(sign * 6, today=date(2026, 11, 21))[0].reference == f"{sign * 3}-{sign * 3}"

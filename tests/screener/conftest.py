"""Lends the proof its subject, and a request to whoever books after the check."""

import pytest

from tests.booking.conftest import typed
from tests.screener.space import OURS, Screener

__all__ = ["typed"]


@pytest.fixture
def screener() -> Screener:
    """The check under proof: ours. The mutation check calls the same tests with mutants."""
    return OURS

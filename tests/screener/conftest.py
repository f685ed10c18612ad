"""Lends the proof its subject, and a request to whoever books after the check; prints what was proved."""

import pytest

from tests.booking.conftest import typed
from tests.screener import proof
from tests.screener.space import OURS, Screener

__all__ = ["typed"]


@pytest.fixture
def screener() -> Screener:
    """The check under proof: ours. The mutation check calls the same tests with mutants."""
    return OURS


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        proof.passed(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if proof.was_run():
        terminalreporter.section("The check, proved over all answers")
        for line in proof.summary():
            terminalreporter.write_line(line)

"""On which database the suite runs."""

import os

from django.db import connection


def test_suite_runs_on_the_database_that_was_named_and_each_process_on_its_own(db: None) -> None:
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[os.environ["DATABASE_URL"].partition(":")[0]]

    assert connection.vendor == wanted
    assert os.environ.get("PYTEST_XDIST_WORKER", "") in str(connection.settings_dict["NAME"])

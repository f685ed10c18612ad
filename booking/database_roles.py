"""Who may do what in PostgreSQL: the owner migrates, the site works, the purger alone takes away. See decision 0016."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from booking.ways_out import ERASE, PURGE, TAKE_AWAY

REQUESTS = "booking_consultationrequest"
HISTORY_OF_MIGRATIONS = "django_migrations"
# What purge_requests looks at and takes away beside the requests and all that refers to them.
PURGED_TOO = ("clinic_message", "clinic_tokenbucket")


@dataclass(frozen=True)
class Roles:
    site: str
    purger: str

    def missing(self) -> list[str]:
        there = _column("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [[self.site, self.purger]])
        return [name for name in (self.site, self.purger) if name not in there]

    def create(self, names: Iterable[str]) -> None:
        for name in names:
            _run(f"CREATE ROLE {_quoted(name)} LOGIN")

    def grant(self) -> None:
        """Everything anew, so that what an earlier version gave is gone."""
        owner, schema = _row("SELECT current_user, current_schema()")
        if len({owner, self.site, self.purger}) < 3:
            raise ValueError("The owner, the site and the purger must be three different roles.")
        place, site, purger = _quoted(schema), _quoted(self.site), _quoted(self.purger)
        for role in (site, purger):
            _run(f"REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM {role}")
            _run(f"REVOKE CREATE ON SCHEMA {place} FROM PUBLIC, {role}")
            _run(f"GRANT USAGE ON SCHEMA {place} TO {role}")
        self._grant_to_site(place, site)
        self._grant_to_purger(purger)
        self._hand_over_functions(place, site, purger)

    def _grant_to_site(self, place: str, site: str) -> None:
        _run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {place} TO {site}")
        _run(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {place} TO {site}")
        _run(f"REVOKE INSERT, UPDATE, DELETE ON {HISTORY_OF_MIGRATIONS} FROM {site}")
        _run(f"REVOKE DELETE ON {REQUESTS} FROM {site}")
        for table in only_growing():
            _run(f"REVOKE UPDATE, DELETE ON {table} FROM {site}")

    def _grant_to_purger(self, purger: str) -> None:
        _run(f"GRANT SELECT ON clinic_practice TO {purger}")
        _run(f"GRANT SELECT, UPDATE, DELETE ON {REQUESTS} TO {purger}")
        for table in (*PURGED_TOO, *referring_to_requests()):
            _run(f"GRANT SELECT, DELETE ON {table} TO {purger}")
        _run(f"GRANT INSERT ON clinic_auditentry TO {purger}")

    def _hand_over_functions(self, place: str, site: str, purger: str) -> None:
        _run(f"GRANT {purger} TO CURRENT_USER")
        # PostgreSQL asks for this right of a new owner; it is taken back at once.
        _run(f"GRANT CREATE ON SCHEMA {place} TO {purger}")
        for function in (TAKE_AWAY, ERASE, PURGE):
            _run(f"ALTER FUNCTION {function} OWNER TO {purger}")
            _run(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {site}")
        _run(f"REVOKE CREATE ON SCHEMA {place} FROM {purger}")
        _run(f"GRANT EXECUTE ON FUNCTION {ERASE} TO {site}")

    def faults(self) -> list[str]:
        """What somebody may who should not, or may not who should; empty when all is well."""
        growing = only_growing()
        wrong = [
            f"{self.site} may {right} {table}"
            for table in (*growing, REQUESTS)
            for right in ("UPDATE", "DELETE", "TRUNCATE")
            if self._may(self.site, table, right) and not (table == REQUESTS and right == "UPDATE")
        ]
        wrong += [
            f"{self.site} may not {right} {table}"
            for table in _tables()
            for right in ("SELECT", "INSERT")
            if not self._may(self.site, table, right) and (right, table) != ("INSERT", HISTORY_OF_MIGRATIONS)
        ]
        wrong += [
            f"{self.site} may run {name}" for name in (TAKE_AWAY, PURGE) if self._may_run(self.site, name)
        ]
        wrong += [f"{self.site} may not run {ERASE}"] * (not self._may_run(self.site, ERASE))
        wrong += [
            f"{self.purger} may not DELETE {table}"
            for table in (REQUESTS, *PURGED_TOO, *referring_to_requests())
            if not self._may(self.purger, table, "DELETE")
        ]
        return wrong

    def _may(self, role: str, table: str, right: str) -> bool:
        return bool(_row("SELECT has_table_privilege(%s, %s, %s)", [role, table, right])[0])

    def _may_run(self, role: str, function: str) -> bool:
        return bool(_row("SELECT has_function_privilege(%s, %s, 'EXECUTE')", [role, function])[0])


def only_growing() -> list[str]:
    """Tables that `clinic.append_only` guards."""
    return _column("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'only_grows' ORDER BY 1")


def referring_to_requests() -> list[str]:
    return _column(
        "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
        "AND confrelid = %s::regclass AND conrelid <> confrelid ORDER BY 1",
        [REQUESTS],
    )


def _tables() -> list[str]:
    return _column("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name.replace('"', ""))


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _row(query: str, values: list[Any] | None = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def _column(query: str, values: list[Any] | None = None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [str(row[0]) for row in cursor.fetchall()]

"""Tables that only grow. PostgreSQL itself refuses the rest; erasing and re-encrypting must say so beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connection, transaction

Purpose = Literal["erase", "re-encrypt"]
ERASE: Purpose = "erase"
REENCRYPT: Purpose = "re-encrypt"

# Rows may go only while somebody erases, and only where the table lets them; re-encrypting touches one column alone.
FUNCTION = """
CREATE OR REPLACE FUNCTION clinic_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE purpose text := current_setting('clinic.purpose', true);
BEGIN
    IF TG_OP = 'DELETE' AND purpose = 'erase' AND TG_ARGV[0] = 'may be erased' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND purpose = 're-encrypt'
            AND to_jsonb(NEW) - TG_ARGV[1] = to_jsonb(OLD) - TG_ARGV[1] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are never altered or deleted', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
END $$;
"""


def trigger(table: str, *, may_be_erased: bool, encrypted: str = "") -> str:
    """SQL that makes a table append-only; `encrypted` is the column that key rotation may write anew."""
    fate = "may be erased" if may_be_erased else "stays"
    return (
        f"DROP TRIGGER IF EXISTS only_grows ON {table}; "
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION clinic_only_grows('{fate}', '{encrypted}')"
    )


@contextmanager
def allowing(purpose: Purpose) -> Iterator[None]:
    """One transaction in which the database lets append-only rows go, or be encrypted anew."""
    with transaction.atomic():
        _say(purpose)
        yield
        _say("")


def _say(purpose: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('clinic.purpose', %s, true)", [purpose])

"""The two ways out of the database, as functions of PostgreSQL: one request erased, or old and marked ones purged.

They run with the rights of their owner, so that the site itself needs no right to delete: see docs/decisions/0016.
"""

from datetime import datetime

from django.db import connection

TAKE_AWAY = "clinic_take_away(bigint[])"
ERASE = "clinic_erase_request(bigint, bigint, text)"
PURGE = "clinic_purge_requests(bigint[], timestamptz)"

# Whatever table comes to refer to a request later is emptied too. What was merged into a request goes along with it.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION clinic_take_away(ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql SET search_path = {schema}, pg_temp AS $$
DECLARE
    child record;
    gone bigint[];
BEGIN
    WITH RECURSIVE going (id) AS (
        SELECT unnest(ids)
        UNION
        SELECT merged.id FROM booking_consultationrequest AS merged JOIN going ON merged.merged_into_id = going.id
    )
    SELECT array_agg(id ORDER BY id) INTO gone FROM going;
    PERFORM set_config('clinic.purpose', 'erase', true);
    DELETE FROM clinic_message WHERE about = ANY (SELECT 'request ' || each FROM unnest(gone) AS each);
    UPDATE booking_consultationrequest SET merged_into_id = NULL WHERE id = ANY (gone);
    FOR child IN
        SELECT conrelid::regclass AS place, attname AS pointer
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = 'booking_consultationrequest'::regclass AND conrelid <> confrelid
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', child.place, child.pointer) USING gone;
    END LOOP;
    DELETE FROM booking_consultationrequest WHERE id = ANY (gone);
    PERFORM set_config('clinic.purpose', '', true);
    RETURN gone;
END $$;

CREATE OR REPLACE FUNCTION clinic_erase_request(request bigint, staff bigint, reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE gone bigint[];
BEGIN
    IF staff IS NULL OR reason IS NULL OR reason NOT IN ('asked', 'mistake', 'junk') THEN
        RAISE EXCEPTION 'erasing needs a member of staff and a reason';
    END IF;
    PERFORM 1 FROM booking_consultationrequest WHERE id = request FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    gone := clinic_take_away(ARRAY[request]);
    INSERT INTO clinic_auditentry (at, by_id, action, subject, subject_ids)
    VALUES (clock_timestamp(), staff, 'erased, ' || reason, 'request', to_jsonb(gone));
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION clinic_purge_requests(ids bigint[], closed_before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    going bigint[];
    gone bigint[];
BEGIN
    going := ARRAY(
        SELECT id FROM booking_consultationrequest
        WHERE id = ANY (ids) AND changed < closed_before
            AND status = 'closed' AND closing_reason IN ('charted', 'declined')
        ORDER BY id FOR UPDATE
    );
    IF cardinality(going) > 0 THEN
        gone := clinic_take_away(going);
        INSERT INTO clinic_auditentry (at, by_id, action, subject, subject_ids)
        VALUES (clock_timestamp(), NULL, 'purged', 'request', to_jsonb(gone));
    END IF;
    RETURN cardinality(going);
END $$;

REVOKE ALL ON FUNCTION clinic_take_away(bigint[]), clinic_erase_request(bigint, bigint, text),
    clinic_purge_requests(bigint[], timestamptz) FROM PUBLIC;
"""


def erase(*, request_id: int, staff_id: int, reason: str) -> bool:
    """False when there is no such request. The line in the audit log is written by the database itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clinic_erase_request(%s, %s, %s)", [request_id, staff_id, reason])
        return bool(cursor.fetchone()[0])


def purge(ids: list[int], *, closed_before: datetime) -> int:
    """How many of these went; the database looks once more, under lock, at what each of them is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clinic_purge_requests(%s, %s)", [ids, closed_before])
        return int(cursor.fetchone()[0])

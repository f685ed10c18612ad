"""How the database finds what the desk asks for: it reads what is shown and little more, however many there are.

PostgreSQL is asked to run each question, and every row that it touched on the way is counted. A plan without an index
would touch thousands of these rows; no setting nudges it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from booking import made_up_actions
from booking.models import ConsultationRequest, SearchWord, birth_hash
from booking.queue import MOST_COUNTED, NOBODY, PAGE, Look, Tab
from clinic.practice import Location, Practice
from clinic.staff import StaffMember

MANY = 20_000
REQUESTS, WORDS = "booking_consultationrequest", "booking_searchword"
# SQLite plans without counting.
FEW = 400
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="asks PostgreSQL")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="asks SQLite")
# The whole first page, twice over: the row of the index, and the row itself or its office, owner and visit.
LITTLE = 2 * (PAGE + 1)


@pytest.fixture
def look(practice: Practice, dana: StaffMember, ada: StaffMember) -> Look:
    """Dana, before a long queue."""
    number = MANY if connection.vendor == "postgresql" else FEW
    made_up_actions.make_up(up_to=number, owners=[dana.pk, ada.pk], tell=lambda done, of: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Look(me=dana, now=timezone.now())


def plan_of(questions: QuerySet[Any]) -> dict[str, Any]:
    sql, values = questions.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
        (found,) = cursor.fetchone()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    assert isinstance(plan, dict)
    return plan


def scans(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Scan" in plan["Node Type"]:
        yield plan
    for inner in plan.get("Plans", ()):
        yield from scans(inner)


def touched(questions: QuerySet[Any], table: str) -> int:
    """The most rows of this table that one step of the plan has read, kept or thrown away."""
    plan = plan_of(questions)
    read = [
        (
            scan["Actual Rows"]
            + scan.get("Rows Removed by Filter", 0)
            + scan.get("Rows Removed by Index Recheck", 0)
        )
        * scan["Actual Loops"]
        for scan in scans(plan)
        if scan.get("Relation Name") == table
    ]
    assert read, plan
    return int(max(read))


def last_but(requests: QuerySet[ConsultationRequest], some: int) -> ConsultationRequest:
    return requests[max(0, requests.count() - some)]


@on_postgresql
def test_postgresql_reads_what_is_shown_and_little_more(look: Look) -> None:
    read: dict[str, int] = {}
    most: dict[str, int] = {}

    def reads(what: str, questions: QuerySet[Any], at_most: int, table: str = REQUESTS) -> None:
        read[what], most[what] = touched(questions, table), at_most

    for tab in Tab:
        here = look.at(tab)
        # Late ones are sorted from all that are late, or met on the way: whichever is less.
        page = MANY // 15 if tab == Tab.OVERDUE else LITTLE
        reads(f"first page {tab}", here.behind(None).for_list()[: PAGE + 1], page)
        reads(f"deep page {tab}", here.behind(last_but(here.behind(None), 60)).for_list()[: PAGE + 1], page)
        reads(f"count {tab}", here.counted.values("pk"), 2 * MOST_COUNTED)
    office = Location.objects.order_by("pk")[0]
    for name, filtered in {
        "office": Look(me=look.me, now=look.now, location=office),
        "nobody's": Look(me=look.me, now=look.now, owner=NOBODY),
        "new in an office": Look(me=look.me, now=look.now, tab=Tab.NEW, location=office),
    }.items():
        reads(name, filtered.behind(None).for_list()[: PAGE + 1], 5 * LITTLE)
    for start in ("rosa", "5550142", "5125550142"):
        words = SearchWord.objects.filter(SearchWord.begins(start)).values_list("request_id", flat=True)
        reads(f"words {start}", words, len(words), WORDS)
    one = ConsultationRequest.objects.order_by("pk")[100]
    assert one.birth_date
    for column, value in (("birth_hash", birth_hash(one.birth_date)), ("reference", one.reference)):
        reads(column, ConsultationRequest.objects.filter(**{column: value}).order_by().values("pk"), LITTLE)

    assert {what: (rows, most[what]) for what, rows in read.items() if rows > most[what]} == {}


@on_sqlite
def test_sqlite_reads_the_queue_in_the_order_of_an_index(look: Look) -> None:
    for tab in Tab:
        here = look.at(tab)
        for after in (None, here.behind(None)[10]):
            steps = here.behind(after).values("pk")[: PAGE + 1].explain()
            assert "INDEX request_" in steps, (tab, steps)
            assert ("TEMP B-TREE" in steps) <= (tab == Tab.OVERDUE), (tab, steps)


@on_sqlite
def test_sqlite_finds_words_by_their_beginning_in_the_index(look: Look) -> None:
    steps = SearchWord.objects.filter(SearchWord.begins("rosa")).values("request_id").explain()

    assert "USING COVERING INDEX search_word_start (word>? AND word<?)" in steps

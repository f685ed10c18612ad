"""The made-up people of the demo: 555-01xx numbers, example.com, nobody you know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import translation

from booking import sharing
from booking.agreements import NEWEST
from booking.wish import Wish
from screener import flow
from screener.flow import Answer


@dataclass(frozen=True)
class DemoRequest:
    """`token` finds it again on a second run; `moves` are steps of demo_work.py with their notes, made one after
    another by Dana, or by Ada where `ada` says so; `answers` are those of the symptom check that were sent along."""

    token: str
    hours_ago: float
    wish: Wish
    moves: tuple[tuple[str, str], ...] = field(default=())
    ada: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def with_answers(self) -> Wish:
        """The wish, with its answers frozen by the rules and in the words of today."""
        walk = flow.replay(self.answers)
        decision = flow.outcome(self.answers)
        if decision is None:
            return self.wish
        with translation.override(self.wish.asked_in):
            return replace(self.wish, shared=sharing.shared_of(walk.answers, decision))


def _wish(name: str, number: int, **columns: object) -> Wish:
    details = {"phone": f"+151255501{number:02d}", "contact_by": "call", "language": "en"} | columns
    return Wish(name=name, agreement=NEWEST, **details)  # type: ignore[arg-type]


NO_ANSWER = ("no_answer", "Rings for long, nobody answers.")
RECORDS = ("waits records", "Waits for the MRI report from the family doctor.")
MINE = ("claim", "")
CHECKED: Mapping[str, Answer] = {
    "emerg": ("none",),
    "today": ("none",),
    "age": "50_plus",
    "where": ("leg_both",),
    "worse": ("stand", "walk"),
    "relief": ("sit", "bend"),
    "dur": "over_6m",
    "effect": "a_lot",
    "weaker": "no",
    "balance": "no",
    "dx": "yes",
    "scan": "recent",
    "scan_says": "ligament",
    "care": "not_enough",
    "surg": "none",
    "told": ("none",),
    "before": ("none",),
}
NO_SCAN_YET: Mapping[str, Answer] = {**CHECKED, "dx": "not_sure", "scan": "none", "weaker": "yes"}
TAKES_A_BLOOD_THINNER: Mapping[str, Answer] = {**CHECKED, "before": ("thinner",), "told": ("slip",)}

DEMO_REQUESTS = (
    DemoRequest(
        "demo-rosa",
        0.6,
        _wish(
            "Rosa Sample",
            40,
            for_whom="other",
            helper_name="Lucía Sample",
            relationship="daughter",
            phone_is="mine",
            may_talk_with="yes",
            language="es",
            needs=("large_print", "interpreter"),
            location="south",
            day_parts=("morning",),
            best_time="morning",
            voicemail_ok="yes",
            insurance="medicare",
            mark="call_today",
            birth_date=date(1944, 3, 9),
            asked_in="es",
        ),
    ),
    DemoRequest(
        "demo-frank",
        20,
        _wish("Frank Example", 41, location="north", voicemail_ok="yes", mark="soon", insurance="advantage"),
        (MINE, ("left_message", "Left our name and the number.")),
    ),
    DemoRequest(
        "demo-ellen",
        2,
        _wish(
            "Ellen Test",
            42,
            location="south",
            day_parts=("afternoon",),
            needs=("hearing",),
            voicemail_ok="no",
        ),
    ),
    DemoRequest(
        "demo-walter",
        26,
        _wish(
            "Walter Placeholder",
            43,
            location="north",
            days=("mon", "tue"),
            best_time="any",
            insurance="medicare",
        ),
        answers=TAKES_A_BLOOD_THINNER,
    ),
    DemoRequest(
        "demo-carmen",
        5,
        _wish(
            "Carmen Ejemplo",
            44,
            language="es",
            asked_in="es",
            location="north",
            best_time="midday",
            mark="soon",
        ),
        answers=NO_SCAN_YET,
    ),
    DemoRequest(
        "demo-george",
        49,
        _wish(
            "George Specimen",
            45,
            contact_by="text",
            location="north",
            needs=("mobility",),
            referrer="Dr. Model",
        ),
        (NO_ANSWER, ("spoke", ""), RECORDS),
        ada=True,
    ),
    DemoRequest(
        "demo-hoa",
        30,
        _wish(
            "Nguyễn Thị Mẫu",
            46,
            language="other",
            needs=("interpreter",),
            location="south",
            insurance="other",
        ),
    ),
    DemoRequest(
        "demo-ida",
        74,
        _wish(
            "Ida Fiction",
            47,
            phone="",
            email="ida.fiction@example.com",
            contact_by="email",
            insurance="not_sure",
        ),
        (MINE, ("waits patient", "Wrote back with two times. Waits for her answer.")),
    ),
    DemoRequest(
        "demo-luis",
        98,
        _wish("Luis Muestra", 48, language="es", asked_in="es", location="south", days=("thu", "fri")),
        (("spoke", "Prefers mornings."), ("time 3 10", ""), ("note", "Bring the reading glasses, he says.")),
    ),
    DemoRequest(
        "demo-ruth",
        120,
        _wish("Ruth Sampleton", 49, location="north", needs=("large_print", "hearing"), insurance="medicare"),
        (NO_ANSWER, ("spoke", ""), ("time 1 14", "Her son drives her.")),
    ),
    DemoRequest(
        "demo-omar",
        200,
        _wish("Omar Template", 50, patient_kind="current", location="south", insurance="self_pay"),
        (("time -2 9", ""), ("attended", "Came with his daughter.")),
    ),
    DemoRequest(
        "demo-betty",
        220,
        _wish("Betty Mockup", 51, location="north", best_time="afternoon"),
        (("time -3 11", ""), ("missed", "Did not come. Call again.")),
    ),
    DemoRequest(
        "demo-sven",
        260,
        _wish("Sven Dummy", 52, location="north", insurance="other"),
        (("time -5 15", ""), ("attended", ""), ("closed charted", "")),
    ),
    DemoRequest(
        "demo-anna",
        300,
        _wish("Anna Pretend", 53, email="anna.pretend@example.com", location="south"),
        (NO_ANSWER, ("closed cancelled", "Found care nearer to home.")),
    ),
)

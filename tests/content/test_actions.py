"""From draft to live: who may do what, what is kept, and what is refused in words a person can act on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from clinic import snapshot
from clinic.audit import AuditEntry
from clinic.outbox import Message
from clinic.practice import Practice
from clinic.staff import CONTENT_EDITOR, StaffMember
from content import actions, catalog, editing, rights
from content.documents import LARGEST
from content.models import Deputy, Note, Page, Revision, Step
from content.publishing import why_not_publish
from content.refusals import (
    BadText,
    BadTime,
    Blocked,
    NotAllowed,
    NothingToDo,
    Overtaken,
    PathTaken,
    ReasonsNeeded,
    Refused,
    Scheduled,
    StaleVersion,
)
from tests.conftest import staff_member
from tests.content.desk_of_editors import (
    ABOUT,
    REASONS,
    RISKS,
    deploy,
    file_text,
    form_of,
    now_of,
    publish,
    publish_text,
    row_of,
    save,
)

pytestmark = pytest.mark.django_db
ABOUT_ES = ("page", "about", "es")
EMERGENCY = ("page", "emergency", "en")


def edited(key: tuple[str, str, str] = ABOUT, words: str = "We like to talk with you.") -> str:
    return f"{file_text(key)}\n{words}\n"


def test_a_draft_is_kept_as_it_was_typed_and_no_reader_gets_it(eli: StaffMember) -> None:
    typed = edited(words="Odd  spaces\t, é and 🙂 stay.").replace("\n", "\r\n").rstrip()

    draft = save(eli, typed)

    assert draft.text == edited(words="Odd  spaces\t, é and 🙂 stay.")
    assert (draft.number, draft.author, draft.base_text) == (1, eli, file_text())
    assert now_of().served_text == file_text()
    assert now_of().text == draft.text


def test_a_draft_with_broken_front_matter_is_kept_and_cannot_be_published(eli: StaffMember) -> None:
    save(eli, "---\nid: [about\n---\nHello\n")

    with pytest.raises(Blocked) as refusal:
        publish(eli)

    assert [(each.rule, each.line) for each in refusal.value.findings] == [("front-matter", 2)]
    assert now_of().text.startswith("---\nid: [about")


@pytest.mark.parametrize("bad", ["a\0b", "x" * (LARGEST + 1), "é" * LARGEST, "half \ud83d a smile"])
def test_what_no_page_can_hold_is_refused_in_words(eli: StaffMember, bad: str) -> None:
    with pytest.raises(BadText, match=r"Remove it|Divide it"):
        save(eli, file_text() + bad)

    assert not Revision.objects.exists()


def test_an_editor_publishes_a_page_that_claims_nothing_alone(eli: StaffMember) -> None:
    step = publish_text(eli, eli, edited())

    assert (step.kind, step.by, step.revision.text) == (Step.Kind.PUBLISHED, eli, edited())
    assert now_of().served_text == edited()
    assert catalog.current().by_id[("about", "en")].document.text == edited()
    assert row_of().draft is None


def test_a_promise_in_words_that_no_rule_knows_is_not_published_by_one_person(
    eli: StaffMember, rae: StaffMember
) -> None:
    save(eli, edited(words="Age is no barrier."))
    with pytest.raises(NotAllowed, match="Age is no barrier"):
        publish(eli)
    publish(rae)
    snapshot.refresh()

    step = publish_text(eli, eli, edited(words="Age is no barrier.\n\nOur front door has a ramp."))

    assert step.revision.number == 2


def test_whoever_wrote_a_clinical_page_cannot_publish_it(eli: StaffMember, rae: StaffMember) -> None:
    save(eli, edited(RISKS), RISKS)

    with pytest.raises(NotAllowed, match="clinical reviewer publishes it"):
        publish(eli, RISKS)

    assert publish(rae, RISKS).by == rae


def test_a_reviewer_who_wrote_any_part_of_the_draft_is_its_author(eli: StaffMember, rae: StaffMember) -> None:
    save(rae, edited(RISKS), RISKS)
    save(eli, edited(RISKS, "We like to listen too."), RISKS)

    with pytest.raises(NotAllowed, match="You wrote this"):
        publish(rae, RISKS)

    assert "You wrote this" in why_not_publish(rae, now_of(RISKS), now_of(RISKS).text)


def test_nobody_takes_the_claims_out_to_publish_alone(eli: StaffMember) -> None:
    harmless = file_text(RISKS).split("---\n")[1].replace("kind: clinical", "kind: guide")
    save(eli, f"---\n{harmless}---\nHello.\n", RISKS)

    with pytest.raises(NotAllowed):
        publish(eli, RISKS)


def test_a_deputy_publishes_in_the_reviewers_place_while_named(eli: StaffMember, rae: StaffMember) -> None:
    bea = staff_member("bea", CONTENT_EDITOR)
    today = timezone.localdate()
    save(eli, edited(RISKS), RISKS)
    assert "clinical reviewer" in why_not_publish(bea, now_of(RISKS), now_of(RISKS).text)

    named = actions.name_deputy(by=rae, deputy=bea, first_day=today, last_day=today)

    assert why_not_publish(bea, now_of(RISKS), now_of(RISKS).text) == ""
    assert rights.reviewers() == [rae, bea]
    actions.end_deputy(by=rae, deputy_id=named.pk)
    assert "clinical reviewer" in why_not_publish(bea, now_of(RISKS), now_of(RISKS).text)


def test_a_deputy_is_named_by_a_reviewer_for_days_to_come(eli: StaffMember, rae: StaffMember) -> None:
    today = timezone.localdate()
    for by, deputy, last in (
        (eli, rae, today),
        (rae, rae, today),
        (rae, staff_member("nobody"), today),
        (rae, eli, today - timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            actions.name_deputy(by=by, deputy=deputy, first_day=today - timedelta(days=3), last_day=last)

    assert not Deputy.objects.exists()


def test_a_deputy_of_somebody_who_lost_the_right_publishes_nothing(
    eli: StaffMember, rae: StaffMember
) -> None:
    today = timezone.localdate()
    actions.name_deputy(by=rae, deputy=eli, first_day=today, last_day=today)

    rae.groups.clear()

    assert not rights.may_review(StaffMember.objects.get(pk=eli.pk))


def test_staff_without_the_right_write_nothing(dana: StaffMember) -> None:
    row = row_of()
    stamp = editing.standing(row).stamp
    for call in (
        lambda: actions.save_draft(page_id=row.pk, by=dana, stamp=stamp, text="x"),
        lambda: actions.withdraw(page_id=row.pk, by=dana, stamp=stamp, note="x"),
        lambda: actions.restore(page_id=row.pk, by=dana, stamp=stamp, number=0),
        lambda: actions.write_note(page_id=row.pk, by=dana, text="x"),
        lambda: actions.new_document(by=dana, kind="page", document_id="new", lang="en", text="x"),
    ):
        with pytest.raises(NotAllowed):
            call()

    assert not Revision.objects.exists()


def test_a_form_that_is_no_longer_right_shows_both_texts(eli: StaffMember, rae: StaffMember) -> None:
    form = form_of(ABOUT, eli)
    theirs = save(rae, edited(words="We talk with everyone."))

    with pytest.raises(StaleVersion) as refusal:
        actions.save_draft(**form, text=edited())

    assert (refusal.value.mine, refusal.value.theirs) == (edited(), theirs.text)
    assert refusal.value.by_whom == "Rae"


def test_a_second_click_keeps_the_text_once(eli: StaffMember) -> None:
    form = form_of(ABOUT, eli)

    first, second = (actions.save_draft(**form, text=edited()) for _click in range(2))

    assert first == second
    assert Revision.objects.count() == 1


def test_saving_what_readers_have_already_says_so(eli: StaffMember) -> None:
    with pytest.raises(NothingToDo, match="changed nothing"):
        save(eli, file_text())


@pytest.mark.parametrize(
    "act", ["send_for_review", "return_to_author", "publish", "discard", "unschedule", "withdraw", "settle"]
)
def test_every_write_looks_whether_the_form_is_still_right(
    eli: StaffMember, rae: StaffMember, act: str
) -> None:
    save(eli, edited())
    form: dict[str, Any] = form_of(ABOUT, eli)
    save(rae, edited(words="We talk with everyone."))
    more = {"return_to_author": {"note": "x"}, "withdraw": {"note": "x"}, "settle": {"text": "x"}}
    version = row_of().version

    with pytest.raises(StaleVersion):
        getattr(actions, act)(**form, **more.get(act, {}))

    assert row_of().version == version


def test_a_file_deployed_while_the_form_was_open_makes_it_stale(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(ABOUT, eli)
    deploy(monkeypatch, {ABOUT: edited(words="From the repository.")})

    with pytest.raises(StaleVersion):
        actions.save_draft(**form, text=edited())


def test_a_draft_over_a_text_that_has_changed_meanwhile_is_not_published(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, newer = edited(), edited(words="From the repository.")
    save(eli, mine)
    deploy(monkeypatch, {ABOUT: newer})

    with pytest.raises(Overtaken) as refusal:
        publish(eli)
    actions.settle(**form_of(ABOUT, eli), text=newer + "We like to talk with you.\n")

    assert refusal.value.mine == mine
    assert publish(eli).revision.base_text == newer
    assert now_of().case == "ahead"


def test_warnings_need_a_reason_that_is_kept(eli: StaffMember) -> None:
    save(eli, edited(words="We like to talk. {! it needs no excuse !}"))
    form = form_of(ABOUT, eli)

    with pytest.raises(ReasonsNeeded) as refusal:
        actions.publish(**form)
    rules = {each.rule for each in refusal.value.findings}
    step = actions.publish(**form, reasons=dict.fromkeys(rules, "The board asked for it."))

    assert {each["rule"] for each in step.reasons} == rules
    assert all(each["reason"] == "The board asked for it." for each in step.reasons)


def test_errors_block_with_their_line_and_leave_the_draft(eli: StaffMember, rae: StaffMember) -> None:
    save(eli, edited(RISKS, "MILD relieves pain in most people."), RISKS)

    with pytest.raises(Blocked) as refusal:
        publish(rae, RISKS)

    finding = next(each for each in refusal.value.findings if each.rule == "claim")
    assert now_of(RISKS).text.split("\n")[finding.line - 1] == "MILD relieves pain in most people."
    assert now_of(RISKS).draft is not None


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("See [^nobody].", "unknown-name"),
        ("Call {{nothing}}.", "unknown-name"),
        ("![A map of our street](none.svg)", "unknown-name"),
    ],
)
def test_what_names_nothing_is_found_with_its_line(eli: StaffMember, words: str, rule: str) -> None:
    save(eli, edited(words=words))

    with pytest.raises(Blocked) as refusal:
        publish(eli)

    found = next(each for each in refusal.value.findings if each.rule == rule)
    assert now_of().text.split("\n")[found.line - 1] == words


def test_script_in_the_text_is_refused_and_from_a_file_shown_as_text(
    eli: StaffMember, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = edited(words="<script>alert()</script> is on this page.")
    save(eli, text)

    with pytest.raises(Blocked) as refusal:
        publish(eli)
    deploy(monkeypatch, {ABOUT: text})
    html = client.get("/about/").content.decode()

    assert "html" in {each.rule for each in refusal.value.findings}
    assert "&lt;script&gt;alert()&lt;/script&gt;" in html


def test_a_change_of_wording_may_not_change_numbers_or_sources(eli: StaffMember, rae: StaffMember) -> None:
    form = form_of(RISKS, eli)
    actions.save_draft(**form, text=file_text(RISKS).replace("69 people", "70 people"), wording_only=True)

    with pytest.raises(Blocked) as refusal:
        publish(rae, RISKS)

    assert "wording" in {each.rule for each in refusal.value.findings}


def test_a_change_of_wording_is_marked_as_such(eli: StaffMember, rae: StaffMember) -> None:
    text = file_text(RISKS).replace("Some soreness at the spot", "Some soreness at that spot")
    actions.save_draft(**form_of(RISKS, eli), text=text, wording_only=True)

    assert publish(rae, RISKS).revision.kind == Revision.Kind.WORDING


def test_the_id_of_a_document_never_changes(eli: StaffMember) -> None:
    save(eli, file_text().replace("id: about", "id: contact"))

    with pytest.raises(Blocked) as refusal:
        publish(eli)

    assert [each.rule for each in refusal.value.findings] == ["identity"]


@pytest.mark.parametrize("path", ["/contact/", "/check/", "/desk/", "/admin/", "/search/", "/sources/"])
def test_a_path_that_is_taken_is_refused(eli: StaffMember, path: str) -> None:
    save(eli, file_text().replace("path: /about/", f"path: {path}"))

    with pytest.raises(PathTaken) as refusal:
        publish(eli)

    assert [(each.rule, each.line, each.words) for each in refusal.value.findings if each.rule == "path"] == [
        ("path", 4, path)
    ]


def test_a_path_that_another_page_will_take_is_refused(eli: StaffMember) -> None:
    save(eli, file_text().replace("path: /about/", "path: /us/"))
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=timezone.now() + timedelta(days=1))
    contact = ("page", "contact", "en")
    save(eli, file_text(contact).replace("path: /contact/", "path: /us/"), contact)

    with pytest.raises(PathTaken, match="address"):
        publish(eli, contact)


def test_the_emergency_page_keeps_its_address_and_is_never_withdrawn(
    eli: StaffMember, rae: StaffMember
) -> None:
    save(eli, file_text(EMERGENCY).replace("path: /emergency/", "path: /help/"), EMERGENCY)

    with pytest.raises(PathTaken):
        publish(rae, EMERGENCY)
    with pytest.raises(NotAllowed, match="never be withdrawn"):
        actions.withdraw(**form_of(EMERGENCY, rae), note="a mistake")


def test_the_spanish_names_who_has_read_it(eli: StaffMember) -> None:
    save(eli, edited(ABOUT_ES, "Llámenos entre semana."), ABOUT_ES)

    with pytest.raises(NotAllowed, match="has read the Spanish"):
        actions.publish(**form_of(ABOUT_ES, eli), reasons=REASONS)

    assert publish(eli, ABOUT_ES).spanish_by == "Ana Example"


def test_reviewers_are_told_where_to_read_and_not_what(eli: StaffMember, rae: StaffMember) -> None:
    StaffMember.objects.filter(pk__in=(eli.pk, rae.pk)).update(email="someone@example.com")
    save(eli, edited(RISKS), RISKS)

    actions.send_for_review(**form_of(RISKS, eli), note="Please look.")

    mail = Message.objects.get()
    assert row_of(RISKS).stage == Page.Stage.IN_REVIEW
    assert f"/admin/content/page/{row_of(RISKS).pk}/change/" in mail.text
    assert "We like to talk" not in mail.text
    actions.return_to_author(**form_of(RISKS, rae), note="Say less.")
    assert row_of(RISKS).stage == Page.Stage.RETURNED
    save(eli, edited(RISKS, "We listen."), RISKS)
    publish(rae, RISKS)
    assert [each.subject for each in Message.objects.order_by("pk")] == [
        "A page waits for your review",
        "Your page came back from review",
        "Your page was published",
    ]


def test_only_a_reviewer_who_has_not_written_it_can_be_asked(eli: StaffMember, rae: StaffMember) -> None:
    save(rae, edited(RISKS), RISKS)

    for asked in (rae, eli):
        with pytest.raises(NotAllowed):
            actions.send_for_review(**form_of(RISKS, eli), asked=asked)


def test_a_time_to_come_is_by_the_clinics_clock(eli: StaffMember, practice: Practice) -> None:
    save(eli, edited())
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False):
        step = actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=datetime(2027, 1, 4, 9))

        assert step.live_from == datetime(2027, 1, 4, 15, tzinfo=UTC)
        assert now_of().served_text == file_text()
    with time_machine.travel(datetime(2027, 1, 4, 15, tzinfo=UTC), tick=False):
        assert now_of().served_text == edited()


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2027, 3, 14, 2, 30), "does not exist"),
        (datetime(2027, 1, 1, 9), "has passed"),
        (datetime(2026, 12, 31, 9, tzinfo=UTC), "has passed"),
    ],
)
def test_a_time_in_the_past_or_that_no_clock_shows_is_refused(
    eli: StaffMember, practice: Practice, at: datetime, says: str
) -> None:
    save(eli, edited())
    with (
        time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False),
        pytest.raises(BadTime, match=says),
    ):
        actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=at)

    assert row_of().draft is not None


def test_what_is_scheduled_is_settled_before_something_else_is_published(eli: StaffMember) -> None:
    save(eli, edited())
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=timezone.now() + timedelta(days=1))
    save(eli, edited(words="We listen."))

    with pytest.raises(Scheduled, match="Text 1 is scheduled"):
        publish(eli)
    actions.unschedule(**form_of(ABOUT, eli))

    assert publish(eli).revision.text == edited(words="We listen.")


def test_an_unscheduled_text_is_a_draft_again(eli: StaffMember) -> None:
    draft = save(eli, edited())
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=timezone.now() + timedelta(days=1))

    actions.unschedule(**form_of(ABOUT, eli))

    assert now_of().draft == draft
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert now_of().served_text == file_text()


def test_a_withdrawn_page_cancels_its_schedule_and_keeps_the_draft(eli: StaffMember) -> None:
    save(eli, edited())
    actions.publish(**form_of(ABOUT, eli), reasons=REASONS, at=timezone.now() + timedelta(days=1))
    draft = save(eli, edited(words="We listen."))

    actions.withdraw(**form_of(ABOUT, eli), note="We are moving.")

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert now_of().case == "withdrawn"
    assert now_of().draft == draft


def test_a_reviewer_takes_clinical_pages_down(eli: StaffMember, rae: StaffMember) -> None:
    with pytest.raises(NotAllowed, match="reviewer takes it down"):
        actions.withdraw(**form_of(RISKS, eli), note="It is wrong.")

    actions.withdraw(**form_of(RISKS, rae), note="It is wrong.")

    assert now_of(RISKS).case == "withdrawn"


@pytest.mark.parametrize(
    "target", ["https://evil.example.com/", "/nowhere/", "/about/", "//evil.example.com/"]
)
def test_readers_are_sent_on_to_a_page_of_ours_alone(eli: StaffMember, target: str) -> None:
    with pytest.raises(BadText, match="another page only"):
        actions.withdraw(**form_of(ABOUT, eli), note="We are moving.", redirect_to=target)


def test_a_source_that_something_rests_on_cannot_be_withdrawn(rae: StaffMember) -> None:
    with pytest.raises(NotAllowed, match="It is cited"):
        actions.withdraw(**form_of(("source", "mot1", ""), rae), note="Old.")


def test_any_text_comes_back_also_the_file(eli: StaffMember) -> None:
    publish_text(eli, eli, edited())
    publish_text(eli, eli, edited(words="We listen."))

    first = actions.restore(**form_of(ABOUT, eli), number=1)
    assert first.is_live
    assert now_of().served_text == edited()
    back = actions.restore(**form_of(ABOUT, eli), number=0)

    assert back.is_live
    assert (now_of().served_text, now_of().case) == (file_text(), "same")
    assert [each.number for each in editing.revisions(row_of())] == [4, 3, 2, 1, 0]


def test_a_reviewer_brings_back_at_once_what_two_people_had_published(
    eli: StaffMember, rae: StaffMember
) -> None:
    publish_text(eli, rae, edited(RISKS), RISKS)
    publish_text(eli, rae, edited(RISKS, "We listen."), RISKS)

    assert not actions.restore(**form_of(RISKS, eli), number=1).is_live
    assert now_of(RISKS).served_text == edited(RISKS, "We listen.")
    assert actions.restore(**form_of(RISKS, rae), number=1).is_live
    assert now_of(RISKS).served_text == edited(RISKS)


def test_a_text_that_was_never_published_comes_back_as_a_draft(eli: StaffMember, rae: StaffMember) -> None:
    save(eli, edited(RISKS), RISKS)
    save(eli, edited(RISKS, "We listen."), RISKS)

    outcome = actions.restore(**form_of(RISKS, rae), number=1)

    assert not outcome.is_live
    assert "You wrote this" in outcome.why_not
    assert now_of(RISKS).text == edited(RISKS)


def test_a_number_that_does_not_exist_brings_nothing_back(eli: StaffMember) -> None:
    with pytest.raises(NothingToDo):
        actions.restore(**form_of(ABOUT, eli), number=7)


def test_a_conflict_is_shown_as_the_edit_and_settled_for_either_text(
    eli: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, newer = edited(), edited(words="From the repository.")
    publish_text(eli, eli, mine)
    deploy(monkeypatch, {ABOUT: newer})
    assert (now_of().case, now_of().served_text) == ("conflict", mine)

    actions.settle(**form_of(ABOUT, eli), text=mine)
    publish(eli)
    assert (now_of().case, now_of().served_text) == ("ahead", mine)
    actions.adopt_file(**form_of(ABOUT, eli))

    assert (now_of().case, now_of().served_text) == ("same", newer)


def test_a_draft_that_is_put_away_stays_among_the_texts(eli: StaffMember) -> None:
    draft = save(eli, edited())

    actions.discard(**form_of(ABOUT, eli))

    assert now_of().draft is None
    assert editing.text_of(row_of(), draft.number) == edited()


def test_a_new_pair_is_written_one_page_after_the_other(eli: StaffMember, client: Any) -> None:
    for lang, path in (("en", "/parking/"), ("es", "/es/estacionamiento/")):
        text = editing.starting_text(kind="page", document_id="parking", lang=lang)
        text = text.replace(f"path: /{'es/' if lang == 'es' else ''}parking/", f"path: {path}")
        for name in ("title", "nav", "summary", "main_message"):
            text = text.replace(
                f'{name}: ""', f"{name}: {'Parking' if lang == 'en' else 'Dónde dejar el auto'}"
            )
        body = "Park at the back.\n" if lang == "en" else "Deje el auto atrás.\n"
        actions.new_document(by=eli, kind="page", document_id="parking", lang=lang, text=text + body)
        publish(eli, ("page", "parking", lang))
        snapshot.refresh()

        assert client.get(path).status_code == 200
    assert 'hreflang="es"' in client.get("/parking/").content.decode()
    assert "/es/estacionamiento/" in client.get("/sitemap.xml").content.decode()
    assert "/parking/" in client.get("/search/", {"q": "parking"}).content.decode()


@pytest.mark.parametrize(
    ("kind", "document_id", "lang"),
    [("page", "about", "en"), ("page", "../x", "en"), ("page", "x" * 61, "en"), ("source", "x", "en")],
)
def test_a_name_that_is_taken_or_no_name_is_refused(
    eli: StaffMember, kind: str, document_id: str, lang: str
) -> None:
    with pytest.raises(BadText):
        actions.new_document(by=eli, kind=kind, document_id=document_id, lang=lang, text="x")

    assert not Revision.objects.exists()


def test_a_new_source_can_be_cited_once_a_reviewer_published_it(eli: StaffMember, rae: StaffMember) -> None:
    text = editing.starting_text(kind="source", document_id="new25", lang="")
    text = (
        text.replace('title: ""', "title: A new study")
        .replace('""', '"Words"')
        .replace('link: "Words"', 'link: ""')
    )
    actions.new_document(by=eli, kind="source", document_id="new25", lang="", text=text)
    key = ("source", "new25", "")
    with pytest.raises(NotAllowed):
        publish(eli, key)
    publish(rae, key)
    snapshot.refresh()

    publish_text(eli, rae, edited(RISKS, "Some people feel sore for a day.[^new25]"), RISKS)

    assert "new25" in catalog.current().sources


def test_notes_and_every_write_are_in_the_audit_log(eli: StaffMember) -> None:
    save(eli, edited())
    actions.write_note(page_id=row_of().pk, by=eli, text="Shall we?")
    publish(eli)

    assert Note.objects.get().text == "Shall we?"
    told = AuditEntry.objects.filter(subject="page").order_by("pk").values_list("action", "by", "subject_ids")
    assert list(told) == [(action, eli.pk, [row_of().pk]) for action in ("saved", "noted", "published")]


def test_texts_and_steps_are_never_altered(eli: StaffMember) -> None:
    step = publish_text(eli, eli, edited())

    for row in (step, step.revision):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has this wall")
@pytest.mark.parametrize(
    "act",
    [
        lambda: Revision.objects.update(text="other"),
        lambda: Step.objects.update(note="other"),
        lambda: Step.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_itself_refuses_to_alter_them(eli: StaffMember, act: Callable[[], Any]) -> None:
    publish_text(eli, eli, edited())

    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
        act()


def test_an_author_does_not_give_her_own_text_back_and_an_editor_gives_none_back(
    eli: StaffMember, rae: StaffMember
) -> None:
    save(eli, edited(RISKS), RISKS)
    actions.send_for_review(**form_of(RISKS, eli))
    bea = staff_member("bea", CONTENT_EDITOR)

    for person, words in ((eli, "clinical reviewer"), (bea, "clinical reviewer")):
        with pytest.raises(NotAllowed, match=words):
            actions.return_to_author(**form_of(RISKS, person), note="No.")
    save(rae, edited(RISKS, "We like to listen too."), RISKS)
    actions.send_for_review(**form_of(RISKS, rae))
    with pytest.raises(NotAllowed, match="You wrote this"):
        actions.return_to_author(**form_of(RISKS, rae), note="No.")

    assert row_of(RISKS).stage == Page.Stage.IN_REVIEW


def test_the_same_text_is_saved_again_when_it_is_no_longer_called_wording_only(eli: StaffMember) -> None:
    text = edited(ABOUT)
    first = actions.save_draft(**form_of(ABOUT, eli), text=text, wording_only=True, note="Softer words")

    again = actions.save_draft(**form_of(ABOUT, eli), text=text, wording_only=True)
    other = actions.save_draft(**form_of(ABOUT, eli), text=text)

    assert again == first
    assert other.kind == Revision.Kind.EDIT
    assert now_of(ABOUT).draft == other

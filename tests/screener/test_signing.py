"""Outside the demo nobody is asked by rules that no clinician has signed; and one switch takes the check down."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from clinic import snapshot
from clinic.audit import AuditEntry
from clinic.practice import Practice
from clinic.signatures import Signature, sign
from clinic.staff import StaffMember
from screener import rules, signing, words
from screener.rules import RULES_VERSION
from tests.screener.test_walk import main_of

ROOT = Path(__file__).resolve().parents[2]
ADMIN = "/admin/screener/checksignature/"
NEXT_YEAR = timezone.localdate() + timedelta(days=365)
In = Callable[[StaffMember], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(settings: Settings, practice: Practice) -> None:
    settings.MODE = "live"


def sign_rules(by: StaffMember, digest: str = "") -> Signature:
    signature = sign(
        by=by,
        subject="rules",
        key=RULES_VERSION,
        lang="",
        digest=digest or rules.digest(),
        good_until=NEXT_YEAR,
    )
    snapshot.refresh()
    return signature


def is_open(client: Client) -> bool:
    return 'data-page="off"' not in main_of(client.get("/check/"))


def offered_on_home(client: Client) -> bool:
    return "Check if it is worth asking" in main_of(client.get("/"))


def test_live_site_shows_phone_and_pages_until_the_rules_are_signed(
    live: None, client: Client, rae: StaffMember
) -> None:
    assert not is_open(client)
    assert not offered_on_home(client)
    assert "tel:+1" in main_of(client.get("/check/relief/"))
    assert 'data-outcome="EMERGENCY"' in main_of(client.post("/check/emerg/", {"emerg": "e_cold"}))

    sign_rules(rae)

    assert is_open(client)
    assert offered_on_home(client)


def test_demo_needs_no_signature_and_claims_none(practice: Practice, client: Client) -> None:
    assert is_open(client)
    assert "not yet signed by a clinician" in main_of(client.get("/check/how-it-decides/"))


def test_signature_of_other_rules_opens_nothing(live: None, client: Client, rae: StaffMember) -> None:
    sign_rules(rae, digest="0" * 64)

    assert not is_open(client)
    assert "changed since a clinician signed" in main_of(client.get("/check/how-it-decides/"))


def test_overdue_review_warns_the_staff_and_leaves_the_check_open(
    live: None, client: Client, rae: StaffMember, client_for: In
) -> None:
    signature = sign_rules(rae)
    Signature.objects.filter(pk=signature.pk).update(good_until=timezone.localdate())
    snapshot.refresh()

    assert is_open(client)
    assert "due for a new review: the rules" in client_for(rae).get("/admin/").content.decode()
    assert "a new review was due" in main_of(client.get("/check/how-it-decides/"))


def test_unsigned_words_only_warn(live: None, client: Client, rae: StaffMember, client_for: In) -> None:
    sign_rules(rae)

    page = client_for(rae).get("/admin/").content.decode()

    assert is_open(client)
    assert "signature: the words in English, the words in Spanish." in page


def test_reviewer_reads_the_rules_before_they_run(live: None, client: Client) -> None:
    assert rules.digest() in main_of(client.get("/check/how-it-decides/"))
    assert words.digest("es") in main_of(client.get("/es/check/how-it-decides/pack/"))


def test_rae_signs_rules_and_words_in_the_admin(
    live: None, client: Client, rae: StaffMember, client_for: In
) -> None:
    browser = client_for(rae)
    shown = browser.get(ADMIN).content.decode()
    for text in signing.signables():
        assert text.digest in shown

        form = {"text": text.code, "digest": text.digest, "good_until": NEXT_YEAR.isoformat()}
        browser.post(f"{ADMIN}sign/", form)

    assert all(text.is_signed for text in signing.signables())
    assert AuditEntry.objects.filter(by=rae, action="signed").count() == 3
    assert is_open(client)
    assert "waits for a clinician" not in browser.get("/admin/").content.decode()
    assert f'value="{rules.digest()}"' not in browser.get(ADMIN).content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"digest": "1" * 64}, {"good_until": "2020-01-01"}, {"good_until": ""}, {"text": "page"}],
    ids=str,
)
def test_what_was_not_shown_is_not_signed(
    live: None, rae: StaffMember, client_for: In, changes: dict[str, str]
) -> None:
    form = {"text": "rules", "digest": rules.digest(), "good_until": NEXT_YEAR.isoformat()} | changes

    answer = client_for(rae).post(f"{ADMIN}sign/", form, follow=True)

    assert 'class="error"' in answer.content.decode()
    assert not Signature.objects.exists()


def test_only_a_reviewer_signs(
    practice: Practice, ada: StaffMember, eli: StaffMember, dana: StaffMember, client_for: In
) -> None:
    form = {"text": "rules", "digest": rules.digest(), "good_until": NEXT_YEAR.isoformat()}

    answers = [client_for(person).post(f"{ADMIN}sign/", form) for person in (ada, eli, dana)]

    assert [answer.status_code for answer in answers] == [403, 403, 302]
    assert "/staff/sign-in/" in answers[-1]["Location"] or answers[-1]["Location"].startswith("/admin/login/")
    assert not Signature.objects.exists()
    assert (
        "Sign" not in client_for(ada).get(ADMIN).content.decode().split("All signatures")[0].split("<h2>")[-2]
    )


@pytest.mark.parametrize("who", ["rae", "ada"])
def test_one_click_takes_the_check_down_and_one_brings_it_back(
    practice: Practice, client: Client, who: str, request: pytest.FixtureRequest, client_for: In
) -> None:
    browser = client_for(request.getfixturevalue(who))
    assert "Switch the check off now" in browser.get(ADMIN).content.decode()

    browser.post(f"{ADMIN}switch/", {"to": "off"})

    assert not is_open(client)
    assert "It is switched off." in browser.get(ADMIN).content.decode()
    assert AuditEntry.objects.filter(action="changed", subject="check off").exists()
    browser.post(f"{ADMIN}switch/", {"to": "on"})
    assert is_open(client)


def test_other_servers_follow_within_five_seconds(practice: Practice, client: Client) -> None:
    """A switch on another server is a changed row; each process reads the rows again every SNAPSHOT_SECONDS."""
    Practice.objects.update(screener_on=False)
    assert is_open(client)

    snapshot.refresh()

    assert not is_open(client)
    default = re.search(
        r'"SNAPSHOT_SECONDS", (\d+)', (ROOT / "clinic" / "settings.py").read_text(encoding="utf-8")
    )
    assert default
    assert int(default[1]) <= 5

"""The main job: a patient reads, checks and sends a request on a phone; the front desk sees it."""

from collections.abc import Callable

import pytest

from booking.models import ConsultationRequest
from clinic.staff import StaffMember
from tests.browser.visitor import Visitor, walk

PASSWORD = "a long password for a test"
# A typical story with one point that needs a check: she takes a blood thinner.
REVIEW_STORY: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
    ("emerg", {"emerg": ("none",)}),
    ("today", {"today": ("none",)}),
    ("age", {"age": ("50_plus",)}),
    ("where", {"where": ("back", "leg_both"), "feel": ("ache",)}),
    ("worse", {"worse": ("stand", "walk")}),
    ("relief", {"relief": ("sit", "bend")}),
    ("duration", {"dur": ("over_6m",), "effect": ("a_lot",)}),
    ("weakness", {"weaker": ("no",), "balance": ("no",)}),
    ("diagnosis", {"dx": ("yes",)}),
    ("scan", {"scan": ("recent",)}),
    ("report", {"scan_says": ("ligament",)}),
    ("care", {"care": ("not_enough",), "care_kinds": ("therapy",)}),
    ("surgery", {"surg": ("none",)}),
    ("told", {"told": ("none",)}),
    ("before", {"before": ("thinner",)}),
)
LANGUAGES = {
    "en": {"prefix": "", "who": "/mild/who-it-may-help/"},
    "es": {"prefix": "/es", "who": "/es/mild/a-quien-puede-ayudar/"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_patient_asks_for_a_consultation_and_the_desk_sees_it(
    visitor: Visitor, language: str, new_visitor: Callable[..., Visitor], dana: StaffMember
) -> None:
    prefix = LANGUAGES[language]["prefix"]

    reads_about_it(visitor, prefix, LANGUAGES[language]["who"])
    answers_the_check(visitor, prefix)
    reference = sends_a_request(visitor, prefix)

    asked = ConsultationRequest.objects.get()
    assert asked.reference == reference
    assert asked.language == language
    dana.set_password(PASSWORD)
    dana.save()
    the_desk_sees_it(new_visitor(javascript=visitor.javascript), reference)


def reads_about_it(visitor: Visitor, prefix: str, who: str) -> None:
    visitor.open(f"{prefix}/")
    visitor.look()
    visitor.follow(who)
    visitor.look()
    assert visitor.page.locator("html").get_attribute("lang") == (prefix.strip("/") or "en")
    visitor.follow(f"{prefix}/check/")


def answers_the_check(visitor: Visitor, prefix: str) -> None:
    visitor.look()
    visitor.click(visitor.main.locator('button[name="who"][value="self"]'))
    assert visitor.path == f"{prefix}/check/emerg/"
    walk(visitor, REVIEW_STORY)
    assert visitor.path == f"{prefix}/check/answers/"
    visitor.look()
    visitor.click(visitor.main.locator(f'[href="{prefix}/check/result/"]').first)
    assert visitor.outcome == "REVIEW"
    visitor.look()


def sends_a_request(visitor: Visitor, prefix: str) -> str:
    visitor.follow(f"{prefix}/book/")
    visitor.look()
    visitor.send(field="patient_kind")
    assert visitor.status == 422
    assert visitor.step == "request"
    every_error_is_tied_to_its_field(visitor)
    visitor.look()
    visitor.choose("patient_kind", "new")
    visitor.choose("for_whom", "self")
    visitor.type("name", "Pat Example")
    visitor.type("phone", "512 555 0144")
    visitor.choose("contact_by", "call")
    visitor.choose("share_answers", "on")
    visitor.choose("agree", "on")
    visitor.send(field="patient_kind")
    assert visitor.step == "review"
    visitor.sees("Pat Example", "(512) 555-0144")
    visitor.look()
    visitor.click(visitor.main.locator(f'form[action="{prefix}/book/send/"] button'))
    assert visitor.path == f"{prefix}/book/sent/"
    visitor.look()
    return visitor.main.get_attribute("data-reference") or ""


def every_error_is_tied_to_its_field(visitor: Visitor) -> None:
    """axe does not miss a fieldset, a legend or a description; so they are asked for here."""
    summary = visitor.page.locator(".error-summary")
    links = [link.get_attribute("href") or "" for link in summary.locator("a").all()]
    assert links
    for link in links:
        control = visitor.page.locator(f"[id='{link.removeprefix('#')}']")
        assert control.count() == 1, link
        kind = control.get_attribute("type")
        if kind in ("radio", "checkbox") and control.locator("xpath=ancestor::fieldset").count():
            group = control.locator("xpath=ancestor::fieldset[1]")
            assert group.locator("legend").count() == 1
        else:
            group = control
            assert visitor.page.locator(f"label[for='{link.removeprefix('#')}']").count() == 1
            assert control.get_attribute("aria-invalid") == "true"
        described = (group.get_attribute("aria-describedby") or "").split()
        errors = [each for each in described if each.endswith("_error")]
        assert errors, link
        for each in errors:
            assert visitor.page.locator(f"[id='{each}']").inner_text().strip()


def the_desk_sees_it(dana: Visitor, reference: str) -> None:
    dana.open("/desk/")
    assert dana.path == "/staff/sign-in/"
    dana.look()
    dana.type("username", "dana")
    dana.type("password", PASSWORD)
    dana.send(field="password")
    assert dana.path == "/desk/"
    dana.look()
    dana.sees("Pat Example", reference)
    dana.click(dana.main.locator(".queue h2 a", has_text="Pat Example"))
    dana.sees("(512) 555-0144", reference)
    dana.look()
    dana.type("note", "Her son picked up.")
    dana.click(dana.main.get_by_role("button", name="Left a message"))
    dana.sees("Left a message.", "Her son picked up.")
    dana.look()
    assert ConsultationRequest.objects.get().status == "tried"

"""Sending in a real browser: Back, reload, a double click, two tabs and a lost connection all end at one confirmation."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings

from booking.models import ConsultationRequest
from clinic.limits import TokenBucket
from tests.browser.visitor import Visitor

New = Callable[..., Visitor]
SEND = 'form[action="/book/send/"] button'


def comes_to_the_review(visitor: Visitor) -> None:
    visitor.open("/book/")
    for name, value in {
        "patient_kind": "new",
        "for_whom": "self",
        "contact_by": "call",
        "agree": "on",
    }.items():
        visitor.choose(name, value)
    visitor.type("name", "Pat Example")
    visitor.type("phone", "512 555 0144")
    visitor.send(field="patient_kind")
    assert visitor.step == "review"


def sends(visitor: Visitor) -> str:
    visitor.main.locator(SEND).click()
    return confirmed(visitor.page)


def confirmed(page: Page) -> str:
    """The reference on the confirmation, once that is there."""
    main = page.locator("main[data-reference]")
    main.wait_for()
    return main.get_attribute("data-reference") or ""


def test_back_after_sending_leads_to_the_confirmation(visitor: Visitor) -> None:
    comes_to_the_review(visitor)
    reference = sends(visitor)
    visitor.reload()
    assert confirmed(visitor.page) == reference

    if visitor.javascript:
        visitor.back()
        assert visitor.step == "request"
    else:
        # The review was the answer to a form, and nobody keeps it: Chromium asks whether to send that form again.
        with pytest.raises(BrowserError, match="ERR_CACHE_MISS"):
            visitor.back()
        visitor.reload()
        assert visitor.step == "review"
        visitor.sees("You have sent this request already.")
        visitor.look()
        assert sends(visitor) == reference
        visitor.open("/book/")

    visitor.sees("A request was sent from this browser in the last day.")
    visitor.look()
    visitor.follow("/book/sent/")
    assert confirmed(visitor.page) == reference
    assert ConsultationRequest.objects.get().reference == reference


def test_a_double_click_sends_once(visitor: Visitor) -> None:
    comes_to_the_review(visitor)

    visitor.main.locator(SEND).dblclick(no_wait_after=True)

    assert confirmed(visitor.page) == ConsultationRequest.objects.get().reference


def test_the_same_review_in_two_tabs_is_sent_once(new_visitor: New) -> None:
    visitor = new_visitor()
    comes_to_the_review(visitor)
    sealed = visitor.main.locator('form[action="/book/send/"] input[name="request"]').input_value()
    reference = sends(visitor)

    other = visitor.page.context.new_page()
    other.goto(visitor.site + "/book/")
    other.evaluate(
        """request => {
            const form = document.querySelector('main form');
            form.action = '/book/send/';
            form.append(Object.assign(document.createElement('input'), {type: 'hidden', name: 'request', value: request}));
            form.submit();
        }""",
        sealed,
    )

    assert confirmed(other) == reference
    assert ConsultationRequest.objects.count() == 1


def test_no_connection_loses_nothing_and_a_retry_sends(new_visitor: New) -> None:
    visitor = new_visitor()
    comes_to_the_review(visitor)

    visitor.page.route("**/book/send/", lambda route: route.abort("internetdisconnected"))
    visitor.main.locator(SEND).click()
    expect(visitor.main.locator("[data-lost]")).to_be_visible()
    visitor.sees("Your request did not get through.", "Pat Example")
    assert visitor.page.evaluate("document.activeElement.hasAttribute('data-lost')")
    visitor.look()
    assert not ConsultationRequest.objects.exists()

    visitor.page.unroute("**/book/send/")
    assert sends(visitor) == ConsultationRequest.objects.get().reference
    visitor.forgive("ERR_INTERNET_DISCONNECTED")


def test_an_answer_lost_on_the_way_and_a_retry_end_at_the_one_confirmation(new_visitor: New) -> None:
    visitor = new_visitor()
    comes_to_the_review(visitor)

    def reaches_the_server_alone(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    visitor.page.route("**/book/send/", reaches_the_server_alone)
    visitor.main.locator(SEND).click()
    expect(visitor.main.locator("[data-lost]")).to_be_visible()
    assert ConsultationRequest.objects.count() == 1

    visitor.page.unroute("**/book/send/")
    assert sends(visitor) == ConsultationRequest.objects.get().reference
    visitor.forgive("ERR_CONNECTION_RESET")


def test_a_lost_answer_without_scripts_is_sent_again_by_a_reload(new_visitor: New) -> None:
    visitor = new_visitor(javascript=False)
    comes_to_the_review(visitor)

    def reaches_the_server_alone(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    visitor.page.route("**/book/send/", reaches_the_server_alone)
    with visitor.page.expect_event("requestfailed"):
        visitor.main.locator(SEND).click(no_wait_after=True)
    assert ConsultationRequest.objects.count() == 1
    visitor.page.unroute("**/book/send/")

    visitor.page.reload()

    assert confirmed(visitor.page) == ConsultationRequest.objects.get().reference


def test_too_many_at_once_says_so_and_sends_later(new_visitor: New, settings: Settings) -> None:
    visitor = new_visitor()
    comes_to_the_review(visitor)
    settings.BOOKING_LIMIT_GLOBAL = 0

    visitor.click(visitor.main.locator(SEND))
    assert visitor.main.get_attribute("data-status") == "429"
    visitor.sees("Pat Example")
    visitor.look()

    settings.BOOKING_LIMIT_GLOBAL = 600
    TokenBucket.objects.all().delete()
    assert sends(visitor) == ConsultationRequest.objects.get().reference
    visitor.forgive("429 for")

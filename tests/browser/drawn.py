"""Draws what the server answers in some state, also where only a POST or a fault leads there."""

from typing import Any

from django.test import override_settings
from playwright.sync_api import Route

from tests.booking.states import shown
from tests.browser.visitor import Visitor


def draws(visitor: Visitor, name: str, prefix: str) -> None:
    with override_settings(ALLOWED_HOSTS=["*"]):
        answer = shown(name, prefix)
    draws_answer(visitor, name, prefix, answer)


def draws_answer(visitor: Visitor, name: str, prefix: str, answer: Any) -> None:
    """The page has the styles and scripts of the running site; only its own text comes from here."""
    address = f"{visitor.site}{prefix}/drawn/{name.replace(' ', '-').replace(':', '').replace('?', '')}/"

    def fulfil(route: Route) -> None:
        headers = {key: value for key, value in answer.headers.items() if key != "Content-Length"}
        route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

    visitor.page.route(address, fulfil)
    if answer.status_code < 500:
        visitor.page.goto(address)
    else:
        # Chromium says so in its console, rightly.
        with visitor.page.expect_console_message(lambda message: str(answer.status_code) in message.text):
            visitor.page.goto(address)
        visitor.forgive(f"status of {answer.status_code}")
    visitor.page.unroute(address)

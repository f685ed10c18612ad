"""One person at a browser, who notices on the way whatever no page of ours may have."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request, Response, ViewportSize

from tests.browser.markup import Markup

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=720)
DESKTOP = ViewportSize(width=1280, height=900)
MOST_LOOKS = 40


class Visitor:
    """`look` is to be called on every page and state that is met."""

    def __init__(self, page: Page, site: str, markup: Markup, *, javascript: bool) -> None:
        self.page = page
        self.site = site
        self.markup = markup
        self.javascript = javascript
        self.faults: list[str] = []
        self.document: Response | None = None
        page.on("request", self._notice_request)
        page.on("response", self._notice_response)
        page.on("console", self._notice_console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def _notice_request(self, request: Request) -> None:
        if not request.url.startswith(self.site + "/"):
            self.faults.append(f"asked another host: {request.url}")

    def _notice_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            # What a frame inside the page loads is looked at by itself.
            if response.frame.parent_frame is not None:
                return
            self.document = response
        elif response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def _notice_console(self, message: ConsoleMessage) -> None:
        # Chromium also reports each page that answers 4xx, as a form with errors does.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def forgive(self, words: str) -> None:
        """What this test has broken on purpose is no fault; it must have been noticed."""
        assert [fault for fault in self.faults if words in fault]
        self.faults = [fault for fault in self.faults if words not in fault]

    # Moving about

    @contextmanager
    def arrives(self) -> Iterator[None]:
        """What is done inside leads to a page; goes on once it is there whole, with styles and scripts.

        Without that, the next look or click could still meet the page before, or one that is being swapped.
        """
        with self.page.expect_navigation() as arrival:
            yield
        self.document = arrival.value or self.document

    def open(self, path: str) -> None:
        self.page.goto(self.site + path)

    def click(self, leads_on: Locator) -> None:
        """Uses a link or a button that leads to a page."""
        with self.arrives():
            leads_on.click()

    def follow(self, href: str) -> None:
        """Uses a link to this address in the main part of the page."""
        self.click(self.main.locator(f'a[href="{href}"]').first)

    def back(self) -> None:
        """Uses the back button. Playwright's own asks for the history of a page that Chromium may just be swapping."""
        with self.arrives():
            self.page.evaluate("history.back()")

    def reload(self) -> None:
        """Uses the reload button, as soon as Chromium has swapped in the page that is to be loaded again."""
        for _look in range(MOST_LOOKS):
            try:
                with self.arrives():
                    self.page.reload()
                return
            except Error as fault:
                if "Not attached to an active page" not in fault.message:
                    raise
                self.page.wait_for_timeout(250)
        raise TimeoutError("Chromium went on swapping pages.")

    def choose(self, name: str, *values: str) -> None:
        for value in values:
            self.main.locator(f'input[name="{name}"][value="{value}"]').check()

    def type(self, name: str, text: str) -> None:
        self.main.locator(f'[name="{name}"]').fill(text)

    def send(self, *, field: str) -> None:
        """Uses the button of the form that holds this field."""
        self.click(self.main.locator(f'form:has([name="{field}"])').locator("button:not([name])").last)

    # Looking

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def step(self) -> str | None:
        return self.main.get_attribute("data-step")

    @property
    def outcome(self) -> str | None:
        return self.main.get_attribute("data-outcome")

    @property
    def status(self) -> int:
        return self.document.status if self.document else 0

    def look(self, *, markup: bool = True) -> None:
        """Valid markup, no fault that axe knows, and no sideways scrolling at 320 and 1280 pixels.

        The markup of Django's own lists and forms is Django's.
        """
        assert self.document is not None
        if markup:
            self.markup.add(self.document)
        if not self.javascript:
            # The same page was looked at with scripts on; axe is a script itself.
            return
        for size in (DESKTOP, NARROW):
            self.page.set_viewport_size(size)
            found = Axe().run(self.page)
            assert found.violations_count == 0, f"{self.path} at {size['width']}: {found.generate_report()}"
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{self.path} is {wide} pixels wide at {size['width']}"
        self.page.set_viewport_size(PHONE)

    def sees(self, *texts: str) -> None:
        words = self.main.inner_text()
        assert [text for text in texts if text not in words] == [], words


def walk(
    visitor: Visitor, steps: Iterable[tuple[str, dict[str, tuple[str, ...]]]], *, look: bool = True
) -> None:
    """Answers the steps one after the other, each on the page that carries its name."""
    for name, answers in steps:
        assert visitor.step == name
        if look:
            visitor.look()
        for key, values in answers.items():
            visitor.choose(key, *values)
        visitor.send(field=next(iter(answers)))

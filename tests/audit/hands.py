"""Two ways to use a page of the desk: by keyboard alone, and with a thumb on a screen 320 pixels wide."""

from abc import ABC, abstractmethod
from datetime import datetime

from tests.browser.test_desk_words import enter, tab_to
from tests.browser.visitor import DESKTOP, NARROW, Visitor

CHROMIUMS_DAY, CHROMIUMS_TIME = "%m%d%Y", "%I%M%p"


class Hands(ABC):
    size = DESKTOP

    def __init__(self, person: Visitor) -> None:
        self.person = person
        person.page.set_viewport_size(self.size)

    def look(self) -> None:
        self.person.look()
        self.person.page.set_viewport_size(self.size)

    @abstractmethod
    def press(self, selector: str) -> None:
        """Uses what leads to another page."""

    @abstractmethod
    def unfold(self, inside: str) -> None:
        """Opens the fold in which this stands."""

    @abstractmethod
    def write(self, selector: str, text: str) -> None: ...

    @abstractmethod
    def pick(self, selector: str, words: str) -> None:
        """Chooses from a list."""

    @abstractmethod
    def set_moment(self, moment: datetime) -> None:
        """Fills in a day and a time."""


class Keyboard(Hands):
    def press(self, selector: str) -> None:
        enter(self.person, selector)

    def unfold(self, inside: str) -> None:
        tab_to(self.person, f"details:has({inside}) > summary")
        self.person.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        tab_to(self.person, selector)
        self.person.page.keyboard.press("Control+A")
        self.person.page.keyboard.type(text)

    def pick(self, selector: str, words: str) -> None:
        tab_to(self.person, selector)
        self.person.page.keyboard.type(words)

    def set_moment(self, moment: datetime) -> None:
        for selector, written in (("#id_day", CHROMIUMS_DAY), ("#id_at", CHROMIUMS_TIME)):
            tab_to(self.person, selector)
            self.person.page.keyboard.type(f"{moment:{written}}")


class Thumb(Hands):
    size = NARROW

    def press(self, selector: str) -> None:
        self.person.click(self.person.main.locator(selector).first)

    def unfold(self, inside: str) -> None:
        self.person.main.locator(f"details:has({inside}) > summary").click()

    def write(self, selector: str, text: str) -> None:
        self.person.main.locator(selector).fill(text)

    def pick(self, selector: str, words: str) -> None:
        self.person.main.locator(selector).select_option(label=words)

    def set_moment(self, moment: datetime) -> None:
        self.write("#id_day", f"{moment:%Y-%m-%d}")
        self.write("#id_at", f"{moment:%H:%M}")

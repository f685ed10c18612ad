"""A line on the terminal that says how far something long has come, and how long it may still take."""

import time

from django.core.management.base import OutputWrapper

WIDTH = 30


class Progress:
    """Call `tell` as often as you like; the line is written over itself."""

    def __init__(self, terminal: OutputWrapper, what: str) -> None:
        self.terminal, self.what, self.began = terminal, what, time.monotonic()

    def tell(self, done: int, of: int) -> None:
        full = WIDTH * done // of
        left = (time.monotonic() - self.began) * (of - done) / done
        bar = "#" * full + "." * (WIDTH - full)
        line = f"\r{self.what} [{bar}] {done:,} of {of:,}, {left:,.0f} s left "
        self.terminal.write(line, str, ending="\n" if done >= of else "")
        self.terminal.flush()

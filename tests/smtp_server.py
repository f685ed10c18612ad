"""A little mail server on this machine, as well or as badly behaved as a test wants it."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum


class Manner(Enum):
    TAKES = "takes every mail"
    BUSY = "says that it is busy"
    HANGS_UP = "hangs up at once"
    NO_SENDER = "refuses the sender"
    NO_SUCH_PERSON = "does not know the address"
    NO_ROOM = "refuses the mail after it was written"
    SILENT = "never says a word"
    TAKES_AND_HANGS_UP = "takes the mail and hangs up without a word"
    TAKES_AND_IS_SILENT = "takes the mail and never says so"


@dataclass(frozen=True)
class Taken:
    """One mail as it came in."""

    to: str
    raw: str

    @property
    def message_id(self) -> str:
        found = re.search(r"^Message-ID:\s*(<[^>]+>)", self.raw, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""


class _Talk(socketserver.StreamRequestHandler):
    server: "MailServer"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def heard(self) -> str:
        return self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n")

    def wait_for_the_end(self) -> None:
        self.server.silent.release()
        self.server.over.wait()

    def handle(self) -> None:
        try:
            self._talk(self.server.next_manner())
        except OSError:
            # The sender went away, or was killed.
            return

    def _talk(self, manner: Manner) -> None:
        if manner is Manner.SILENT:
            return self.wait_for_the_end()
        if manner is Manner.HANGS_UP:
            return None
        self.say("421 come back later" if manner is Manner.BUSY else "220 ready")
        to = ""
        while line := self.heard():
            word = line[:4].upper()
            if word == "QUIT":
                return self.say("221 bye")
            if word == "MAIL" and manner is Manner.NO_SENDER:
                self.say("550 not from you")
            elif word == "RCPT" and manner is Manner.NO_SUCH_PERSON:
                self.say("550 nobody of that name")
            elif word == "DATA":
                self.say("354 go on")
                if not self._mail(to, manner):
                    return None
            else:
                to = line if word == "RCPT" else to
                self.say("250 ok")
        return None

    def _mail(self, to: str, manner: Manner) -> bool:
        """False when that was all that we said."""
        lines = []
        while (line := self.heard()) != ".":
            lines.append(line)
        if manner is Manner.NO_ROOM:
            self.say("452 no room")
            return True
        self.server.take(Taken(to=to.partition("<")[2].partition(">")[0], raw="\n".join(lines)))
        if manner is Manner.TAKES_AND_HANGS_UP:
            return False
        if manner is Manner.TAKES_AND_IS_SILENT:
            self.wait_for_the_end()
            return False
        self.say("250 taken")
        return True


class MailServer(socketserver.ThreadingTCPServer):
    """`manner` may change at any time; `then` after so many talks as `turns_after` says; Django sends a mail in each."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, manner: Manner) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.manner = manner
        self.taken: list[Taken] = []
        self.talks = 0
        self.turns_after, self.then = 0, manner
        # Released once for each sender that waits for us in vain.
        self.silent = threading.Semaphore(0)
        self.over = threading.Event()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def next_manner(self) -> Manner:
        """How to treat who calls now. Counted when a talk begins: several go on at once, and each keeps its manner."""
        with self._lock:
            self.talks += 1
            if self.turns_after and self.talks > self.turns_after:
                self.manner = self.then
            return self.manner

    def take(self, mail: Taken) -> None:
        with self._lock:
            self.taken.append(mail)


@contextmanager
def mail_server(manner: Manner = Manner.TAKES) -> Iterator[MailServer]:
    """Listens until the end of the block."""
    with MailServer(manner) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()

"""Log lines without anything a patient wrote: the kind of an exception and where it arose, never its message or values."""

import logging
import re
import traceback
from copy import copy
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# The token of a status page or of a new password is a key; the answers of a wrong address may be anybody's words.
SECRET_PARTS = re.compile(r"(/r/)[^/\s]+|(/staff/password/)[^/\s]+/[^/\s]+|\?\S*")


class PlainFormatter(logging.Formatter):
    """time level logger message, with addresses cut at the question mark."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # What strangers send is refused, not a fault of ours: one line, without its way through the program.
        if record.name.startswith("django.security"):
            record = copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
        return SECRET_PARTS.sub(lambda found: found.group(1) or found.group(2) or "", line)

    def formatException(self, ei: ExcInfo) -> str:
        kind, _value, trace = ei
        frames = traceback.format_list(traceback.extract_tb(trace)) if trace else []
        return "".join(frames) + (kind.__name__ if kind else "")

"""Log lines without anything a patient wrote: the kind of an exception and where it arose, never its message or values."""

import logging
import re
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# The token of a status page is a key; the answers of a wrong address may be anybody's words.
SECRET_PARTS = re.compile(r"(/r/)[^/\s]+|\?\S*")


class PlainFormatter(logging.Formatter):
    """time level logger message, with addresses cut at the question mark."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return SECRET_PARTS.sub(lambda found: found.group(1) or "", super().formatMessage(record))

    def formatException(self, ei: ExcInfo) -> str:
        kind, _value, trace = ei
        frames = traceback.format_list(traceback.extract_tb(trace)) if trace else []
        return "".join(frames) + (kind.__name__ if kind else "")

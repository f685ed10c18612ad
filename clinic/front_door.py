"""What nobody outside may choose: under which address the site hangs, and in which letters a form is read."""

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
CHARSET = re.compile(r""";\s*charset\*?\s*=\s*("[^"]*"|[^;]*)""", re.IGNORECASE)


def front_door(application: Application) -> Application:
    """Our pages are UTF-8 and stand at the root: what a request says about either is not read.

    Python knows codings that make no text ("zlib"), and a prefix from outside would stand in stored pages.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["SCRIPT_NAME"] = ""
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return guarded

"""Says, before the slow work begins, when the wanted port is no port or is in use."""

import errno
import socket
import sys


def main(wanted: str) -> str:
    """A sentence that says what to do; empty when all is well."""
    if not wanted.isdecimal() or not 1 <= int(wanted) <= 65535:
        return f"PORT must be a number from 1 to 65535, not {wanted!r}. Try: make run PORT=8001"
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", int(wanted)))
        except OSError as error:
            if error.errno == errno.EACCES:
                return f"Port {wanted} needs rights you do not have. Try: make run PORT=8001"
            another = int(wanted) + 1 if int(wanted) < 65535 else 8001
            return (
                f"Port {wanted} is in use, perhaps by this site in another window. "
                f"Stop that program, or try: make run PORT={another}"
            )
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) or 0)

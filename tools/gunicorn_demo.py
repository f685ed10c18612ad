"""How gunicorn serves the demo on this machine alone. Access logs stay off: addresses of pages are nobody's business."""

import os
import subprocess
import sys
from typing import Any

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
threads = 4
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


_sender: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    # The demo has no mail server: what patients and staff would get is printed here.
    _sender.append(subprocess.Popen([sys.executable, "manage.py", "send_messages", "--watch"]))
    print(f"\nThe site is at http://{bind}/ (staff: http://{bind}/staff/). Ctrl-C stops it.", flush=True)


def on_exit(server: Any) -> None:
    for process in _sender:
        process.terminate()
        process.wait(timeout=10)

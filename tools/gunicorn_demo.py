"""How gunicorn serves the demo on this machine alone. Access logs stay off: addresses of pages are nobody's business."""

import os
from typing import Any

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
threads = 4
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    print(f"\nThe site is at http://{bind}/ (staff: http://{bind}/staff/). Ctrl-C stops it.", flush=True)

#!/usr/bin/env bash
# Prints the path of a Python that is new enough, or says what to install.
set -euo pipefail
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit
    fi
done
cat >&2 <<'SAY'
This site needs Python 3.11 or newer, and none was found.
Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), then try again.
SAY
exit 1

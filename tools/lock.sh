#!/usr/bin/env bash
# Writes both requirements files anew, every package pinned with its hashes. Read the difference before committing it.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
compile() {
    .venv/bin/python -m uv pip compile pyproject.toml --quiet --generate-hashes --python-version 3.11 \
        --custom-compile-command "make lock" --upgrade "$@"
}
compile -o requirements.txt
compile --group dev -c requirements.txt -o requirements-dev.txt

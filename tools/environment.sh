#!/usr/bin/env bash
# Makes .venv and installs a requirements file into it, unless that was done before.
# Use: tools/environment.sh requirements.txt
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=$1
python=$(tools/python.sh)

say() { printf '%s\n' "$*" >&2; }

fingerprint() {
    "$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

# A folder that was half made, moved, or has lost its Python is made again.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    say "Making .venv with $("$python" --version)."
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        say "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv, then try again."
        exit 1
    fi
fi

# The stamp names every file that is installed in full: requirements-dev.txt holds all of requirements.txt.
stamp=.venv/installed
current=$(fingerprint "$wanted")
if grep -qs "^$current$" "$stamp"; then exit 0; fi

say "Installing the packages of $wanted. The first time takes a minute or two."
rm -f "$stamp"
if ! .venv/bin/python -m pip install -qq --disable-pip-version-check --retries 2 --require-hashes -r "$wanted"; then
    say "The packages of $wanted could not be installed; pip says above why."
    say "Without a network: connect once and try again. What is there already stays."
    exit 1
fi
{
    echo "$current"
    if [ "$wanted" = requirements-dev.txt ]; then fingerprint requirements.txt; fi
} > "$stamp"

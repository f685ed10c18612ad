#!/usr/bin/env bash
# Runs the whole suite: on SQLite with the journeys in a browser, then on PostgreSQL with those of two browsers at once.
# Fetches what it needs.
# What could not run is said in the last line; with CI=true that is a failure.
# Use: tools/test.sh            one process for each core
#      WORKERS=0 tools/test.sh  one alone, which a debugger may enter; or any other number
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
python=.venv/bin/python
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# Where we may, programs come from the system's own packages.
packages=$("$python" -m tests.browser.programs packages | xargs)
tools/with_postgres.sh --is-there 2>/dev/null || packages="$packages postgresql"
if [ -n "${packages# }" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing with apt: $packages"
    # shellcheck disable=SC2086 - one word, one package
    if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q $packages; } >"$logs/apt" 2>&1; then
        tail -n 3 "$logs/apt"
        echo "apt could not install them."
    fi
fi
if command -v npm >/dev/null && ! cmp -s package-lock.json node_modules/installed; then
    if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$logs/npm" 2>&1; then
        cp package-lock.json node_modules/installed
    else
        tail -n 3 "$logs/npm"
    fi
fi

not_run=()
while IFS= read -r line; do not_run+=("$line"); done < <("$python" -m tests.browser.programs missing)
failed=0

suite() { # name of the log, words for it, then the command
    local log="$logs/$1" words=$2
    shift 2
    printf '\n== %s\n' "$words"
    "$@" 2>&1 | tee "$log" || failed=1
    summaries+=("$words: $(grep -E '^=+ .* in [0-9.]+s' "$log" | tail -n 1 || true)")
}

tests=("$python" -m pytest -n "${WORKERS:-auto}" --maxschedchunk 4)
# The processes must meet the same order of a set, which differs from run to run.
export PYTHONHASHSEED=${PYTHONHASHSEED:-$RANDOM}

summaries=()
suite sqlite "SQLite, with the browser" "${tests[@]}"
if tools/with_postgres.sh --is-there 2>/dev/null; then
    suite postgresql "PostgreSQL, with two browsers at once" tools/with_postgres.sh "${tests[@]}" --only-with-database \
        -m "not own_server and (both_databases or not browser)"
else
    not_run+=("the suite on PostgreSQL (install postgresql)")
fi

printf '\n'
printf '%s\n' "${summaries[@]}"
if [ ${#not_run[@]} -gt 0 ]; then
    line=$(printf '; %s' "${not_run[@]}")
    echo "NOT RUN: ${line#; }."
    if [ "${CI:-}" = true ]; then failed=1; fi
fi
exit $failed

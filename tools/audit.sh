#!/usr/bin/env bash
# What takes too long for every run. Every part runs, also after one has found something.
# What could not run is said in the last line, and is a failure.
# Use: tools/audit.sh                  all parts
#      tools/audit.sh mutants hostile  only these
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
python=.venv/bin/python
failed=0
not_run=$(mktemp)
trap 'rm -f "$not_run"' EXIT

# A new part is a function of its name, and its name in this list.
parts="mutants hostile pages lighthouse"

mutants() { "$python" -m tests.audit.mutants; }                                       # of the clinical judgement
hostile() { HOSTILE_TIMES=10 "$python" -m pytest tests/screener/test_hostile.py tests/booking/test_hostile.py -q; }  # input by the hundred thousand
pages() { # axe, the Nu checker, print
    if programs_are_there; then "$python" -m pytest tests/audit --ignore tests/audit/test_lighthouse.py -q; fi
}
lighthouse() {
    if ! npm_packages tests/audit; then
        echo "Lighthouse (install node and npm, and see above what npm says)" >> "$not_run"
    elif programs_are_there; then
        "$python" -m pytest tests/audit/test_lighthouse.py -q
    fi
}

programs_are_there() {
    local missing
    npm_packages . || true
    missing=$("$python" -m tests.browser.programs missing)
    if [ -z "$missing" ]; then return; fi
    printf '%s\n' "$missing" >> "$not_run"
    return 1
}

npm_packages() { # folder of a package-lock.json
    if cmp -s "$1/package-lock.json" "$1/node_modules/installed"; then return; fi
    (cd "$1" && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp "$1/package-lock.json" "$1/node_modules/installed"
}

for part in ${*:-$parts}; do
    case " $parts " in *" $part "*) ;; *) echo "There is no part $part; there are: $parts." >&2; exit 2 ;; esac
    printf '\n== %s\n' "$part"
    # Behind || or in an if, bash would go on after a command of the part that failed.
    set +e
    (set -e; "$part")
    code=$?
    set -e
    if [ $code != 0 ]; then failed=1; fi
done

if [ -s "$not_run" ]; then
    printf '\nNOT RUN: %s.\n' "$(sort -u "$not_run" | paste -sd ';' | sed 's/;/; /g')"
    failed=1
fi
exit $failed

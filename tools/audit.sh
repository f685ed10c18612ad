#!/usr/bin/env bash
# What takes too long for every run. Every part runs, also after one has found something.
# Use: tools/audit.sh                  all parts
#      tools/audit.sh mutants hostile  only these
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
python=.venv/bin/python
failed=0

# A new part is a function of its name, and its name in this list.
parts="mutants hostile pages"

mutants() { "$python" -m tests.audit.mutants; }                                       # of the clinical judgement
hostile() { HOSTILE_TIMES=10 "$python" -m pytest tests/screener/test_hostile.py tests/booking/test_hostile.py -q; }  # input by the hundred thousand
pages() { # axe, print, Lighthouse
    if command -v npm >/dev/null && [ ! -d tests/audit/node_modules ]; then
        (cd tests/audit && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    fi
    "$python" -m pytest tests/audit -q
}

for part in ${*:-$parts}; do
    case " $parts " in *" $part "*) ;; *) echo "There is no part $part; there are: $parts." >&2; exit 2 ;; esac
    printf '\n== %s\n' "$part"
    "$part" || failed=1
done
exit $failed

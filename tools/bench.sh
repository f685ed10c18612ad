#!/usr/bin/env bash
# Measures the desk with 1,000 and with 1,000,000 requests on a throwaway PostgreSQL, beside Django's own admin list.
# Use: tools/bench.sh            prints the table; fails when a limit is broken
#      tools/bench.sh --write    writes it into docs/performance.md too
#      BENCH_REQUESTS=100000 BENCH_ROUNDS=11 tools/bench.sh    for a quick look
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
exec tools/with_postgres.sh .venv/bin/python -m tests.bench "$@"

#!/usr/bin/env bash
# Looks over everything that needs no running site. Every step runs, also after one has found something.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
python=.venv/bin/python
failed=0

step() { # words, then the command
    local words=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf 'ok      %s\n' "$words"
    else
        failed=1
        printf '%s\n\nFAULT   %s\n\n' "$output" "$words"
    fi
}

# Secrets of a live site are long and random; these open nothing.
as_live() {
    local secret
    secret=$("$python" -c 'import secrets; print(secrets.token_urlsafe(48))')
    env SITE_MODE=live SITE_SECURE=True SITE_URL=https://clinic.example.com ALLOWED_HOSTS=clinic.example.com \
        SECRET_KEY="$secret" ENCRYPTION_KEYS="$secret" LOOKUP_KEY="$secret" "$@"
}

step "formatting" "$python" -m ruff format --check .
step "lint" "$python" -m ruff check .
step "types" as_live "$python" -m mypy
step "templates" "$python" -m djlint templates --lint --quiet
step "migrations" "$python" manage.py makemigrations --check --dry-run --settings tests.settings
step "content" "$python" manage.py check_content --settings tests.settings
step "security settings of a live site" as_live "$python" manage.py check --deploy --fail-level WARNING
exit $failed

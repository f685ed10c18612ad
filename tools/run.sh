#!/usr/bin/env bash
# Starts the demo site from whatever state this folder is in.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT=${PORT:-8000}

some_python=$(tools/python.sh)
"$some_python" tools/port_is_free.py "$PORT"
tools/environment.sh requirements.txt
"$some_python" tools/make_env.py
if ! grep -qs '^SITE_URL=' .env; then export SITE_URL=${SITE_URL:-http://127.0.0.1:$PORT}; fi
# Requests of patients stand here; nobody else on this machine may read them.
mkdir -p -m 700 "${VAR_DIR:-var}"

python=.venv/bin/python
"$python" manage.py migrate --verbosity 0
"$python" manage.py build_static
"$python" manage.py demo
exec "$python" -m gunicorn --config tools/gunicorn_demo.py clinic.wsgi:application

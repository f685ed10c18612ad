#!/usr/bin/env bash
# Runs a command beside a throwaway PostgreSQL that only this user reaches, and removes it afterwards.
# Use: tools/with_postgres.sh python -m pytest
set -euo pipefail

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ] && command -v initdb >/dev/null; then programs=$(dirname "$(command -v initdb)"); fi
if [ -z "$programs" ]; then
    echo "PostgreSQL is not installed (Debian, Ubuntu: apt install postgresql)." >&2
    exit 3
fi
if [ "${1:-}" = --is-there ]; then exit 0; fi

# A short path, since a socket's name has at most 107 characters; new each time, so nothing stale is in the way.
home=$(mktemp -d /tmp/clinic-pg.XXXXXX)
as_server() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root; the tests stay root.
    chown postgres "$home"
    as_server() { runuser -u postgres -- "$@"; }
fi
stop() {
    as_server "$programs/pg_ctl" -D "$home/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Started in its own folder, since the server's user may not enter ours. It listens on a socket in a closed folder,
# and need not survive a power cut.
(
    cd "$home"
    as_server "$programs/initdb" -D "$home/data" -U clinic -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    as_server "$programs/pg_ctl" -D "$home/data" -s -w -l "$home/log" -o "-k $home -c listen_addresses='' \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start
) || { cat "$home/log" >&2 2>/dev/null; exit 1; }

DATABASE_URL="postgres://clinic@/postgres?host=$home" "$@"

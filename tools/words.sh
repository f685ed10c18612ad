#!/usr/bin/env bash
# Collects the interface's words into clinic/locale/es and compiles what is translated there. Needs Debian's gettext.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/environment.sh requirements-dev.txt
command -v msgfmt >/dev/null || { echo "Install gettext first: apt-get install gettext"; exit 1; }
mkdir -p clinic/locale
.venv/bin/python manage.py makemessages --settings tests.settings --locale es --no-location --no-obsolete \
    --no-wrap --verbosity 0 --extension html,py,txt --ignore .venv --ignore node_modules --ignore tests --ignore var --ignore staticfiles
.venv/bin/python manage.py compilemessages --settings tests.settings --locale es --ignore .venv --ignore node_modules --verbosity 0
waiting=$(msgattrib --untranslated --no-obsolete clinic/locale/es/LC_MESSAGES/django.po | grep -c '^msgid' || true)
fuzzy=$(msgattrib --only-fuzzy --no-obsolete clinic/locale/es/LC_MESSAGES/django.po | grep -c '^msgid' || true)
echo "Untranslated: $waiting. To be looked at again: $fuzzy. The file: clinic/locale/es/LC_MESSAGES/django.po"

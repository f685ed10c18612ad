"""Settings of the tests: the demo, with secrets of its own, a folder that vanishes, and nothing from a developer's .env."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Put into the environment before clinic.settings reads it: values that stand there win over .env.
_folder = tempfile.mkdtemp(prefix="clinic-tests-")
(Path(_folder) / "static").mkdir()
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(
    SITE_MODE="demo",
    SITE_SECURE="False",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    SECURITY_CONTACT="mailto:security@example.com",
    SECRET_KEY="a key for tests alone",
    ENCRYPTION_KEYS="an encryption key for tests alone",
    LOOKUP_KEY="a look-up key for tests alone",
    VAR_DIR=_folder,
    STATIC_ROOT=str(Path(_folder) / "static"),
    SNAPSHOT_SECONDS="0",
    BOOKING_MINIMUM_SECONDS="0",
    BOOKING_LIMIT_PER_ADDRESS="20",
    BOOKING_LIMIT_GLOBAL="600",
    TRUSTED_PROXIES="0",
)
# Only a database that the caller names is used; tools/with_postgres.sh does so.
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder}/clinic.sqlite3")

from clinic.settings import *  # noqa: E402, F403 - the environment must be ready first
from clinic.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that a browser's requests run beside the test as they do on a server; nobody cuts the power here.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

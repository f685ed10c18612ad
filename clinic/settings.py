"""All settings of the site, for every mode. Values come from the environment or from .env; see .env.example."""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from clinic import environment

django_stubs_ext.monkeypatch()
BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

# Mode: demo shows made-up people; staging is the clinic's own rehearsal; live refuses whatever is not ready.
MODE = environment.choice("SITE_MODE", ("demo", "staging", "live"))
SECURE = environment.flag("SITE_SECURE", default=MODE != "demo")
SITE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEBUG = False
SECURITY_CONTACT = environment.text("SECURITY_CONTACT", "mailto:security@example.com")
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))

# Secrets. Each is used for one purpose, so that each can be changed without the others.
SECRET_KEY = environment.text("SECRET_KEY")
ENCRYPTION_KEYS = environment.listing("ENCRYPTION_KEYS")
LOOKUP_KEY = environment.text("LOOKUP_KEY")
if not ENCRYPTION_KEYS:
    raise ImproperlyConfigured("ENCRYPTION_KEYS is empty. " + environment.WHERE_TO_LOOK)
if MODE == "live" and min(map(len, (SECRET_KEY, LOOKUP_KEY, *ENCRYPTION_KEYS))) < 40:
    raise ImproperlyConfigured("SECRET_KEY, LOOKUP_KEY or ENCRYPTION_KEYS is too short for a live site.")

ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []

INSTALLED_APPS = [
    "clinic",
    "content",
    "screener",
    "booking",
    "clinic.apps.ClinicAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.language.LanguageOfTheAddress",
    "clinic.zone.ClinicTime",
    "clinic.errors.PagesForWrongMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context.house",
                "content.context.menus",
                "screener.context.check",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("clinic",)
CRISPY_TEMPLATE_PACK = "clinic"

# Database: SQLite in one file, or PostgreSQL when DATABASE_URL names it.
DATABASES = {"default": environ.Env().db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'clinic.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        # FULL: a request that was acknowledged survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    patience = environment.number("DATABASE_SECONDS", 0)
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "connect_timeout": 3,
        # In milliseconds; 0 waits for ever. A server that froze or was cut off is given up as well.
        "options": f"-c lock_timeout={patience * 1000} -c statement_timeout={patience * 1000}",
        "tcp_user_timeout": patience * 1000,
    }
SNAPSHOT_SECONDS = environment.number("SNAPSHOT_SECONDS", 2)
if SNAPSHOT_SECONDS > 4 or (MODE != "demo" and not SNAPSHOT_SECONDS):
    raise ImproperlyConfigured(
        "SNAPSHOT_SECONDS must be 1 to 4: a change shows everywhere within five seconds."
    )

# Staff accounts.
AUTH_USER_MODEL = "clinic.StaffMember"
LOGIN_URL = "staff:sign_in"
LOGIN_REDIRECT_URL = "staff:home"
LOGOUT_REDIRECT_URL = "staff:sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGN_IN_TRIES_PER_HOUR = 20
# Longer than a mail server is usually away.
PASSWORD_RESET_TIMEOUT = 3 * 60 * 60
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Requests for a consultation.
BOOKING_MINIMUM_SECONDS = environment.number("BOOKING_MINIMUM_SECONDS", 0 if MODE == "demo" else 4)
BOOKING_LIMIT_PER_ADDRESS = environment.number("BOOKING_LIMIT_PER_ADDRESS", 20)
BOOKING_LIMIT_GLOBAL = environment.number("BOOKING_LIMIT_GLOBAL", 600)
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)

# What a browser may do with our pages: talk to us alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = COOKIE_PREFIX + "session"
CSRF_COOKIE_NAME = COOKIE_PREFIX + "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A slow writer is not thrown out: the token outlives a day's pause.
CSRF_COOKIE_AGE = 60 * 60 * 24 * 7
CSRF_FAILURE_VIEW = "clinic.errors.csrf_failure"
if SECURE:
    SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# The longest honest form is under 20 KB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 0

# Languages come from the address alone; there is no LocaleMiddleware, which would add Vary to every page.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "clinic" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: hashed names, compressed, for ever.
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clinic.static_files.HashedFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Logs hold what happened and ids, never what a patient wrote: no request bodies, no query strings, no local variables.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "clinic.logs.PlainFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Wrong addresses and hosts are whatever a stranger typed: counted by the proxy, not logged here.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "clinic": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}

# Mail: the console in the demo, the clinic's own mail server elsewhere. A server that hangs is given up soon.
MAIL_FROM = environment.text("MAIL_FROM", "Example Spine Clinic <no-reply@example.com>")
MAIL_STAFF = environment.listing("MAIL_STAFF", "desk@example.com" if MODE == "demo" else "")
EMAIL_CONFIG = environ.Env().email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = environment.number("EMAIL_TIMEOUT", 20)

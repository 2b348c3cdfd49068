"""Django settings of one company, made from its home. Read only by desk, answers, jobs, web and api.

Secrets come from the environment or from files of the home that their owner alone may read, never from relevo.toml.
The home comes from `RELEVO_HOME` (else `./relevo-home`); importing this module writes nothing. The secret key is read
from the home, where `relevo.desk.ready.prepare` creates it; without one a key for this process alone is used.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from relevo.base.config import find_home
from relevo.base.desk_address import DeskAddress

_HOME = find_home(None)
RELEVO_HOME: Path = _HOME.path
_KEY_FILE = RELEVO_HOME / "secret.key"


def _secret_key() -> str:
    """The key of this home, else one that lasts as long as the process."""
    return _KEY_FILE.read_text("ascii").strip() if _KEY_FILE.exists() else secrets.token_urlsafe(48)


def _secret(name: str, file: str) -> str:
    """A secret of the environment, else of a file in the home; '' where there is neither."""
    kept = RELEVO_HOME / file
    return os.environ.get(name, "") or (kept.read_text("utf-8").strip() if kept.is_file() else "")


def _number(name: str, default: int) -> int:
    """A whole number of the environment; what is none counts as absent."""
    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else default


def _words(name: str, default: str) -> list[str]:
    """A comma-separated setting of the environment."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = _words("RELEVO_HOSTS", "localhost,127.0.0.1,[::1]")
# Behind a proxy that speaks TLS: RELEVO_ORIGINS=https://relevo.example.com also makes cookies travel by TLS only.
CSRF_TRUSTED_ORIGINS = _words("RELEVO_ORIGINS", "")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(CSRF_TRUSTED_ORIGINS)
# How many proxies stand before Relevo and add the address they saw to X-Forwarded-For; 0 believes no such header.
RELEVO_PROXIES = _number("RELEVO_PROXIES", 1 if CSRF_TRUSTED_ORIGINS else 0)
SECURE_HSTS_SECONDS = _number("RELEVO_HSTS_DAYS", 0) * 24 * 3600
SESSION_COOKIE_AGE = _number("RELEVO_SESSION_DAYS", 14) * 24 * 3600
# By it a help desk signs links for ratings itself; '' lets none of them hold: docs/how-to/ask-for-a-rating.md.
RATING_SECRET = _secret("RELEVO_RATING_SECRET", "rating.secret")
# A form is small: a larger body is refused before it is read. Files are uploaded at one address alone, which has a
# limit of its own (the house rule upload_limit_mb) and may bring a whole folder.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1500
DATA_UPLOAD_MAX_NUMBER_FILES = 500

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "relevo.desk.people",
    "relevo.desk.house",
    "relevo.desk.work",
    "relevo.desk.identity",
    "relevo.desk.running",
    "relevo.desk.files",
    "relevo.desk.relay",
    "relevo.desk.reviews",
    "relevo.desk.voices",
    "relevo.web",
]

MIDDLEWARE = [
    "relevo.web.timing.server_timing",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "relevo.web.headers.strict_headers",
    "relevo.api.problems.SpeakJson",
    "relevo.web.headers.bounded_body",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "relevo.web.habits.read_rules_once",
    "relevo.web.habits.FollowProfile",
    "relevo.web.entering.NoteSession",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "relevo.web.problems.SayProblems",
]

ROOT_URLCONF = "relevo.web.urls"
WSGI_APPLICATION = "relevo.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "relevo.web.frame.frame",
            ]
        },
    }
]


def _sqlite() -> dict[str, Any]:
    """One file, many readers: WAL lets them read while one writes, IMMEDIATE takes the write lock at the start.

    A transaction that took it later could fail in its middle.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_HOME.desk_database),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(address: DeskAddress) -> dict[str, Any]:
    """A PostgreSQL that may be shared by many processes; connections are kept for a minute and checked before use."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.database,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": address.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(address.options),
    }


_ADDRESS = _HOME.desk_address()
DATABASES = {"default": _postgres(_ADDRESS) if _ADDRESS else _sqlite()}
# What runs by itself waits in the Desk's own database, so that a row and the task that follows from it are one write.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "relevo.web.problems.csrf_failure"
LOGIN_REDIRECT_URL = "today"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "relevo-session", "relevo-csrf", "relevo-language"

# allauth brings OpenID Connect and the secrets of one-time codes; none of its pages or addresses is served, and nobody
# signs up: docs/decisions/0018-doors.md.
OIDC_PROVIDER = "company"
OIDC_NAME = os.environ.get("RELEVO_OIDC_NAME", "OpenID Connect")
_OIDC_URL, _OIDC_ID = os.environ.get("RELEVO_OIDC_URL", ""), os.environ.get("RELEVO_OIDC_CLIENT_ID", "")
_OIDC_SECRET = _secret("RELEVO_OIDC_CLIENT_SECRET", "oidc.secret")
_OIDC_APP = {
    "provider_id": OIDC_PROVIDER,
    "name": OIDC_NAME,
    "client_id": _OIDC_ID,
    "secret": _OIDC_SECRET,
    "settings": {"server_url": _OIDC_URL, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_OIDC_APP] if _OIDC_URL and _OIDC_ID and _OIDC_SECRET else []}}
SOCIALACCOUNT_ADAPTER = "relevo.web.openid.KnownPeopleOnly"
SOCIALACCOUNT_STORE_TOKENS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if CSRF_TRUSTED_ORIGINS else "http"
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "relevo.desk.people.sealed.Sealed"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt-br", "Português (Brasil)"), ("zh-hans", "简体中文")]

STATIC_URL = "/static/"
# Files are served from the installed packages: nothing has to be collected before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

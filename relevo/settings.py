"""Django settings of one company, made from its home. Read only by desk, answers, jobs, web and api.

The home comes from `RELEVO_HOME` (else `./relevo-home`); importing this module writes nothing. The secret key is read
from the home, where `relevo.desk.ready.prepare` creates it; without one a key for this process alone is used.
"""

import os
import secrets
from pathlib import Path

from relevo.base.config import find_home

_HOME = find_home(None)
RELEVO_HOME: Path = _HOME.path
_KEY_FILE = RELEVO_HOME / "secret.key"


def _secret_key() -> str:
    """The key of this home, else one that lasts as long as the process."""
    return _KEY_FILE.read_text("ascii").strip() if _KEY_FILE.exists() else secrets.token_urlsafe(48)


def _words(name: str, default: str) -> list[str]:
    """A comma-separated setting of the environment."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = _words("RELEVO_HOSTS", "localhost,127.0.0.1,[::1]")
# Behind a proxy that speaks TLS: RELEVO_ORIGINS=https://relevo.example.com also makes cookies travel by TLS only.
CSRF_TRUSTED_ORIGINS = _words("RELEVO_ORIGINS", "")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(CSRF_TRUSTED_ORIGINS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "relevo.desk.people",
    "relevo.desk.house",
    "relevo.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "relevo.web.headers.strict_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
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

# One file, many readers: WAL lets them read while one writes, IMMEDIATE takes the write lock at the start of a
# transaction instead of failing in its middle.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_HOME.desk_database),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
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
